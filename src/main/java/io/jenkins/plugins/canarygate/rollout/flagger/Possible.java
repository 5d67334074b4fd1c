package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Whether each action may be sent now (rules A2, A4, A5, A7, A8, FL4). */
final class Possible {
  private final Look look;
  private final Drift drift;
  private final Fate fate;

  Possible(Look look, Drift drift, Fate fate) {
    this.look = look;
    this.drift = drift;
    this.fate = fate;
  }

  Map<Action, Readiness> all() {
    Map<Action, Readiness> can = new EnumMap<>(Action.class);
    can.put(Action.PROMOTE, never().orElseGet(this::promote));
    can.put(Action.ABORT, never().orElseGet(this::abort));
    can.put(
        Action.PROMOTE_FULLY,
        Readiness.refused("Flagger has no steps that a promotion could skip"));
    can.put(
        Action.PAUSE, Readiness.refused("only spec.suspend pauses, and it stops rollbacks too"));
    can.put(Action.HOLD, Readiness.done("Flagger waits for the gate by itself"));
    can.put(Action.LIFT, Readiness.done("no hold of ours stands"));
    can.put(
        Action.RETRY,
        Readiness.refused(
            "Flagger tries a revision again only when its pod template changes: an annotation in"
                + " it is enough"));
    return can;
  }

  /** No action is for any revision but the gate's, and none for one that is decided elsewhere. */
  private Optional<Readiness> never() {
    if (!look.canary().gateable()) {
      return Optional.of(Readiness.refused(Hindrances.kind(look.canary())));
    }
    if (fate == Fate.LANDED) {
      return Optional.of(Readiness.done("it is promoted"));
    }
    if (drift == Drift.GONE || drift == Drift.OTHER_REVISION || !look.ours().inTarget()) {
      return Optional.of(
          Readiness.refused(
              look.workload()
                  .map(held -> "the target holds another revision: " + Images.text(held))
                  .orElse("the target is not there")));
    }
    return look.decidedByOther()
        .filter(decision -> look.phase().analyses())
        .map(
            decision ->
                Readiness.refused(
                    "gate " + decision.gate() + " decided to " + decision.action().text(),
                    Commands.undecide(look.target())));
  }

  private Readiness promote() {
    if (look.target().at().kind() == At.Kind.PROGRESSING) {
      return Readiness.refused("a gate at progressing never promotes");
    }
    if (drift == Drift.BEGAN_AGAIN) {
      return Readiness.refused("it began again and must be judged anew");
    }
    if (drift == Drift.MOVED_ON || look.phase().promotes()) {
      return Readiness.done("Flagger promotes it already");
    }
    if (look.canary().suspended()) {
      return Readiness.refused(
          "a person paused Flagger by spec.suspend", Commands.resume(look.target()));
    }
    if (look.phase() == CanaryPhase.WAITING_PROMOTION) {
      return look.ours().takenUp()
          ? Readiness.READY
          : Readiness.waitFor("it is not sure yet that Flagger has seen what the target holds");
    }
    return fate == Fate.TAKEN_BACK || fate == Fate.FAILED_SERVING
        ? Readiness.refused("it has failed")
        : Readiness.waitFor("Flagger does not wait for a promotion");
  }

  private Readiness abort() {
    CanaryPhase phase = look.phase();
    if (fate == Fate.TAKEN_BACK) {
      return Readiness.done("Flagger has rolled it back");
    }
    if (fate == Fate.FAILED_SERVING) {
      return Readiness.refused("it failed while it was promoted: deploy what should serve");
    }
    if (drift == Drift.MOVED_ON || phase.promotes()) {
      return Readiness.refused(
          "Flagger is promoting it: no abort is possible in Promoting and Finalising");
    }
    if (look.canary().analysis().webhooks(Hook.ROLLBACK.type()).isEmpty()) {
      return Readiness.refused(
          "the Canary has no webhook of type rollback, so Flagger would never ask; canary-gate"
              + " plan prints what to add");
    }
    if (phase.analyses() || phase == CanaryPhase.WAITING) {
      return Readiness.READY;
    }
    return Readiness.waitFor("Flagger analyses nothing of it");
  }
}
