package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again at the latest, should no watch wake the gate. */
final class Pace {
  static final Duration SOON = Duration.ofSeconds(5);
  static final Duration MODERATE = Duration.ofSeconds(15);
  static final Duration CALM = Duration.ofSeconds(30);
  static final Duration IDLE = Duration.ofSeconds(60);

  /** While a watch is open: it would have to break without a sign for this to matter. */
  static final Duration WATCHED = Duration.ofSeconds(90);

  /** By so much longer for some than for others, so that thousands do not look in one moment. */
  private static final int APART_SECONDS = 60;

  /** So long after a write Flagger, which looks each interval, is watched closely. */
  private static final Duration CLOSELY = Duration.ofSeconds(60);

  private Pace() {}

  static Duration of(Look look, Fates fates, Fate fate, Optional<GatePoint> point) {
    Duration unwatched = unwatched(look, fate, point);
    Duration pace =
        look.question().watched() && unwatched.compareTo(MODERATE) > 0
            ? watched(look.canary().uid())
            : unwatched;
    // No watch tells that nothing has changed for two intervals.
    return fates.landing().stableIn().map(left -> shorter(pace, atLeastASecond(left))).orElse(pace);
  }

  /** Where there is no object yet, a watch tells of it as well. */
  static Duration absent(Question question, Target target) {
    return question.watched() ? watched(target.toString()) : CALM;
  }

  private static Duration watched(String what) {
    return WATCHED.plusSeconds(Math.floorMod(what.hashCode(), APART_SECONDS));
  }

  private static Duration unwatched(Look look, Fate fate, Optional<GatePoint> point) {
    if (look.intent().isPresent()) {
      return justSent(look.intent().get(), look.now()) ? SOON : MODERATE;
    }
    return switch (fate) {
      case TAKING_BACK -> SOON;
      case UNDER_WAY, ADVANCED -> point.isPresent() ? CALM : MODERATE;
      case UNTOUCHED, ABSENT -> CALM;
      default -> IDLE;
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
