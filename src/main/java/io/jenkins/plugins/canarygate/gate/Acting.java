package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes intents down and has what is due of them sent (rules A1, A2, A5). */
final class Acting {
  private Acting() {}

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
    Action action = action(turn, closing.verdict());
    if (turn.spec.byHand().isEmpty() && promotes(action) && doubted(turn, seen)) {
      return;
    }
    if (action == Action.PAUSE && pausedAlready(turn, seen)) {
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
      case WAIT -> {
        turn.note(action.text() + " waits: " + readiness.why());
        turn.waitsFor(readiness.why());
      }
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
                  + toLift(readiness));
    }
  }

  private static Action action(Turn turn, Verdict verdict) {
    return turn.spec
        .byHand()
        .map(ByHand::action)
        .or(() -> Reactions.of(turn.spec, verdict).action())
        .orElseThrow();
  }

  private static boolean promotes(Action action) {
    return action == Action.PROMOTE || action == Action.PROMOTE_FULLY;
  }

  /** The command with which a person lifts what is in the way, for the end of a message. */
  static String toLift(Readiness readiness) {
    return readiness.command().map(command -> "; to lift it: " + command).orElse("");
  }

  /** The controller's own doubt is never promoted past, however late it comes (rules R5, A2). */
  private static boolean doubted(Turn turn, Observation seen) {
    Optional<Obstacle> doubt = seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS);
    doubt.ifPresent(
        obstacle -> {
          turn.intent = Optional.empty();
          Judging.doubted(turn, turn.point().flatMap(PointRun::decision).orElseThrow(), obstacle);
        });
    return doubt.isPresent();
  }

  /** An indefinite pause, or a timed one that is held, stays by itself (rule A5). */
  private static boolean pausedAlready(Turn turn, Observation seen) {
    boolean held = seen.can(Action.LIFT).state() == Readiness.State.READY;
    boolean stays = seen.point().map(point -> !point.timed() || held).orElse(false);
    return stays && turn.spec.target().at().kind() != At.Kind.PROGRESSING;
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

  /** Sends the write of the open intent that this look shows to be due, if it still may be. */
  static void sendWhatIsDue(Turn turn, Observation seen) {
    Intent intent = turn.intent.orElseThrow();
    Effect effect = seen.effect().orElse(Effect.STANDING);
    boolean again =
        effect == Effect.SWALLOWED && seen.can(intent.action()).state() == Readiness.State.READY;
    if (effect != Effect.DUE && !again) {
      return;
    }
    Optional<Instant> notBefore = Sending.notBefore(turn, intent);
    if (notBefore.filter(turn.now::isBefore).isPresent()) {
      turn.lookDue = notBefore.get();
      return;
    }
    if (!promotes(intent.action()) && intent.action() != Action.HOLD) {
      turn.want(new Todo.Act(intent));
      return;
    }
    boolean moved = seen.drift() != Drift.NONE && seen.drift() != Drift.HOLD_LIFTED && !again;
    boolean there = seen.fate() == Fate.UNDER_WAY || seen.fate() == Fate.ADVANCED;
    if (!there || moved) {
      return;
    }
    Optional<Obstacle> doubt = seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS);
    if (doubt.isEmpty() || intent.action() == Action.HOLD) {
      turn.want(new Todo.Act(intent));
    } else if (turn.mayHaveArrived() || turn.spec.byHand().isPresent()) {
      ReadingBack.overruled(turn, intent, doubt.get().text());
    } else {
      doubted(turn, seen);
    }
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
