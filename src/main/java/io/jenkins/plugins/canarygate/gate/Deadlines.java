package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends gates whose time is up, and gates that somebody stopped (rules D7, A6). */
final class Deadlines {
  /** Rule A6: what stopping may take; kept free before the total for what onTimeout asks. */
  static final Duration TO_ACT = Duration.ofSeconds(20);

  /** How long a person's command tries to see the rollout at all. */
  private static final Duration TO_SEE_BY_HAND = Duration.ofSeconds(60);

  private Deadlines() {}

  /** How long the gate point, or by hand the rollout itself, is waited for. */
  static Duration toStart(GateSpec spec) {
    Duration start = spec.timeouts().start();
    boolean shorter = spec.mode() == Mode.BY_HAND && start.compareTo(TO_SEE_BY_HAND) > 0;
    return shorter ? TO_SEE_BY_HAND : start;
  }

  static void check(Turn turn) {
    if (!turn.now.isBefore(turn.endBy)) {
      totalRanOut(turn);
    } else if (turn.cancel.isPresent()) {
      cancelled(turn);
    } else if (TakenBack.byAnother(turn)) {
      // Comes before the start and what is to be done in time (rule D0).
      return;
    } else if (waitsForThePoint(turn) && !turn.now.isBefore(turn.startBy)) {
      startRanOut(turn);
    } else if (turn.closing.isEmpty() && !turn.now.isBefore(judgeBy(turn))) {
      Reactions.settle(turn, Verdict.TIMEOUT, total(turn));
    }
  }

  /** When time alone changes something next. */
  static Instant next(Turn turn) {
    Instant next = turn.endBy;
    if (turn.cancel.isPresent()) {
      return Looking.earliest(next, cancelBy(turn));
    }
    if (TakenBack.byAnother(turn)) {
      return next;
    }
    if (waitsForThePoint(turn)) {
      next = Looking.earliest(next, turn.startBy);
    }
    return turn.closing.isEmpty() ? Looking.earliest(next, judgeBy(turn)) : next;
  }

  private static Instant judgeBy(Turn turn) {
    if (Reactions.of(turn.spec, Verdict.TIMEOUT).action().isEmpty()) {
      return turn.endBy;
    }
    Duration half = turn.spec.timeouts().total().dividedBy(2);
    return turn.endBy.minus(half.compareTo(TO_ACT) < 0 ? half : TO_ACT);
  }

  private static Instant cancelBy(Turn turn) {
    return turn.cancel.orElseThrow().at().plus(TO_ACT);
  }

  private static boolean waitsForThePoint(Turn turn) {
    boolean waits =
        turn.phase == Phase.PREPARING || turn.phase == Phase.WAITING || turn.phase == Phase.HOLDING;
    return waits && turn.closing.isEmpty() && turn.pointsSeen() == 0;
  }

  private static void startRanOut(Turn turn) {
    if (turn.sawFate(Fate.UNTOUCHED) && turn.spec.target().revision().isAny()) {
      Endings.end(
          turn, Verdict.NOT_GATED, Outcome.LEFT, "nothing changed: no new revision came in time");
      return;
    }
    Reactions.settle(
        turn,
        Verdict.TIMEOUT,
        (turn.phase == Phase.PREPARING
                ? "the checks could not be verified within "
                : "the gate point was not reached within ")
            + text(toStart(turn.spec))
            + notVerified(turn)
            + standing(turn));
  }

  private static String notVerified(Turn turn) {
    return turn.phase == Phase.PREPARING
        ? turn.lastNote(GateEngine.NOT_VERIFIED).map(why -> ": " + why).orElse("")
        : "";
  }

  /** Where the rollout stood when time ran out, and what stood in the way. */
  private static String standing(Turn turn) {
    String seen = "";
    if (turn.view.isEmpty()) {
      seen = "; " + turn.spec.target() + " was never seen";
    } else if (turn.sawFate(Fate.ABSENT)) {
      // What the driver saw says more, where it said anything.
      seen = Endings.obstacles(turn).isEmpty() ? "; " + turn.spec.target() + " was not found" : "";
    } else if (turn.sawFate(Fate.UNTOUCHED)) {
      Optional<Revision> current = turn.view.flatMap(View::revision);
      seen =
          "; the current revision is "
              + current.map(Revision::toString).orElse("unknown")
              + ", not "
              + turn.spec.target().revision();
    }
    return Endings.where(turn) + seen + Endings.obstacles(turn);
  }

  private static String total(Turn turn) {
    return "not everything was judged within "
        + text(turn.spec.timeouts().total())
        + Endings.where(turn)
        + Endings.obstacles(turn);
  }

  private static void totalRanOut(Turn turn) {
    if (TakenBack.endedLate(turn)) {
      return;
    }
    if (turn.closing.isEmpty()) {
      Endings.end(turn, Verdict.TIMEOUT, Outcome.LEFT, total(turn));
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    if (!closing.verdict().isGood()) {
      endUnseen(turn);
      return;
    }
    String within = " within " + text(turn.spec.timeouts().total());
    String what = "; it could not be acted on" + within;
    if (turn.promoting()) {
      what = "; " + (turn.mayHaveArrived() ? "promoted" : "its promotion was asked");
      what += ", and not seen to land" + within + Endings.where(turn);
    } else if (turn.intent.isPresent()) {
      what = Endings.unseen(turn) + within;
    }
    Endings.end(
        turn,
        Verdict.TIMEOUT,
        turn.promoting() ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT,
        closing.reason() + what + Endings.obstacles(turn));
  }

  /** The verdict stands, and what it asked was not seen in effect (rules D7, A6). */
  private static void endUnseen(Turn turn) {
    GateSession.Closing closing = turn.closing.orElseThrow();
    boolean nothing = turn.intent.isEmpty() || turn.intends(Action.HOLD);
    String unseen = nothing ? "; nothing was done about it in time" : Endings.unseen(turn);
    Endings.end(
        turn, closing.verdict(), Outcome.LEFT, closing.reason() + unseen + Endings.obstacles(turn));
  }

  private static void cancelled(Turn turn) {
    String reason = "stopped by " + turn.cancel.orElseThrow().by();
    boolean late = !turn.now.isBefore(cancelBy(turn));
    if (late ? TakenBack.endedLate(turn) : TakenBack.byAnother(turn)) {
      return;
    }
    if (turn.closing.isEmpty()) {
      boolean toBeSeen = turn.view.isEmpty() && turn.troubles.isEmpty() && looks(turn);
      if (late || !toBeSeen) {
        Reactions.settle(turn, Verdict.CANCELLED, reason);
      }
      return;
    }
    GateSession.Closing closing = turn.closing.get();
    if (closing.verdict().isGood()) {
      Endings.end(
          turn,
          Verdict.CANCELLED,
          turn.promoting() ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT,
          reason
              + "; it had been judged "
              + closing.verdict()
              + Endings.unseen(turn)
              + Endings.where(turn));
    } else if (late) {
      endUnseen(turn);
    }
  }

  private static boolean looks(Turn turn) {
    return turn.spec.mode() != Mode.CHECK;
  }

  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
