package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Optional;

/** The revision is the stable one: by our doing, by another's, or without a gate (R4, A4, D6). */
final class Landing {
  private Landing() {}

  static void landed(Turn turn, Observation seen) {
    boolean followed = turn.phase == Phase.FOLLOWING && turn.closing.isPresent();
    if (followed || turn.promoting() && turn.mayHaveArrived()) {
      GateSession.Closing closing = turn.closing.orElseThrow();
      Acting.seen(turn, "landed", true);
      Endings.end(
          turn, closing.verdict(), Outcome.PROMOTED, closing.reason() + "; landed, it is stable");
      return;
    }
    if ((turn.intends(Action.ABORT) || turn.intends(Action.PAUSE)) && turn.mayHaveArrived()) {
      GateSession.Closing closing = turn.closing.orElseThrow();
      String spite = "it landed in spite of the " + turn.intent.get().action().text();
      Acting.seen(turn, spite, false);
      Endings.end(turn, closing.verdict(), Outcome.NOT_HONOURED, closing.reason() + "; " + spite);
      return;
    }
    boolean settled = turn.closing.isPresent() && !turn.settled(Verdict.NOT_GATED);
    if (settled || turn.phase == Phase.JUDGING) {
      Judging.advancedByOther(turn, "it landed by itself or by another hand");
    } else if (turn.pointsSeen() > 0 && turn.phase == Phase.WAITING) {
      lastPointPassed(turn);
    } else {
      withoutGate(turn, seen);
    }
  }

  /** With {@code pause: each}: landed after its last pause was promoted. */
  private static void lastPointPassed(Turn turn) {
    Decision decision = turn.point().flatMap(PointRun::decision).orElseThrow();
    Endings.end(
        turn, decision.verdict(), Outcome.PROMOTED, decision.reason() + "; landed, it is stable");
  }

  private static void withoutGate(Turn turn, Observation seen) {
    if (turn.intends(Action.LIFT)) {
      ReadingBack.read(turn, seen);
      return;
    }
    // A hold that is still to be sent has nothing to hold any more.
    turn.intent = Optional.empty();
    boolean followed = turn.view.map(View::seenUnderWay).orElse(false);
    notGated(
        turn,
        seen,
        followed
            ? "the controller landed the revision without a gate point"
            : "the revision is already stable, nothing changed");
  }

  /** Nothing was gated: ends so, our hold lifted first where it stands (rule AR8). */
  static void notGated(Turn turn, Observation seen, String reason) {
    if (Holding.mayLift(turn, seen)) {
      turn.settle(Verdict.NOT_GATED, reason, turn.now);
      turn.phase = Phase.ACTING;
    } else {
      endNotGated(turn, reason);
    }
  }

  /** Where that passes, what is still under way is followed until it has landed (rule D6). */
  static void endNotGated(Turn turn, String reason) {
    if (turn.spec.policy().onNotGatedPass() && !turn.sawFate(Fate.LANDED)) {
      turn.noteOnce("not gated: " + reason);
      follow(turn);
    } else {
      Endings.end(turn, Verdict.NOT_GATED, Outcome.LEFT, reason);
    }
  }

  static void follow(Turn turn) {
    if (turn.phase != Phase.PREPARING) {
      turn.closing = Optional.empty();
      turn.phase = Phase.FOLLOWING;
      turn.noteOnce("it is followed until it has landed, without being judged");
    }
  }

  /** The promoted revision waits at a later pause: landed, or the next point to judge (R3, R4). */
  static void advanced(Turn turn) {
    GateSession.Closing closing = turn.closing.orElseThrow();
    boolean each =
        turn.spec.mode() == Mode.RUN && turn.spec.target().at().kind() == At.Kind.EACH_PAUSE;
    if (!each || closing.verdict() != Verdict.PASS) {
      Endings.end(
          turn,
          closing.verdict(),
          Outcome.PROMOTED,
          closing.reason() + "; promoted" + Endings.where(turn));
      return;
    }
    turn.note("promoted" + Endings.where(turn) + "; the next pause is judged anew");
    turn.intent = Optional.empty();
    turn.closing = Optional.empty();
    turn.phase = Phase.WAITING;
    turn.look();
  }
}
