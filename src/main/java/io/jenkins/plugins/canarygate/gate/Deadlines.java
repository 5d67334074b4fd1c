package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends gates whose time is up, and gates that somebody stopped (rules D7, D8, A6). */
final class Deadlines {
  /** Rule A6: what stopping may take; kept free before the total for what onTimeout asks. */
  static final Duration TO_ACT = Duration.ofSeconds(20);

  private Deadlines() {}

  static void check(Turn turn) {
    if (!turn.now.isBefore(turn.endBy)) {
      totalRanOut(turn);
    } else if (turn.cancel.isPresent()) {
      cancelled(turn);
    } else if (waitsForThePoint(turn) && !turn.now.isBefore(turn.startBy)) {
      startRanOut(turn);
    } else if (turn.closing.isEmpty() && !turn.now.isBefore(judgeBy(turn))) {
      Endings.settle(turn, Verdict.TIMEOUT, total(turn));
    }
  }

  /** When time alone changes something next. */
  static Instant next(Turn turn) {
    Instant next = turn.endBy;
    if (turn.cancel.isPresent()) {
      next = Looking.earliest(next, cancelBy(turn));
    } else if (waitsForThePoint(turn)) {
      next = Looking.earliest(next, turn.startBy);
    }
    return turn.closing.isEmpty() ? Looking.earliest(next, judgeBy(turn)) : next;
  }

  private static Instant judgeBy(Turn turn) {
    boolean acts = Endings.reaction(turn, Verdict.TIMEOUT).action().isPresent();
    return acts ? turn.endBy.minus(TO_ACT) : turn.endBy;
  }

  private static Instant cancelBy(Turn turn) {
    return turn.cancel.orElseThrow().at().plus(TO_ACT);
  }

  private static boolean waitsForThePoint(Turn turn) {
    boolean waits =
        turn.phase == Phase.PREPARING || turn.phase == Phase.WAITING || turn.phase == Phase.HOLDING;
    return waits
        && turn.closing.isEmpty()
        && turn.pointsSeen() == 0
        && !Looking.followedUngated(turn);
  }

  private static void startRanOut(Turn turn) {
    boolean untouched = turn.view.map(view -> view.fate() == Fate.UNTOUCHED).orElse(false);
    if (untouched && turn.spec.target().revision().isAny()) {
      Endings.end(
          turn, Verdict.NOT_GATED, Outcome.LEFT, "nothing changed: no new revision came in time");
      return;
    }
    Optional<String> trouble =
        turn.phase == Phase.PREPARING
            ? turn.lastNote(GateEngine.NOT_VERIFIED)
            : Optional.empty();
    Endings.settle(
        turn,
        Verdict.TIMEOUT,
        trouble.map(why -> "the checks could not be verified").orElse(point(turn))
            + " within "
            + text(turn.spec.timeouts().start())
            + trouble.map(why -> ": " + why).orElse("")
            + Endings.where(turn)
            + Endings.obstacles(turn));
  }

  private static String point(Turn turn) {
    return turn.spec.mode() == Mode.CHECK
        ? "the rollout could not be looked at"
        : "the gate point was not reached";
  }

  private static String total(Turn turn) {
    return "not everything was judged within "
        + text(turn.spec.timeouts().total())
        + Endings.where(turn)
        + Endings.obstacles(turn);
  }

  private static void totalRanOut(Turn turn) {
    if (turn.closing.isEmpty()) {
      Endings.end(turn, Verdict.TIMEOUT, Outcome.LEFT, total(turn));
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    if (turn.promoting()) {
      Outcome outcome =
          turn.intent.get().mayHaveArrived() ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT;
      Endings.end(
          turn,
          Verdict.TIMEOUT,
          outcome,
          closing.reason()
              + "; promoted, and not seen to land within "
              + text(turn.spec.timeouts().total())
              + Endings.where(turn)
              + Endings.obstacles(turn));
      return;
    }
    if (closing.verdict().isGood()) {
      Endings.end(
          turn,
          Verdict.TIMEOUT,
          Outcome.LEFT,
          closing.reason()
              + "; it could not be acted on within "
              + text(turn.spec.timeouts().total())
              + Endings.obstacles(turn));
      return;
    }
    endUnseen(turn, closing);
  }

  /** The verdict stands, and what it asked was not seen in effect (rules D7, A6). */
  private static void endUnseen(Turn turn, GateSession.Closing closing) {
    Optional<Intent> abort =
        turn.intent.filter(intent -> intent.action() == Action.ABORT && intent.mayHaveArrived());
    String unseen =
        abort.isPresent()
            ? "; abort recorded, not yet seen"
            : "; nothing was done about it in time";
    Endings.end(
        turn, closing.verdict(), Outcome.LEFT, closing.reason() + unseen + Endings.obstacles(turn));
  }

  private static void cancelled(Turn turn) {
    Cancel cancel = turn.cancel.orElseThrow();
    String reason = "stopped by " + cancel.by();
    boolean late = !turn.now.isBefore(cancelBy(turn));
    if (turn.closing.isEmpty()) {
      if (turn.view.isEmpty() && !late && turn.troubles.isEmpty()) {
        return;
      }
      Endings.settle(turn, Verdict.CANCELLED, reason);
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    if (closing.verdict().isGood()) {
      boolean sent = turn.promoting() && turn.intent.get().mayHaveArrived();
      Endings.end(
          turn,
          Verdict.CANCELLED,
          sent ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT,
          reason + "; it had been judged " + closing.verdict() + Endings.where(turn));
    } else if (late) {
      endUnseen(turn, closing);
    }
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
