package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in the gate's way, each with what takes it away (rules R1, R2, A8, FL1, FL6). */
final class Hindrances {
  private final Look look;
  private final CanaryView canary;
  private final Fates fates;
  private final List<Obstacle> found = new ArrayList<>();

  private Hindrances(Look look, Fates fates) {
    this.look = look;
    this.canary = look.canary();
    this.fates = fates;
  }

  static List<Obstacle> of(Look look, Fates fates, Fate fate, Optional<GatePoint> point) {
    Hindrances hindrances = new Hindrances(look, fates);
    if (!look.canary().gateable()) {
      hindrances.found.add(Obstacle.of(Obstacle.Kind.INVALID_SPEC, kind(look.canary())));
    } else if (fate != Fate.LANDED && fate != Fate.TAKEN_BACK) {
      hindrances.way(fate, point);
    }
    return hindrances.found;
  }

  /** Why a kind of target cannot be gated. */
  static String kind(CanaryView canary) {
    boolean knative = canary.targetApiVersion().startsWith("serving.knative.dev/");
    return "targets of kind "
        + (knative ? "Knative Service" : canary.targetKind())
        + " cannot be gated: they have no pods of their own to judge, and are always ready to"
        + " Flagger; gate a Canary whose targetRef is a Deployment or DaemonSet";
  }

  private void way(Fate fate, Optional<GatePoint> point) {
    pauses();
    decisions();
    if (!look.ours().waiting().isEmpty()) {
      waitFor(look.ours().waiting());
    }
    if (fate == Fate.UNTOUCHED) {
      untouched();
    } else if (look.fence().isEmpty() && point.isEmpty()) {
      noPoint();
    }
    putBack();
  }

  private void pauses() {
    if (canary.suspended()) {
      found.add(
          Obstacle.of(
              Obstacle.Kind.PERSON_PAUSED,
              "a person paused Flagger by spec.suspend: it asks nothing, rollbacks included",
              Commands.resume(look.target())));
    }
  }

  private void decisions() {
    DecisionNote note = look.note();
    if (!note.fault().isEmpty()) {
      waitFor(note.fault());
    }
    if (!look.phase().analyses()) {
      return;
    }
    look.decidedByOther()
        .ifPresent(
            decision ->
                found.add(
                    Obstacle.of(
                        Obstacle.Kind.OTHER_DECISION,
                        "gate "
                            + decision.gate()
                            + " has decided to "
                            + decision.action().text()
                            + " this revision, until "
                            + decision.notAfter(),
                        Commands.undecide(look.target()))));
    fates
        .abortedByHand()
        .ifPresent(
            decision ->
                waitFor(
                    "this gate decided to abort this revision at another time, until "
                        + decision.notAfter()));
  }

  private void untouched() {
    if (!look.ours().inTarget()) {
      return;
    }
    if (look.phase() == CanaryPhase.UNKNOWN) {
      waitFor("Flagger has not looked at the Canary yet; see whether it runs and watches here");
    } else if (look.phase() == CanaryPhase.FAILED) {
      waitFor(
          "the last analysis failed, and Flagger has not taken up what the target holds; if it"
              + " holds what failed, change its pod template to retry (an annotation is enough)");
    } else if (fates.landing().copiedAnother().isPresent()) {
      waitFor(fates.landing().copiedAnother().get());
    } else if (fates.landing().stableIn().isPresent()) {
      waitFor("target and primary have it; two intervals will tell whether anything changes");
    } else {
      waitFor("the target holds it, and Flagger has not taken it up");
    }
  }

  private void noPoint() {
    if (look.phase() == CanaryPhase.WAITING) {
      String hooks =
          canary.analysis().webhooks(Hook.CONFIRM_ROLLOUT.type()).stream()
              .map(Webhook::name)
              .collect(Collectors.joining(", "));
      waitFor("Flagger waits to begin: a confirm-rollout hook says no (" + hooks + ")");
    }
    if (look.at() == At.Kind.PROGRESSING) {
      if (canary.skipsAnalysis()) {
        never(skips());
      }
      return;
    }
    promotion();
  }

  private void promotion() {
    CanaryPhase phase = look.phase();
    if (phase.promotes()) {
      found.add(
          Obstacle.of(
              Obstacle.Kind.POINT_PASSED,
              "the promotion lies behind: Flagger is " + phase.text().toLowerCase(Locale.ROOT)));
    } else if (phase == CanaryPhase.INITIALIZING) {
      never("it is the first deploy: Flagger makes it the primary without an analysis");
    } else if (canary.skipsAnalysis()) {
      never(skips());
    } else if (canary.analysis().webhooks(Hook.CONFIRM_PROMOTION.type()).isEmpty()) {
      never(
          "the Canary has no webhook of type confirm-promotion, so nothing stops it; canary-gate"
              + " plan prints what to add");
    } else if (phase == CanaryPhase.WAITING_PROMOTION) {
      waitFor("two intervals will tell whether Flagger has seen what the target holds");
    } else if (phase == CanaryPhase.PROGRESSING) {
      waitFor(
          "Flagger analyses it"
              + look.progress().map(progress -> ": " + progress).orElse("")
              + ", "
              + look.status().failedChecks()
              + " of "
              + canary.analysis().threshold()
              + " failed checks");
    }
  }

  private String skips() {
    return canary.analysis().present()
        ? "spec.skipAnalysis is true: Flagger promotes without asking"
        : "the Canary has no spec.analysis: Flagger promotes without asking";
  }

  /**
   * Rule FL6: what is promoted already, put back in the middle of an analysis, restarts nothing.
   */
  private void putBack() {
    Optional<OurRevision> ours = look.notes().ours();
    boolean gone = !look.ours().inTarget() && look.workload().isPresent() && ours.isPresent();
    if (!gone || !look.phase().analyses() || look.primary().isEmpty()) {
      return;
    }
    boolean same = ours.get().spec().equals(look.status().lastAppliedSpec());
    Map<String, String> images = look.workload().get().allImages();
    if (same && images.equals(look.primary().get().allImages())) {
      found.add(
          Obstacle.of(
              Obstacle.Kind.WAIT,
              "the target was put back to what is promoted already: Flagger restarts nothing for"
                  + " that, and stays in "
                  + look.phase().text()
                  + " until somebody acts: deploy another template, or skip the analysis until it"
                  + " is Succeeded",
              Commands.skipAnalysis(look.target())));
    }
  }

  private void never(String text) {
    found.add(Obstacle.of(Obstacle.Kind.NEVER_PAUSES, text));
  }

  private void waitFor(String text) {
    found.add(Obstacle.of(Obstacle.Kind.WAIT, text));
  }
}
