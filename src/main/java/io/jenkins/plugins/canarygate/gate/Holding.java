package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.Optional;

/** Keeps a timed pause from ending while it is judged, and lets go of it again (rule AR8). */
final class Holding {
  private Holding() {}

  /** Whether the pause must be held before its fence is taken. */
  static boolean needed(Turn turn, Observation seen) {
    boolean timed = seen.point().map(point -> point.timed()).orElse(false);
    return timed
        && turn.spec.target().at().hold()
        && turn.spec.mode() == Mode.RUN
        && seen.can(Action.HOLD).state() != Readiness.State.DONE;
  }

  static void hold(Turn turn, Observation seen) {
    turn.phase = Phase.HOLDING;
    Readiness readiness = seen.can(Action.HOLD);
    switch (readiness.state()) {
      case READY -> Acting.intend(turn, Action.HOLD, seen.fence().orElseThrow());
      case WAIT, DONE -> turn.note("the hold waits: " + readiness.why());
      case REFUSED ->
          Endings.end(
              turn,
              Verdict.ERROR,
              Outcome.LEFT,
              "the pause cannot be held: " + readiness.why() + Acting.toLift(readiness));
    }
  }

  /** What this look shows of a hold that was asked. */
  static void readBack(Turn turn, Observation seen, Effect effect) {
    if (effect == Effect.IN_EFFECT) {
      Acting.seen(turn, "the pause is held", true);
    } else if (effect == Effect.OVERRULED) {
      Acting.seen(turn, seen.effectText(), false);
    }
    if (turn.closing.isPresent()) {
      // Something else was settled meanwhile: nothing will be judged here any more.
      if (effect != Effect.STANDING) {
        turn.intent = Optional.empty();
      }
      return;
    }
    if (effect == Effect.IN_EFFECT) {
      turn.intent = Optional.empty();
      turn.note("the pause is held");
      Judging.begin(turn, seen);
    } else if (effect == Effect.OVERRULED) {
      turn.intent = Optional.empty();
      overruled(turn, seen);
    }
  }

  private static void overruled(Turn turn, Observation seen) {
    if (seen.point().isEmpty()) {
      Landing.notGated(turn, seen, "the pause ended before it was held: " + seen.effectText());
    } else if (seen.can(Action.HOLD).state() == Readiness.State.READY) {
      Endings.end(
          turn,
          Verdict.ERROR,
          Outcome.NOT_HONOURED,
          "the pause stands, and its hold was not honoured: " + seen.effectText());
    } else {
      turn.note("the hold waits: " + seen.effectText());
      turn.phase = Phase.WAITING;
    }
  }

  /** Whether a hold of ours stands that may be lifted now; a dry run lifts none. */
  static boolean mayLift(Turn turn, Observation seen) {
    return turn.spec.mode() == Mode.RUN
        && seen.can(Action.LIFT).state() == Readiness.State.READY
        && seen.fence().isPresent();
  }

  /** Whether our hold must go before anything else: under an abort by another, or ungated. */
  static boolean mustLift(Turn turn, Observation seen) {
    boolean back = seen.fate() == Fate.TAKING_BACK || seen.fate() == Fate.TAKEN_BACK;
    boolean busy = turn.intent.isPresent() && !turn.promoting();
    return !busy && (back || turn.settled(Verdict.NOT_GATED)) && mayLift(turn, seen);
  }

  /** Whether a hold of ours may stand as the gate ends: in most endings it stays. */
  static boolean mayStand(Turn turn) {
    boolean stands =
        turn.spec.mode() == Mode.RUN
            && turn.spec.target().at().hold()
            && turn.point().flatMap(PointRun::point).map(point -> point.timed()).orElse(false);
    for (ActionRecord record : turn.actions()) {
      boolean arrived = record.sends().stream().anyMatch(send -> send.mayHaveArrived());
      switch (record.action()) {
        case HOLD ->
            stands =
                record.honoured()
                    || record.seenAt().isEmpty() && (record.sends().isEmpty() || arrived);
        case PROMOTE, PROMOTE_FULLY, ABORT, LIFT -> stands = stands && !record.honoured();
        default -> {
          // A pause keeps a hold, and a retry begins without one.
        }
      }
    }
    return stands;
  }
}
