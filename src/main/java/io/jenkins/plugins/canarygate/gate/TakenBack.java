package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Optional;

/** The revision is, or is being, taken back: by our abort, or by another hand (rules D4, AR8). */
final class TakenBack {
  private TakenBack() {}

  /** An abort is in effect. */
  static void takenBack(Turn turn, Observation seen) {
    if (turn.intends(Action.RETRY)) {
      ReadingBack.read(turn, seen);
      return;
    }
    if (turn.intends(Action.ABORT) && turn.mayHaveArrived()) {
      if (!seen.effect().equals(Optional.of(Effect.DUE))) {
        GateSession.Closing closing = turn.closing.orElseThrow();
        Acting.seen(turn, seen.effectText().isEmpty() ? "aborted" : seen.effectText(), true);
        Endings.end(turn, closing.verdict(), Outcome.ABORTED, closing.reason());
      }
      return;
    }
    if (!liftsFirst(turn, seen)) {
      end(turn);
    }
  }

  /** An abort was asked, and is not in effect yet: waited for (rule D0). */
  static void takingBack(Turn turn, Observation seen) {
    if (turn.intends(Action.ABORT) || turn.intends(Action.RETRY)) {
      ReadingBack.read(turn, seen);
      return;
    }
    turn.noteOnce("an abort of this revision was asked by another hand; waiting for its effect");
    liftsFirst(turn, seen);
  }

  /** Whether our hold is on its way to be lifted, without which an abort may take no effect. */
  private static boolean liftsFirst(Turn turn, Observation seen) {
    if (turn.intends(Action.HOLD) && !seen.effect().equals(Optional.of(Effect.STANDING))) {
      turn.intent = Optional.empty();
    }
    if (!turn.intends(Action.LIFT)) {
      return Holding.mayLift(turn, seen);
    }
    Effect effect = seen.effect().orElse(Effect.STANDING);
    if (effect == Effect.IN_EFFECT) {
      Acting.seen(turn, "lifted", true);
      turn.intent = Optional.empty();
    }
    return effect == Effect.DUE || effect == Effect.STANDING;
  }

  /** Whether the last look showed that another hand takes, or took, the revision back. */
  static boolean byAnother(Turn turn) {
    boolean judges = turn.spec.mode() == Mode.RUN || turn.spec.mode() == Mode.DRY_RUN;
    boolean back = turn.sawFate(Fate.TAKING_BACK) || turn.sawFate(Fate.TAKEN_BACK);
    return judges && back && !turn.intends(Action.ABORT);
  }

  /** Ends as taken back if that is all that the gate waited for our hold to be lifted with. */
  static boolean endedLate(Turn turn) {
    boolean taken = byAnother(turn) && turn.sawFate(Fate.TAKEN_BACK);
    if (taken) {
      end(turn);
    }
    return taken;
  }

  private static void end(Turn turn) {
    String judged =
        turn.point()
            .flatMap(PointRun::decision)
            .map(decision -> ", after it had been judged " + decision.verdict())
            .orElse(", before it had been judged");
    String why = turn.settled(Verdict.FAIL) ? turn.closing.get().reason() + "; " : "";
    String phase =
        turn.view.map(View::phase).filter(p -> !p.isEmpty()).map(p -> " (" + p + ")").orElse("");
    Endings.end(
        turn,
        Verdict.FAIL,
        Outcome.TAKEN_BACK,
        why + "the controller or another hand aborted the revision" + judged + phase);
  }

  static void failedServing(Turn turn) {
    Endings.end(
        turn,
        Verdict.FAIL,
        turn.promoting() ? Outcome.PROMOTED_NOT_LANDED : Outcome.ADVANCED_BY_OTHER,
        "the revision failed and serves all the same" + Endings.where(turn));
  }
}
