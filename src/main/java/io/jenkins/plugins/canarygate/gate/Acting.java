package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes intents down, has them sent, and reads them back (rules A1 to A5). */
final class Acting {
  /** Rule A1: how often the object may have moved when we send. */
  private static final int CONFLICTS_BORNE = 5;

  /** From the second send that went unanswered to the third. */
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(15);

  private static final Duration AFTER_SILENCE_WHEN_STOPPING = Duration.ofSeconds(3);

  private Acting() {}

  static boolean promotes(Action action) {
    return action == Action.PROMOTE || action == Action.PROMOTE_FULLY;
  }

  /** Writes an intent down; once that is kept, its first write is sent, based on this look. */
  static void intend(Turn turn, Action action, Fence fence) {
    Intent intent = new Intent(action, turn.now, fence, List.of());
    turn.intent = Optional.of(intent);
    turn.conflicts = 0;
    turn.recordAction(new ActionRecord(action, turn.now, List.of(), "", Optional.empty(), false));
    turn.note(action.text() + " is asked of the rollout");
    turn.want(new Todo.Act(intent));
  }

  /** The verdict is settled and this look is fresh: takes the action it asks for, if it can. */
  static void take(Turn turn, Observation seen) {
    GateSession.Closing closing = turn.closing.orElseThrow();
    Action action =
        turn.spec
            .byHand()
            .map(ByHand::action)
            .or(() -> Endings.reaction(turn, closing.verdict()).action())
            .orElseThrow();
    if (action == Action.PAUSE && pausedAlready(seen)) {
      Endings.end(turn, closing.verdict(), Outcome.PAUSED, closing.reason());
      return;
    }
    Readiness readiness = seen.can(action);
    Optional<Fence> fence = turn.point().flatMap(PointRun::fence).or(seen::fence);
    if (readiness.state() == Readiness.State.READY && fence.isEmpty()) {
      readiness = Readiness.refused("there is no revision to act on");
    }
    switch (readiness.state()) {
      case READY -> intend(turn, action, fence.get());
      case WAIT -> turn.note(action.text() + " waits: " + readiness.why());
      case DONE -> done(turn, action, closing, readiness);
      case REFUSED ->
          Endings.end(
              turn,
              closing.verdict(),
              Outcome.LEFT,
              closing.reason()
                  + "; "
                  + action.text()
                  + " was not asked: "
                  + readiness.why()
                  + readiness.command().map(c -> "; to lift it: " + c).orElse(""));
    }
  }

  /** An indefinite pause, or a timed one that is held, stays by itself (rule A5). */
  private static boolean pausedAlready(Observation seen) {
    return seen.point()
        .map(
            point ->
                point.step().isPresent() && !point.timed()
                    || seen.can(Action.LIFT).state() == Readiness.State.READY)
        .orElse(false);
  }

  private static void done(
      Turn turn, Action action, GateSession.Closing closing, Readiness readiness) {
    Outcome outcome =
        switch (action) {
          case PAUSE -> Outcome.PAUSED;
          case ABORT -> Outcome.ABORTED;
          case RETRY -> Outcome.RETRIED;
          default -> Outcome.ADVANCED_BY_OTHER;
        };
    Endings.end(
        turn,
        closing.verdict(),
        outcome,
        closing.reason() + "; nothing was sent: " + readiness.why());
  }

  /** A write was sent, or could not be. */
  static void sent(Turn turn, Seen.Sent sent) {
    if (turn.intent.isEmpty()) {
      return;
    }
    Receipt receipt = sent.receipt();
    Send send = new Send(sent.what(), sent.at(), receipt.result());
    Intent intent = turn.intent.get().with(send);
    turn.intent = Optional.of(intent);
    turn.lastAction()
        .ifPresent(
            record ->
                turn.replaceAction(
                    new ActionRecord(
                        record.action(),
                        record.asked(),
                        intent.sends(),
                        record.seen(),
                        record.seenAt(),
                        record.honoured())));
    switch (receipt.result()) {
      case DONE -> {
        turn.conflicts = 0;
        turn.note("sent: " + sent.text());
        turn.look();
      }
      case UNKNOWN -> {
        turn.note("sent, without an answer: " + sent.text() + ": " + receipt.message());
        turn.look();
      }
      case CONFLICT -> conflict(turn, intent);
      case BUSY -> {
        turn.note("the server could not take it now: " + receipt.message());
        turn.lookDue = turn.now.plus(Duration.ofSeconds(2));
      }
      case REFUSED -> refused(turn, intent, receipt);
    }
  }

  private static void conflict(Turn turn, Intent intent) {
    turn.conflicts++;
    if (turn.conflicts < CONFLICTS_BORNE) {
      turn.note("the rollout moved while " + intent.action().text() + " was sent; looking again");
      turn.look();
      return;
    }
    failed(turn, intent, "the rollout moved " + turn.conflicts + " times while it was sent", false);
  }

  private static void refused(Turn turn, Intent intent, Receipt receipt) {
    failed(turn, intent, "the server refused it: " + receipt.message(), true);
  }

