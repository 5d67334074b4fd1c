package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.Optional;

/** What a look shows of the action that was asked (promise 3, rules A3, A4, AR5, AR7). */
final class ReadingBack {
  private ReadingBack() {}

  static void read(Turn turn, Observation seen) {
    Intent intent = turn.intent.orElseThrow();
    Effect effect = seen.effect().orElse(Effect.STANDING);
    if (intent.action() == Action.HOLD) {
      Holding.readBack(turn, seen, effect);
      return;
    }
    switch (effect) {
      case DUE -> {
        // Sent once nothing else has decided.
      }
      case STANDING -> standing(turn, intent, seen);
      case SWALLOWED -> swallowed(turn, intent, seen);
      case IN_EFFECT -> inEffect(turn, intent, seen);
      case OVERRULED -> {
        if (!refusedBeforeItWasSent(turn, intent, seen)) {
          overruled(turn, intent, seen.effectText());
        }
      }
    }
  }

  /** Between the intent and its first write, somebody saw to it that it may not be sent (R2). */
  private static boolean refusedBeforeItWasSent(Turn turn, Intent intent, Observation seen) {
    Readiness readiness = seen.can(intent.action());
    if (turn.mayHaveArrived()
        || intent.action() == Action.LIFT
        || readiness.state() != Readiness.State.REFUSED) {
      return false;
    }
    Acting.seen(turn, readiness.why(), false);
    GateSession.Closing closing = turn.closing.orElseThrow();
    turn.intent = Optional.empty();
    Endings.end(
        turn,
        closing.verdict(),
        Outcome.LEFT,
        closing.reason()
            + "; "
            + intent.action().text()
            + " was not sent: "
            + readiness.why()
            + Acting.toLift(readiness));
    return true;
  }

  private static void standing(Turn turn, Intent intent, Observation seen) {
    if (!seen.effectText().isEmpty()) {
      turn.noteOnce(intent.action().text() + ": " + seen.effectText());
      turn.waitsFor(seen.effectText());
    }
  }

  private static void swallowed(Turn turn, Intent intent, Observation seen) {
    Fence fence = seen.fence().orElse(intent.fence());
    turn.intent = Optional.of(intent.under(fence));
    turn.point().ifPresent(point -> turn.replacePoint(point.with(fence)));
    turn.phase = Phase.ACTING;
    turn.note("the controller swallowed " + intent.action().text() + "; it is sent again");
  }

  private static void inEffect(Turn turn, Intent intent, Observation seen) {
    Acting.seen(turn, seen.effectText().isEmpty() ? seen.where() : seen.effectText(), true);
    turn.waitsFor("");
    switch (intent.action()) {
      case PROMOTE, PROMOTE_FULLY -> {
        turn.phase = Phase.FOLLOWING;
        turn.noteOnce(intent.action().text() + " is in effect" + Endings.where(turn));
        if (seen.fate() == Fate.ADVANCED && intent.action() == Action.PROMOTE) {
          Landing.advanced(turn);
        } else {
          seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS)
              .ifPresent(doubt -> doubted(turn, doubt));
        }
      }
      case ABORT -> end(turn, Outcome.ABORTED);
      case PAUSE -> end(turn, Outcome.PAUSED);
      case RETRY -> end(turn, Outcome.RETRIED);
      case LIFT -> lifted(turn, "");
      case HOLD -> throw new IllegalStateException("a hold is read back by Holding");
    }
  }

  private static void end(Turn turn, Outcome outcome) {
    GateSession.Closing closing = turn.closing.orElseThrow();
    turn.intent = Optional.empty();
    Endings.end(turn, closing.verdict(), outcome, closing.reason());
  }

  /** A later analysis did not judge (rule AR5): it has not landed, and will not by itself. */
  private static void doubted(Turn turn, Obstacle doubt) {
    Endings.end(
        turn,
        Verdict.INCONCLUSIVE,
        Outcome.PROMOTED_NOT_LANDED,
        turn.closing.map(c -> c.reason() + "; ").orElse("") + "promoted, and then " + doubt.text());
  }

  private static void lifted(Turn turn, String unless) {
    turn.intent = Optional.empty();
    turn.note(unless.isEmpty() ? "our hold is lifted" : "our hold was not lifted: " + unless);
    if (turn.settled(Verdict.NOT_GATED)) {
      Landing.endNotGated(turn, turn.closing.get().reason());
    } else {
      turn.look();
    }
  }

  static void overruled(Turn turn, Intent intent, String why) {
    Acting.seen(turn, why, false);
    if (intent.action() == Action.LIFT) {
      lifted(turn, why);
      return;
    }
    GateSession.Closing closing = turn.closing.orElseThrow();
    turn.intent = Optional.empty();
    Endings.end(
        turn,
        closing.verdict(),
        Outcome.NOT_HONOURED,
        closing.reason() + "; " + intent.action().text() + " was not honoured: " + why);
  }
}
