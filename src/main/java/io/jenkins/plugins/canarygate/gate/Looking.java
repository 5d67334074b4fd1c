package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What follows from a look at the rollout, tested in the order of rule D0: {@link #looked} is all
 * that comes before the deadlines, {@link #act} all that comes after them.
 */
final class Looking {
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private Looking() {}

  static void failed(Turn turn, Seen.LookFailed problem) {
    if (problem.denied()) {
      denied(turn, problem.why());
      return;
    }
    Remembering.trouble(turn, problem.why());
    Duration backOff = Duration.ofSeconds(1L << Math.min(turn.troubles.size() - 1, 5));
    Duration wait = problem.retryAfter().orElse(shorter(backOff, LONGEST_RETRY));
    if (turn.cancel.isPresent()) {
      wait = Duration.ofSeconds(2);
    }
    lookAgainIn(turn, wait);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Not at once, whatever was asked for: that would never end. */
  private static void lookAgainIn(Turn turn, Duration wait) {
    turn.lookDue = turn.now.plus(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
  }

  private static void denied(Turn turn, String why) {
    if (turn.settled(Verdict.FAIL)) {
      String reason = turn.closing.get().reason() + Endings.unseen(turn) + "; then: " + why;
      Endings.end(turn, Verdict.FAIL, Outcome.LEFT, reason);
      return;
    }
    Endings.end(
        turn, Verdict.ERROR, turn.promoting() ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT, why);
  }

  /** What the look shows that no deadline and no cancel comes before. */
  static void looked(Turn turn, Observation seen) {
    Optional<View> before = turn.view;
    Remembering.look(turn, seen);
    lookAgainIn(turn, seen.lookAgainWithin());
    if (turn.spec.mode() == Mode.CHECK) {
      if (turn.phase == Phase.WAITING) {
        Judging.begin(turn, seen);
      }
      return;
    }
    if (Replaced.object(turn, seen, before)) {
      return;
    }
    DecidedByHand.settle(turn, seen);
    if (DecidedByHand.nothingAskedYet(turn) && !(isUnderWay(seen) || untouched(seen))) {
      return;
    }
    switch (seen.fate()) {
      case LANDED -> Landing.landed(turn, seen);
      case TAKEN_BACK -> TakenBack.takenBack(turn, seen);
      case FAILED_SERVING -> TakenBack.failedServing(turn);
      case TAKING_BACK -> TakenBack.takingBack(turn, seen);
      default -> underWay(turn, seen, before);
    }
  }

  private static boolean isUnderWay(Observation seen) {
    return seen.fate() == Fate.UNDER_WAY || seen.fate() == Fate.ADVANCED;
  }

  private static boolean untouched(Observation seen) {
    return seen.fate() == Fate.UNTOUCHED;
  }

  private static void underWay(Turn turn, Observation seen, Optional<View> before) {
    if (Replaced.revision(turn, seen, before)) {
      return;
    }
    // What moved after we sent is first tested as our own effect (rule A3).
    if (turn.mayHaveArrived() && !due(seen) && !overruledByAMove(turn, seen)) {
      ReadingBack.read(turn, seen);
      return;
    }
    if (Fencing.drifted(turn, seen) || otherDecision(turn, seen)) {
      return;
    }
    if (turn.intent.isPresent()) {
      ReadingBack.read(turn, seen);
      return;
    }
    switch (turn.phase) {
      case PREPARING, WAITING, HOLDING -> BeforeThePoint.look(turn, seen);
      case JUDGING, ACTING, FOLLOWING, ENDED -> {
        // Judged, acted on or followed as time goes on.
      }
    }
  }

  private static boolean due(Observation seen) {
    return seen.effect().equals(Optional.of(Effect.DUE));
  }

  /** What ended our promote is another's move: what follows is the fence's to say (rule AR7). */
  private static boolean overruledByAMove(Turn turn, Observation seen) {
    boolean moved = seen.drift() == Drift.MOVED_ON || seen.drift() == Drift.BEGAN_AGAIN;
    return turn.promoting() && seen.effect().equals(Optional.of(Effect.OVERRULED)) && moved;
  }

  /** Rule A8: another gate's decision is never overwritten. */
  private static boolean otherDecision(Turn turn, Observation seen) {
    Optional<Obstacle> other = seen.obstacle(Obstacle.Kind.OTHER_DECISION);
    if (other.isEmpty() || !isUnderWay(seen) || turn.phase == Phase.FOLLOWING) {
      return false;
    }
    boolean failed = turn.settled(Verdict.FAIL);
    String before = failed ? turn.closing.get().reason() + "; then: " : "";
    Endings.end(
        turn, failed ? Verdict.FAIL : Verdict.ERROR, Outcome.LEFT, before + other.get().text());
    return true;
  }

  /** What this look allows to be done, now that nothing else has decided. */
  static void act(Turn turn, Observation seen) {
    if (turn.ended() || turn.wantsLook() || turn.spec.mode() == Mode.CHECK) {
      return;
    }
    if (Holding.mustLift(turn, seen)) {
      Acting.intend(turn, Action.LIFT, seen.fence().orElseThrow());
    } else if (turn.intent.isPresent()) {
      Acting.sendWhatIsDue(turn, seen);
    } else if (isUnderWay(seen) && waitsForThePoint(turn)) {
      Judging.arrived(turn, seen);
    } else if (turn.phase == Phase.ACTING && mayTake(turn, seen)) {
      Acting.take(turn, seen);
    }
  }

  private static boolean waitsForThePoint(Turn turn) {
    return turn.phase == Phase.WAITING || turn.phase == Phase.HOLDING;
  }

  /** A settled verdict acts only on a look that was made since, of a status that is current. */
  private static boolean mayTake(Turn turn, Observation seen) {
    boolean fresh = !seen.at().isBefore(turn.closing.orElseThrow().at());
    boolean there =
        turn.spec.mode() == Mode.BY_HAND || isUnderWay(seen) || untouched(seen) && seen.settled();
    return fresh && there;
  }

  static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
