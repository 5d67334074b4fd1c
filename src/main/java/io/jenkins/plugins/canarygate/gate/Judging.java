package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.List;
import java.util.Optional;

/** Takes the fence, judges, and turns the decision into what follows from it (rules R2, R3). */
final class Judging {
  private Judging() {}

  /** The rollout waits at the gate point, if this look shows one. */
  static void arrived(Turn turn, Observation seen) {
    if (seen.point().isEmpty() || seen.fence().isEmpty()) {
      return;
    }
    if (Holding.needed(turn, seen)) {
      Holding.hold(turn, seen);
    } else {
      begin(turn, seen);
    }
  }

  /** Takes the fence and begins to measure. */
  static void begin(Turn turn, Observation seen) {
    begin(turn, seen, turn.pointsSeen() + 1);
  }

  private static void begin(Turn turn, Observation seen, int number) {
    turn.phase = Phase.JUDGING;
    PointRun point =
        new PointRun(number, seen.point(), seen.fence(), turn.now, List.of(), Optional.empty());
    turn.addPoint(point);
    turn.replacePoint(point.with(Measuring.begin(turn)));
    turn.note(
        "judging begins at "
            + seen.point().map(p -> p.text()).orElse("its revision")
            + seen.revision().map(r -> ", revision " + r).orElse(""));
    go(turn);
  }

  /** The same pause began again, or its steps were edited: it is judged anew (rule R2). */
  static void beginAgain(Turn turn, Observation seen) {
    PointRun old = turn.point().orElseThrow();
    turn.closing = Optional.empty();
    turn.intent = Optional.empty();
    if (seen.point().isEmpty() || seen.fence().isEmpty()) {
      turn.note("the rollout left its gate point and began again; waiting for it");
      turn.phase = Phase.WAITING;
      BeforeThePoint.look(turn, seen);
      return;
    }
    turn.note("the gate point began again, so it is judged anew");
    PointRun fresh =
        new PointRun(
            old.number(), seen.point(), seen.fence(), turn.now, List.of(), Optional.empty());
    turn.replacePoint(fresh.with(stale(turn, old)));
    turn.phase = Phase.JUDGING;
    go(turn);
  }

  /** Checks from the start; an answer that is still to come belongs to the past. */
  private static List<CheckRun> stale(Turn turn, PointRun old) {
    return Measuring.begin(turn).stream()
        .map(
            run ->
                old.checks().stream()
                    .filter(before -> before.check().equals(run.check()))
                    .flatMap(before -> before.pending().stream())
                    .filter(CheckRun.Pending::asked)
                    .findFirst()
                    .map(pending -> run.with(pending.discarded(), run.due(), ""))
                    .orElse(run))
        .toList();
  }

  /** Measures what is due, and decides if it can be decided. */
  static void go(Turn turn) {
    if (turn.phase != Phase.JUDGING || turn.ended()) {
      return;
    }
    if (TakenBack.byAnother(turn)) {
      // Whatever the values say: what is being taken back is waited for (rule D0).
      Measuring.ask(turn);
      return;
    }
    // The first FAIL stops measuring: nothing is asked once it can be decided (rule D1).
    if (decide(turn, false).isEmpty()) {
      Measuring.ask(turn);
      decide(turn, false);
    }
  }

  /** Decides; {@code over} if nothing more will be measured. */
  static Optional<Decision> decide(Turn turn, boolean over) {
    PointRun point = turn.point().orElseThrow();
    Optional<Decision> decision = new Decider(turn.spec).decide(point.checks(), over, turn.now);
    if (decision.isEmpty()) {
      return decision;
    }
    turn.replacePoint(point.with(unjudgedIfRunning(point)).with(decision.get()));
    if (!over) {
      settle(turn, decision.get());
    }
    return decision;
  }

  private static List<CheckRun> unjudgedIfRunning(PointRun point) {
    return point.checks().stream()
        .map(
            run ->
                run.state().ended()
                    ? run
                    : run.ended(
                        CheckRun.State.UNJUDGED, "the gate had decided before it was whole"))
        .toList();
  }

  private static void settle(Turn turn, Decision decision) {
    Optional<Obstacle> doubt =
        turn.view.map(View::obstacles).orElse(List.of()).stream()
            .filter(obstacle -> obstacle.kind() == Obstacle.Kind.INCONCLUSIVE_ANALYSIS)
            .findFirst();
    if (decision.verdict().isGood() && doubt.isPresent()) {
      doubted(turn, decision, doubt.get());
    } else {
      Reactions.settle(turn, decision.verdict(), decision.reason());
    }
  }

  /** The controller's own doubt is never promoted past (rules R5, A2). */
  static void doubted(Turn turn, Decision decision, Obstacle doubt) {
    Decision doubtful =
        new Decision(
            Verdict.INCONCLUSIVE,
            decision.reason() + ", but " + doubt.text(),
            decision.score(),
            turn.now);
    turn.replacePoint(turn.point().orElseThrow().with(doubtful));
    Reactions.settle(turn, doubtful.verdict(), doubtful.reason());
  }

  /** The rollout went on by another hand while we looked (rule R2). */
  static void advancedByOther(Turn turn, String how) {
    boolean progressing = turn.spec.target().at().kind() == At.Kind.PROGRESSING;
    Verdict verdict;
    String reason;
    if (turn.closing.isPresent()) {
      verdict = turn.closing.get().verdict();
      reason = turn.closing.get().reason();
    } else {
      Decision decision = decide(turn, true).orElseThrow();
      verdict = decision.verdict();
      reason = decision.reason();
    }
    turn.intent = Optional.empty();
    Outcome outcome = progressing && verdict.isGood() ? Outcome.LEFT : Outcome.ADVANCED_BY_OTHER;
    Endings.end(turn, verdict, outcome, reason + "; " + how + Endings.where(turn));
  }
}
