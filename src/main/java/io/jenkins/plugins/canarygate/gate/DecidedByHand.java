package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Observation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a named person decided, fenced like what checks decide (rule A7). */
final class DecidedByHand {
  private DecidedByHand() {}

  /** The first look settles it; the first that shows what it is about is its fence. */
  static void settle(Turn turn, Observation seen) {
    if (turn.spec.byHand().isEmpty() || turn.cancel.isPresent()) {
      return;
    }
    ByHand hand = turn.spec.byHand().get();
    Verdict verdict = hand.action() == Action.ABORT ? Verdict.FAIL : Verdict.PASS;
    String reason = hand.who() + " decided: " + hand.reason();
    if (turn.closing.isEmpty()) {
      turn.settle(verdict, reason, seen.at());
      turn.phase = Phase.ACTING;
    }
    // A promotion is of a pause, which may not be reached yet; all else is of the revision.
    boolean there = seen.point().isPresent() || !promotes(turn);
    if (turn.pointsSeen() == 0 && there && seen.fence().isPresent()) {
      Decision decision = new Decision(verdict, reason, OptionalDouble.empty(), turn.now);
      turn.addPoint(
          new PointRun(1, seen.point(), seen.fence(), turn.now, List.of(), Optional.of(decision)));
    }
  }

  /** Whether nothing was asked of the rollout yet, so that nothing it does is our effect. */
  static boolean nothingAskedYet(Turn turn) {
    return turn.spec.byHand().isPresent() && turn.intent.isEmpty();
  }

  static boolean promotes(Turn turn) {
    return turn.spec
        .byHand()
        .map(hand -> hand.action() == Action.PROMOTE || hand.action() == Action.PROMOTE_FULLY)
        .orElse(false);
  }
}
