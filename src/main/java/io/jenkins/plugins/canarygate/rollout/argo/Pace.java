package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.time.Duration;
import java.util.Optional;

/** When to look again at the latest, should no watch wake the gate. */
final class Pace {
  private Pace() {}

  static Duration of(Look look, Fate fate, Optional<GatePoint> point) {
    Duration unwatched = unwatched(look, fate, point);
    return look.question().watched() && unwatched.compareTo(LookAgain.SOON) > 0
        ? LookAgain.watched(look.rollout().uid())
        : unwatched;
  }

  private static Duration unwatched(Look look, Fate fate, Optional<GatePoint> point) {
    if (look.intent().isPresent() || fate == Fate.TAKING_BACK || !look.rollout().settled()) {
      return LookAgain.SOON;
    }
    if (look.target().at().hold() && fate == Fate.UNDER_WAY && !look.heldByUs()) {
      // A timed pause may come and go between two looks.
      return LookAgain.SOON;
    }
    return switch (fate) {
      case UNDER_WAY, ADVANCED -> point.isPresent() ? LookAgain.CALM : LookAgain.MODERATE;
      case UNTOUCHED, ABSENT -> LookAgain.CALM;
      default -> LookAgain.IDLE;
    };
  }
}