  private static void failed(Turn turn, Intent intent, String why, boolean refused) {
    seen(turn, why, false);
    turn.intent = Optional.empty();
    String text = intent.action().text() + " failed: " + why;
    if (turn.closing.isEmpty()) {
      // A hold: nothing was judged.
      Endings.end(turn, Verdict.ERROR, Outcome.LEFT, text);
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    if (intent.action() == Action.LIFT) {
      Endings.end(turn, closing.verdict(), Outcome.NOT_HONOURED, closing.reason() + "; " + text);
      return;
    }
    boolean judged = turn.point().flatMap(PointRun::decision).isPresent();
    Verdict verdict =
        judged || refused && closing.verdict() != Verdict.PASS ? closing.verdict() : Verdict.ERROR;
    Endings.end(turn, verdict, Outcome.NOT_HONOURED, closing.reason() + "; " + text);
  }

  /** What this look shows of the intent. */
  static void readBack(Turn turn, Observation seen) {
    Intent intent = turn.intent.orElseThrow();
    Effect effect = seen.effect().orElse(Effect.STANDING);
    switch (effect) {
      case DUE -> due(turn, intent);
      case STANDING -> {
        if (!seen.effectText().isEmpty()) {
          turn.noteOnce(intent.action().text() + ": " + seen.effectText());
        }
      }
      case SWALLOWED -> swallowed(turn, intent, seen);
      case IN_EFFECT -> inEffect(turn, intent, seen);
      case OVERRULED -> overruled(turn, intent, seen);
    }
  }

  private static void due(Turn turn, Intent intent) {
    Optional<Instant> again = againAfterSilence(turn, intent);
    if (again.filter(turn.now::isBefore).isPresent()) {
      turn.lookDue = Looking.earliest(turn.lookDue, again.get());
    } else {
      turn.want(new Todo.Act(intent));
    }
  }

  /** The few sends there are must not all fall into one moment of a network that is away. */
  private static Optional<Instant> againAfterSilence(Turn turn, Intent intent) {
    List<Send> silent =
        intent.sends().stream().filter(s -> s.result() == Receipt.Result.UNKNOWN).toList();
    if (silent.size() < 2) {
      return Optional.empty();
    }
    Instant last = silent.get(silent.size() - 1).at();
    return Optional.of(
        last.plus(turn.cancel.isPresent() ? AFTER_SILENCE_WHEN_STOPPING : AFTER_SILENCE));
  }

  private static void swallowed(Turn turn, Intent intent, Observation seen) {
    Fence fence = seen.fence().orElse(intent.fence());
    Intent again = intent.under(fence);
    turn.intent = Optional.of(again);
    turn.point().ifPresent(point -> turn.replacePoint(point.with(fence)));
    turn.note("the controller swallowed " + intent.action().text() + "; it is sent again");
    if (seen.can(intent.action()).state() == Readiness.State.READY) {
      turn.want(new Todo.Act(again));
    }
  }

  private static void inEffect(Turn turn, Intent intent, Observation seen) {
    seen(turn, seen.effectText().isEmpty() ? seen.where() : seen.effectText(), true);
    GateSession.Closing closing = turn.closing.orElse(null);
    switch (intent.action()) {
      case PROMOTE, PROMOTE_FULLY -> {
        turn.phase = Phase.FOLLOWING;
        turn.noteOnce(intent.action().text() + " is in effect" + Endings.where(turn));
        if (seen.fate() == Fate.ADVANCED && intent.action() == Action.PROMOTE) {
          advanced(turn);
        }
      }
      case ABORT -> {
        turn.intent = Optional.empty();
        Endings.end(turn, closing.verdict(), Outcome.ABORTED, closing.reason());
      }
      case PAUSE -> {
        turn.intent = Optional.empty();
        Endings.end(turn, closing.verdict(), Outcome.PAUSED, closing.reason());
      }
      case RETRY -> {
        turn.intent = Optional.empty();
        Endings.end(turn, closing.verdict(), Outcome.RETRIED, closing.reason());
      }
      case HOLD -> {
        turn.intent = Optional.empty();
        turn.note("the pause is held");
        Judging.begin(turn, seen);
      }
      case LIFT -> {
        turn.intent = Optional.empty();
        turn.note("our hold is lifted");
        if (closing == null) {
          turn.look();
        } else {
          Endings.end(turn, closing.verdict(), Outcome.LEFT, closing.reason());
        }
      }
    }
  }

  /** The promoted revision waits at a later pause: landed, or the next point to judge (R3, R4). */
  private static void advanced(Turn turn) {
    GateSession.Closing closing = turn.closing.orElseThrow();
    boolean each =
        turn.spec.mode() == Mode.RUN
            && turn.spec.target().at().kind()
                == io.jenkins.plugins.canarygate.rollout.At.Kind.EACH_PAUSE;
    if (!each) {
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

  private static void overruled(Turn turn, Intent intent, Observation seen) {
    String why = seen.effectText();
    seen(turn, why, false);
    turn.intent = Optional.empty();
    if (intent.action() == Action.HOLD) {
      turn.closing =
          Optional.of(
              new GateSession.Closing(
                  Verdict.NOT_GATED, "the pause ended before it was held: " + why, turn.now));
      Judging.liftOrEnd(turn, seen);
      return;
    }
    GateSession.Closing closing = turn.closing.orElseThrow();
    Outcome outcome =
        intent.action() == Action.LIFT && closing.verdict() == Verdict.NOT_GATED
            ? Outcome.LEFT
            : Outcome.NOT_HONOURED;
    Endings.end(
        turn,
        closing.verdict(),
        outcome,
        closing.reason() + "; " + intent.action().text() + " was not honoured: " + why);
  }

  /** Keeps what was seen of the last action. */
  static void seen(Turn turn, String what, boolean honoured) {
    turn.lastAction()
        .filter(record -> !record.honoured())
        .ifPresent(
            record ->
                turn.replaceAction(
                    new ActionRecord(
                        record.action(),
                        record.asked(),
                        record.sends(),
                        what,
                        Optional.of(turn.now),
                        honoured)));
  }
}
