package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again at the latest, should no watch wake the gate. */
final class Pace {
  /** So long after a write Flagger, which looks each interval, is watched closely. */
  private static final Duration CLOSELY = Duration.ofSeconds(60);

  private Pace() {}

  static Duration of(Look look, Fates fates, Fate fate, Optional<GatePoint> point) {
    Duration unwatched = unwatched(look, fate, point);
    Duration pace =
        look.question().watched() && unwatched.compareTo(LookAgain.MODERATE) > 0
            ? LookAgain.watched(look.canary().uid())
            : unwatched;
    // No watch tells that nothing has changed for two intervals.
    return fates.landing().stableIn().map(left -> shorter(pace, atLeastASecond(left))).orElse(pace);
  }

  private static Duration unwatched(Look look, Fate fate, Optional<GatePoint> point) {
    if (look.intent().isPresent()) {
      return justSent(look.intent().get(), look.now()) ? LookAgain.SOON : LookAgain.MODERATE;
    }
    return switch (fate) {
      case TAKING_BACK -> LookAgain.SOON;
      case UNDER_WAY, ADVANCED -> point.isPresent() ? LookAgain.CALM : LookAgain.MODERATE;
      case UNTOUCHED, ABSENT -> LookAgain.CALM;
      default -> LookAgain.IDLE;
    };
  }

  private static boolean justSent(Intent intent, Instant now) {
    Instant last = intent.sends().stream().map(Send::at).reduce(intent.at(), (a, b) -> b);
    return now.isBefore(last.plus(CLOSELY));
  }

  private static Duration atLeastASecond(Duration left) {
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
