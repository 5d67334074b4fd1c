package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
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

  private Pace() {}

  static Duration of(Look look, Fate fate, Optional<GatePoint> point) {
    Duration unwatched = unwatched(look, fate, point);
    return look.question().watched() && unwatched.compareTo(SOON) > 0
        ? watched(look.rollout().uid())
        : unwatched;
  }

  /** Where there is no object yet, a watch tells of it as well. */
  static Duration absent(Question question, Target target) {
    return question.watched() ? watched(target.toString()) : CALM;
  }

  private static Duration watched(String what) {
    return WATCHED.plusSeconds(Math.floorMod(what.hashCode(), APART_SECONDS));
  }

  private static Duration unwatched(Look look, Fate fate, Optional<GatePoint> point) {
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
