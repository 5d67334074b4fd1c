package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import java.time.Duration;
import java.util.Optional;

/** When to look again at the latest, should no watch wake the gate. */
final class Pace {
  static final Duration SOON = Duration.ofSeconds(5);
  static final Duration MODERATE = Duration.ofSeconds(15);
  static final Duration CALM = Duration.ofSeconds(30);
  static final Duration IDLE = Duration.ofSeconds(60);

  private Pace() {}

  static Duration of(Look look, Fate fate, Optional<GatePoint> point) {
    if (look.intent().isPresent() || fate == Fate.TAKING_BACK || !look.rollout().settled()) {
      return SOON;
    }
    if (look.target().at().hold() && fate == Fate.UNDER_WAY && !look.heldByUs()) {
      // A timed pause may come and go between two looks.
      return SOON;
    }
    return switch (fate) {
      case UNDER_WAY, ADVANCED -> point.isPresent() ? CALM : MODERATE;
      case UNTOUCHED, ABSENT -> CALM;
      default -> IDLE;
    };
  }
}
