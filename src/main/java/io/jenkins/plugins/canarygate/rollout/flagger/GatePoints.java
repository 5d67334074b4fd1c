package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the gate stands (rules FL2, FL3). */
final class GatePoints {
  private GatePoints() {}

  /** The gate point, if the Canary is there now with the gate's revision for certain. */
  static Optional<GatePoint> point(Look look, Traffic traffic) {
    if (!look.current() || !look.ours().takenUp() || !look.canary().gateable()) {
      return Optional.empty();
    }
    if (look.at() == At.Kind.PROGRESSING) {
      return traffic.arrived()
          ? Optional.of(
              new GatePoint(
                  "progressing" + look.progress().map(text -> ", " + text).orElse(""),
                  OptionalInt.empty(),
                  traffic.since().orElse(look.now()),
                  false))
          : Optional.empty();
    }
    return look.phase() == CanaryPhase.WAITING_PROMOTION
        ? Optional.of(
            new GatePoint(
                "the promotion",
                OptionalInt.empty(),
                look.status().phaseSince().orElse(look.now()),
                false))
        : Optional.empty();
  }
}
