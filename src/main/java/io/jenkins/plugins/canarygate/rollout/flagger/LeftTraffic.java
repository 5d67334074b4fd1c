package io.jenkins.plugins.canarygate.rollout.flagger;

/**
 * Traffic that a promotion that failed has left with the canary. Flagger sets the status' weight to
 * 0 when the next revision begins, and the router only when it gives a weight or takes all back.
 */
final class LeftTraffic {
  private LeftTraffic() {}

  /** Notes what this look shows of it, whichever revision it is of. */
  static void note(CanaryView canary, Notes notes) {
    CanaryStatus status = canary.status();
    CanaryPhase phase = status.phase();
    if (phase == CanaryPhase.FAILED && status.canaryWeight() > 0) {
      if (!canary.analysis().withoutRouter()) {
        notes.trafficLeft();
      }
    } else if (phase == CanaryPhase.FAILED || phase.rests() || phase.promotes()) {
      notes.noTrafficLeft();
    } else if (phase.analyses() && (routed(canary) || notes.beganAgain(status.lastAppliedSpec()))) {
      // To begin again, Flagger sends everything to the primary first.
      notes.noTrafficLeft();
    }
  }

  /** Whether Flagger has told the router anything in this analysis. */
  private static boolean routed(CanaryView canary) {
    Analysis analysis = canary.analysis();
    int iterations = canary.status().iterations();
    return switch (analysis.strategy()) {
      case CANARY -> canary.status().canaryWeight() > 0;
      case AB -> iterations > 0;
      case BLUE_GREEN ->
          iterations > analysis.iterations() || (analysis.mirrors() && iterations > 0);
    };
  }
}
