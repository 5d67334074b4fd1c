package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Optional;

/** What follows when the fence moved without our doing (rule R2). */
final class Fencing {
  private Fencing() {}

  /** Whether it moved, so that nothing else follows from this look. */
  static boolean drifted(Turn turn, Observation seen) {
    boolean fenced = turn.point().flatMap(PointRun::fence).isPresent();
    if (!fenced || turn.phase != Phase.JUDGING && turn.phase != Phase.ACTING) {
      return false;
    }
    if (turn.spec.mode() == Mode.BY_HAND) {
      return byHand(turn, seen);
    }
    switch (seen.drift()) {
      case MOVED_ON -> {
        Judging.advancedByOther(turn, "the rollout went on by another hand");
        return true;
      }
      case BEGAN_AGAIN -> {
        beganAgain(turn, seen);
        return true;
      }
      case HOLD_LIFTED -> {
        turn.noteOnce("our hold was lifted by another hand; it is not set again");
        fenceAnew(turn, seen);
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  /** A person promotes the pause they saw, and aborts or retries the revision wherever it is. */
  private static boolean byHand(Turn turn, Observation seen) {
    if (seen.drift() != Drift.MOVED_ON && seen.drift() != Drift.BEGAN_AGAIN) {
      return false;
    }
    if (!DecidedByHand.promotes(turn)) {
      fenceAnew(turn, seen);
      return false;
    }
    if (seen.drift() == Drift.MOVED_ON) {
      Judging.advancedByOther(turn, "the rollout went on by another hand");
    } else {
      GateSession.Closing closing = turn.closing.orElseThrow();
      Endings.end(
          turn,
          closing.verdict(),
          Outcome.LEFT,
          closing.reason() + "; the pause began again before it was promoted: decide again");
    }
    return true;
  }

  private static void beganAgain(Turn turn, Observation seen) {
    if (turn.settled(Verdict.FAIL) && seen.fence().isPresent()) {
      // A FAIL stays a FAIL (rule D5); only what it is aborted under moves.
      fenceAnew(turn, seen);
      turn.look();
      return;
    }
    Judging.beginAgain(turn, seen);
  }

  /** The same action, under what the look showed. */
  private static void fenceAnew(Turn turn, Observation seen) {
    Optional<Fence> fence = seen.fence();
    if (fence.isPresent()) {
      turn.replacePoint(turn.point().orElseThrow().with(fence.get()));
      turn.intent = turn.intent.map(intent -> intent.under(fence.get()));
    }
  }
}
