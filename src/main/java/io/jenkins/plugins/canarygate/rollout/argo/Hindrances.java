package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands in the gate's way, each with what takes it away (rules R1, R2, R5, A8, AR2). */
final class Hindrances {
  private final Look look;
  private final RolloutStatus rollout;
  private final List<Obstacle> found = new ArrayList<>();

  private Hindrances(Look look) {
    this.look = look;
    this.rollout = look.rollout();
  }

  static List<Obstacle> of(Look look, Fate fate, Optional<GatePoint> point, TakingBack takingBack) {
    Hindrances hindrances = new Hindrances(look);
    hindrances.spec();
    hindrances.pauses();
    if (fate != Fate.LANDED && fate != Fate.TAKEN_BACK) {
      hindrances.way(fate, point, takingBack);
    }
    return hindrances.found;
  }

  private void spec() {
    rollout
        .invalidSpec()
        .ifPresent(
            text ->
                found.add(
                    Obstacle.of(
                        Obstacle.Kind.INVALID_SPEC, "the controller refuses the spec: " + text)));
  }

  private void pauses() {
    look.heldByOther()
        .ifPresent(
            owner ->
                found.add(
                    Obstacle.of(
                        Obstacle.Kind.OTHER_GATE,
                        "gate " + owner + " holds the rollout by spec.paused",
                        Commands.liftHold(look.target()))));
    if (look.pausedByPerson()) {
      found.add(
          Obstacle.of(
              Obstacle.Kind.PERSON_PAUSED,
              "a person paused the rollout by spec.paused",
              Commands.lift(look.target())));
    }
    if (look.ours().current() && rollout.inconclusive().isPresent()) {
      found.add(
          Obstacle.of(
              Obstacle.Kind.INCONCLUSIVE_ANALYSIS,
              "the controller paused for "
                  + rollout.inconclusive().get().reason()
                  + rollout.analysis().map(text -> " (" + text + ")").orElse("")));
    }
  }

  private void way(Fate fate, Optional<GatePoint> point, TakingBack takingBack) {
    if (!look.ours().waiting().isEmpty()) {
      waitFor(look.ours().waiting());
    }
    noPauseAtAll().ifPresent(found::add);
    if (fate == Fate.TAKING_BACK) {
      waitFor("the abort is not in effect: " + takingBack.stillMissing().orElse(""));
      return;
    }
    if (point.isEmpty() && look.fence().isEmpty()) {
      new GatePoints(look).hindrance().ifPresent(found::add);
    }
    if (look.ours().current()) {
      underWay(point);
    }
  }

  private void underWay(Optional<GatePoint> point) {
    if (!rollout.settled()) {
      waitFor("the controller has not seen the Rollout as it is written");
    }
    if (rollout.deadlineExceeded()) {
      waitFor("the progress deadline is exceeded; the controller has not aborted");
    }
    Optional<Pause> pause = rollout.solePause();
    if (pause.isPresent() && point.isEmpty() && look.timedPause() && !rollout.paused()) {
      waitFor("a timed pause, which began " + since(pause.get()) + ", goes on by itself");
    } else if (pause.isEmpty() && !rollout.message().isEmpty() && !rollout.phase().isEmpty()) {
      waitFor("the controller says " + rollout.phase() + ": " + rollout.message());
    }
    if (rollout.unverified()) {
      waitFor("the router has not verified the weight");
    }
  }

  private static String since(Pause pause) {
    Instant since = pause.since();
    return since.equals(Instant.EPOCH) ? "some time ago" : "at " + since;
  }

  /** Why this revision passes without steps, however many there are. */
  private Optional<Obstacle> noPauseAtAll() {
    if (!look.ours().current() || look.fence().isPresent() || !rollout.settled()) {
      return Optional.empty();
    }
    if (rollout.stable().isEmpty()) {
      return never("it is the first deploy: the controller skips the steps");
    }
    if (rollout.hash().equals(rollout.stable())) {
      return never("it is the stable revision already: the controller skips the steps");
    }
    return withinRollbackWindow()
        ? never("it goes back to a revision within rollbackWindow: the controller skips the steps")
        : Optional.empty();
  }

  /** The controller's own count is of all ReplicaSets; what was read bounds it from below. */
  private boolean withinRollbackWindow() {
    Optional<ReplicaSetView> now = look.currentSet();
    Optional<ReplicaSetView> stable = look.set(rollout.stable());
    boolean back =
        now.isPresent()
            && stable.isPresent()
            && now.get().created().isBefore(stable.get().created());
    // Steps are skipped at once, so a rollout that stands at one is not within the window.
    boolean skipped =
        look.strategy().isBlueGreen()
            ? rollout.solePause().isEmpty()
            : rollout.step().orElse(0) >= look.strategy().stepCount();
    return back && skipped && look.strategy().rollbackWindow() > 0;
  }

  private static Optional<Obstacle> never(String text) {
    return Optional.of(Obstacle.of(Obstacle.Kind.NEVER_PAUSES, text));
  }

  private void waitFor(String text) {
    found.add(Obstacle.of(Obstacle.Kind.WAIT, text));
  }
}
