package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a gate: session + now + what was seen → session + what to do + when to look again.
 * Pure: no clock, thread, file, network, vendor or controller. The rules it follows stand, by their
 * numbers, in the classes beside it: {@link Looking} and what it calls (D0, D4 to D6, R), {@link
 * Judging} and {@link Measuring} (M), {@link Decider} (D1 to D3), {@link Acting}, {@link Sending}
 * and {@link ReadingBack} (A), {@link Deadlines} (D7), {@link Reactions} (D8), {@link Endings}
 * (D9), {@link ExitCodes} (D10).
 */
public final class GateEngine {
  static final String NOT_VERIFIED = "the checks could not be verified yet: ";

  private static final Duration PREPARE_AGAIN = Duration.ofSeconds(10);

  private final GateSpec spec;

  public GateEngine(GateSpec spec) {
    this.spec = spec;
  }

  /** Takes one step. The same arguments give the same step. */
  public Step step(GateSession session, Moment moment, Seen seen) {
    Turn turn = new Turn(spec, session, moment);
    ClockGuard.check(turn);
    if (turn.ended()) {
      takeInEnded(turn, seen);
    } else {
      takeIn(turn, seen);
      goOn(turn, seen);
    }
    return finish(turn, session, seen);
  }

  private void takeIn(Turn turn, Seen seen) {
    if (seen instanceof Seen.Began) {
      began(turn);
    } else if (seen instanceof Seen.Looked looked) {
      Looking.looked(turn, looked.observation());
    } else if (seen instanceof Seen.LookFailed failed) {
      Looking.failed(turn, failed);
    } else if (seen instanceof Seen.Prepared prepared) {
      prepared(turn, prepared);
    } else if (seen instanceof Seen.Measured measured) {
      Measuring.answered(turn, measured.readings());
    } else if (seen instanceof Seen.Sent sent) {
      Sending.sent(turn, sent);
    } else if (seen instanceof Seen.NothingToSend) {
      Sending.nothing(turn);
    } else if (seen instanceof Seen.Announced announced) {
      Announcing.answered(turn, announced);
    } else if (seen instanceof Seen.CancelAsked cancel) {
      cancelAsked(turn, cancel);
    }
  }

  private static void takeInEnded(Turn turn, Seen seen) {
    if (seen instanceof Seen.Announced announced) {
      Announcing.answered(turn, announced);
    } else if (seen instanceof Seen.Began) {
      Announcing.forget(turn);
    }
  }

  private void began(Turn turn) {
    boolean anew = turn.before().timeline().isEmpty();
    turn.note(anew ? "the gate begins" : "the gate goes on in another process");
    if (anew) {
      Announcing.open(turn);
    } else {
      Announcing.forget(turn);
      Measuring.forget(turn);
      Sending.forget(turn);
      // The process that was stopped may have had little of the 20 s that rule A6 gives.
      turn.cancel = turn.cancel.map(c -> new Cancel(c.by(), turn.now, c.timedOut()));
    }
    if (turn.phase == Phase.PREPARING) {
      if (spec.mode() == Mode.BY_HAND || spec.checks().isEmpty()) {
        turn.phase = Phase.WAITING;
      } else {
        turn.prepareDue = Optional.of(turn.now);
      }
    }
    turn.lookDue = turn.now;
  }

  private void prepared(Turn turn, Seen.Prepared answer) {
    if (turn.phase != Phase.PREPARING) {
      return;
    }
    if (answer.refused()) {
      Endings.end(turn, Verdict.ERROR, Outcome.LEFT, answer.message());
      return;
    }
    if (answer.again().isPresent()) {
      turn.noteOnce(NOT_VERIFIED + answer.again().get());
      turn.prepareDue = Optional.of(turn.now.plus(PREPARE_AGAIN));
      return;
    }
    turn.phase = Phase.WAITING;
    turn.lookDue = turn.now;
  }

  private static void cancelAsked(Turn turn, Seen.CancelAsked asked) {
    if (turn.cancel.isEmpty()) {
      turn.cancel = Optional.of(new Cancel(asked.by(), turn.now, asked.timedOut()));
      turn.note("stopped by " + asked.by());
      turn.look();
    }
  }

  /** What time asks for, whatever was seen. */
  private void goOn(Turn turn, Seen seen) {
    if (!turn.ended()) {
      Deadlines.check(turn);
    }
    if (seen instanceof Seen.Looked looked) {
      Looking.act(turn, looked.observation());
    }
    if (turn.ended()) {
      return;
    }
    if (turn.phase == Phase.PREPARING
        && turn.prepareDue.filter(due -> !turn.now.isBefore(due)).isPresent()) {
      turn.prepareDue = Optional.empty();
      turn.want(new Todo.Prepare());
    }
    if (looks() && !turn.now.isBefore(turn.lookDue)) {
      turn.look();
    }
    if (!looks() && turn.phase == Phase.WAITING) {
      turn.phase = Phase.JUDGING;
      turn.addPoint(
          new PointRun(
              1,
              Optional.empty(),
              Optional.empty(),
              turn.now,
              Measuring.begin(turn),
              Optional.empty()));
    }
    Judging.go(turn);
  }

  /** Whether the rollout is looked at: {@code check} does so only for a check that needs it. */
  private boolean looks() {
    return spec.mode() != Mode.CHECK || spec.needsRollout();
  }

  private Step finish(Turn turn, GateSession before, Seen seen) {
    Instant lookAgain;
    if (turn.ended()) {
      Instant until = Announcing.waitUntil(turn).orElse(turn.now);
      boolean over = !turn.now.isBefore(until);
      if (over) {
        turn.want(new Todo.Finish());
      }
      lookAgain = over ? Instant.MAX : until;
    } else {
      lookAgain = nextStep(turn);
    }
    GateSession after = turn.session();
    return new Step(after, turn.todos(), lookAgain, durable(turn, before, after, seen));
  }

  private Instant nextStep(Turn turn) {
    Instant next = Deadlines.next(turn);
    if (looks()) {
      next = Looking.earliest(next, turn.lookDue);
    }
    if (turn.prepareDue.isPresent()) {
      next = Looking.earliest(next, turn.prepareDue.get());
    }
    if (turn.phase == Phase.JUDGING) {
      Optional<Instant> due = turn.point().flatMap(Measuring::nextDue);
      if (due.isPresent()) {
        next = Looking.earliest(next, due.get());
      }
    }
    return next;
  }

  /** Whether something changed that must not be lost; when the next look is due may be. */
  private static boolean durable(Turn turn, GateSession before, GateSession after, Seen seen) {
    return seen instanceof Seen.Began
        || turn.todos().stream().anyMatch(todo -> todo instanceof Todo.Act)
        || before.phase() != after.phase()
        || !before.intent().equals(after.intent())
        || !before.points().equals(after.points())
        || !before.actions().equals(after.actions())
        || !before.closing().equals(after.closing())
        || !before.ending().equals(after.ending())
        || !before.cancel().equals(after.cancel())
        || !before.announcement().equals(after.announcement())
        || before.timeline().size() != after.timeline().size();
  }
}
