package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows from a look at the rollout, tested in the order of rule D0. */
final class Looking {
  private static final int TROUBLES_KEPT = 10;
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private Looking() {}

  static void failed(Turn turn, Seen.LookFailed problem) {
    if (problem.denied()) {
      denied(turn, problem.why());
      return;
    }
    List<String> troubles = new ArrayList<>(turn.troubles);
    troubles.add(problem.why());
    if (troubles.size() > TROUBLES_KEPT) {
      troubles.remove(0);
    }
    turn.troubles = troubles;
    if (troubles.size() == 1) {
      turn.note("the rollout could not be looked at, trying again: " + problem.why());
    }
    Duration backOff = Duration.ofSeconds(1L << Math.min(troubles.size() - 1, 5));
    Duration wait = backOff.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : backOff;
    if (turn.cancel.isPresent()) {
      wait = Duration.ofSeconds(2);
    }
    turn.lookDue =
        turn.now.plus(problem.retryAfter().filter(after -> turn.cancel.isEmpty()).orElse(wait));
  }

  private static void denied(Turn turn, String why) {
    if (turn.closing.map(c -> c.verdict() == Verdict.FAIL).orElse(false)) {
      GateSession.Closing closing = turn.closing.get();
      Endings.end(turn, closing.verdict(), Outcome.LEFT, closing.reason() + "; then: " + why);
      return;
    }
    Endings.end(
        turn, Verdict.ERROR, turn.promoteSent() ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT, why);
  }

  static void looked(Turn turn, Observation seen) {
    Optional<View> before = turn.view;
    remember(turn, seen);
    if (turn.spec.mode() == Mode.CHECK) {
      if (turn.phase == Phase.WAITING) {
        Judging.begin(turn, seen);
      }
      return;
    }
    if (gone(turn, seen, before) || turn.ended()) {
      return;
    }
    if (byHand(turn, seen) || turn.ended()) {
      return;
    }
    switch (seen.fate()) {
      case LANDED -> landed(turn, seen);
      case TAKEN_BACK -> takenBack(turn, seen);
      case FAILED_SERVING -> failedServing(turn);
      case TAKING_BACK -> takingBack(turn, seen);
      default -> underWay(turn, seen, before);
    }
  }

  private static void remember(Turn turn, Observation seen) {
    if (!turn.troubles.isEmpty()) {
      turn.note("the rollout can be looked at again");
      turn.troubles = List.of();
    }
    View old = turn.view.orElse(null);
    List<String> phases = new ArrayList<>(old == null ? List.of() : old.phases());
    if (!seen.phase().isEmpty()
        && (phases.isEmpty() || !phases.get(phases.size() - 1).equals(seen.phase()))
        && phases.size() < 100) {
      phases.add(seen.phase());
    }
    boolean underWay = seen.fate() == Fate.UNDER_WAY || seen.fate() == Fate.ADVANCED;
    boolean absent = seen.fate() == Fate.ABSENT;
    if (old != null && !absent && !seen.where().isEmpty() && !seen.where().equals(old.where())) {
      turn.note("the rollout is at " + seen.where());
    }
    turn.view =
        Optional.of(
            new View(
                seen.at(),
                seen.uid().or(() -> old == null ? Optional.empty() : old.uid()),
                seen.fate(),
                absent && old != null ? old.revision() : seen.revision(),
                seen.where(),
                seen.phase(),
                phases,
                seen.obstacles(),
                seen.trafficSince(),
                seen.share(),
                seen.cohorts().isEmpty() && old != null ? old.cohorts() : seen.cohorts(),
                underWay || old != null && old.seenUnderWay()));
    turn.memory = seen.memory();
    seen.notes().forEach(turn::noteOnce);
    seen.obstacles().forEach(obstacle -> turn.noteOnce(obstacle.text()));
    turn.lookDue = turn.now.plus(seen.lookAgainWithin());
  }

  private static boolean gone(Turn turn, Observation seen, Optional<View> before) {
    Optional<String> known = before.flatMap(View::uid);
    boolean absent = seen.fate() == Fate.ABSENT;
    if (known.isEmpty()) {
      if (absent && turn.spec.mode() == Mode.BY_HAND) {
        Endings.end(turn, Verdict.ERROR, Outcome.LEFT, turn.spec.target() + " was not found");
      }
      return absent;
    }
    if (!absent && seen.uid().equals(known)) {
      return false;
    }
    superseded(turn, turn.spec.target() + (absent ? " was deleted" : " was deleted and made anew"));
    return true;
  }

  /** Another revision took its place; what was decided bad stays bad (rule D5). */
  private static void superseded(Turn turn, String why) {
    if (turn.closing.map(c -> c.verdict() == Verdict.FAIL).orElse(false)) {
      GateSession.Closing closing = turn.closing.get();
      Endings.end(turn, closing.verdict(), Outcome.LEFT, closing.reason() + "; then " + why);
      return;
    }
    boolean promoted = turn.phase == Phase.FOLLOWING || turn.promoteSent();
    String far =
        promoted
            ? "; ours had been promoted and had not landed"
            : turn.closing.map(c -> "; ours had been judged " + c.verdict()).orElse("");
    Endings.end(
        turn, Verdict.SUPERSEDED, promoted ? Outcome.PROMOTED_NOT_LANDED : Outcome.LEFT, why + far);
  }

  /** What a person decided is done on the first look that allows it (rule A7). */
  private static boolean byHand(Turn turn, Observation seen) {
    if (turn.spec.byHand().isEmpty() || turn.intent.isPresent()) {
      return false;
    }
    if (turn.closing.isEmpty()) {
      ByHand decision = turn.spec.byHand().get();
      Verdict verdict = decision.action() == Action.ABORT ? Verdict.FAIL : Verdict.PASS;
      turn.closing =
          Optional.of(
              new GateSession.Closing(
                  verdict, decision.who() + " decided: " + decision.reason(), turn.now));
      turn.phase = Phase.ACTING;
    }
    Acting.take(turn, seen);
    return true;
  }

  private static void landed(Turn turn, Observation seen) {
    boolean ours = turn.promoting() && turn.intent.get().mayHaveArrived();
    if (ours || turn.phase == Phase.FOLLOWING) {
      GateSession.Closing closing = turn.closing.orElseThrow();
      Acting.seen(turn, "landed", true);
      Endings.end(
          turn, closing.verdict(), Outcome.PROMOTED, closing.reason() + "; landed, it is stable");
      return;
    }
    if (turn.intent.map(i -> i.action() == Action.ABORT).orElse(false)) {
      GateSession.Closing closing = turn.closing.orElseThrow();
      Acting.seen(turn, "it landed in spite of the abort", false);
      Endings.end(
          turn,
          closing.verdict(),
          Outcome.NOT_HONOURED,
          closing.reason() + "; it landed in spite of the abort");
      return;
    }
    if (turn.phase == Phase.JUDGING || turn.phase == Phase.ACTING && turn.pointsSeen() > 0) {
      Judging.advancedByOther(turn, seen, "it landed by itself or by another hand");
      return;
    }
    if (turn.pointsSeen() > 0) {
      everyPointPassed(turn);
      return;
    }
    notGated(turn, seen);
  }

  /** With {@code pause: each}: landed after its last pause was promoted. */
  private static void everyPointPassed(Turn turn) {
    Decision decision = turn.point().flatMap(PointRun::decision).orElseThrow();
    Endings.end(
        turn,
        worstOfPoints(turn, decision),
        Outcome.PROMOTED,
        decision.reason() + "; landed, it is stable");
  }

  private static Verdict worstOfPoints(Turn turn, Decision last) {
    return last.verdict();
  }

  private static void notGated(Turn turn, Observation seen) {
    boolean followed = turn.view.map(View::seenUnderWay).orElse(false);
    turn.closing =
        Optional.of(
            new GateSession.Closing(
                Verdict.NOT_GATED,
                followed
                    ? "the controller landed the revision without a gate point"
                    : "the revision is already stable, nothing changed",
                turn.now));
    if (turn.intent.isEmpty()) {
      Judging.liftOrEnd(turn, seen);
    } else {
      Acting.readBack(turn, seen);
    }
  }

  private static void takenBack(Turn turn, Observation seen) {
    Optional<Action> action = turn.intent.map(intent -> intent.action());
    if (action.equals(Optional.of(Action.ABORT)) && turn.intent.get().mayHaveArrived()) {
      if (seen.effect().equals(Optional.of(Effect.DUE))) {
        Acting.readBack(turn, seen);
        return;
      }
      GateSession.Closing closing = turn.closing.orElseThrow();
      Acting.seen(turn, seen.effectText().isEmpty() ? "aborted" : seen.effectText(), true);
      Endings.end(turn, closing.verdict(), Outcome.ABORTED, closing.reason());
      return;
    }
    if (lifting(turn, seen)) {
      return;
    }
    String judged =
        turn.point()
            .flatMap(PointRun::decision)
            .map(decision -> ", after it had been judged " + decision.verdict())
            .orElse(", before it had been judged");
    String why =
        turn.closing
            .filter(c -> c.verdict() == Verdict.FAIL)
            .map(c -> c.reason() + "; ")
            .orElse("");
    Endings.end(
        turn,
        Verdict.FAIL,
        Outcome.TAKEN_BACK,
        why + "the controller or another hand aborted the revision" + judged + detail(seen));
  }

  private static String detail(Observation seen) {
    return seen.phase().isEmpty() ? "" : " (" + seen.phase() + ")";
  }

  /** An abort that is not ours needs our hold lifted to come into effect (rule AR8). */
  private static boolean lifting(Turn turn, Observation seen) {
    boolean lifts = turn.intent.map(i -> i.action() == Action.LIFT).orElse(false);
    if (lifts && seen.effect().equals(Optional.of(Effect.IN_EFFECT))) {
      Acting.seen(turn, "lifted", true);
      turn.intent = Optional.empty();
      return false;
    }
    if (lifts && !seen.effect().equals(Optional.of(Effect.OVERRULED))) {
      Acting.readBack(turn, seen);
      return true;
    }
    if (!lifts
        && seen.can(Action.LIFT).state() == Readiness.State.READY
        && seen.fence().isPresent()) {
      Acting.intend(turn, Action.LIFT, seen.fence().get());
      return true;
    }
    return false;
  }

  private static void takingBack(Turn turn, Observation seen) {
    if (turn.intent.map(i -> i.action() == Action.ABORT).orElse(false)) {
      Acting.readBack(turn, seen);
    } else {
      turn.noteOnce("an abort of this revision was asked by another hand; waiting for its effect");
      lifting(turn, seen);
    }
  }

  private static void failedServing(Turn turn) {
    Endings.end(
        turn,
        Verdict.FAIL,
        turn.promoteSent() ? Outcome.PROMOTED_NOT_LANDED : Outcome.ADVANCED_BY_OTHER,
        "the revision failed and serves all the same" + Endings.where(turn));
  }

  private static void underWay(Turn turn, Observation seen, Optional<View> before) {
    if (supersededBeforeTheFence(turn, seen, before)) {
      return;
    }
    if (turn.intent.isPresent() && ownEffectFirst(turn, seen)) {
      Acting.readBack(turn, seen);
      if (turn.ended() || turn.phase != Phase.FOLLOWING) {
        return;
      }
      following(turn, seen);
      return;
    }
    if (turn.point().flatMap(PointRun::fence).isPresent()
        && (turn.phase == Phase.JUDGING || turn.phase == Phase.ACTING)
        && drifted(turn, seen)) {
      return;
    }
    if (turn.intent.isPresent()) {
      Acting.readBack(turn, seen);
      return;
    }
    switch (turn.phase) {
      case PREPARING -> beforeThePoint(turn, seen);
      case WAITING, HOLDING -> {
        if (!beforeThePoint(turn, seen)) {
          seen.point().ifPresent(point -> Judging.arrived(turn, seen));
        }
      }
      case ACTING -> {
        if (!seen.at().isBefore(turn.closing.orElseThrow().at())) {
          Acting.take(turn, seen);
        }
      }
      case JUDGING, FOLLOWING, ENDED -> {
        // Judged or followed as time goes on.
      }
    }
  }

  /** Rule A3: what moved after we sent is first tested as our own effect. */
  private static boolean ownEffectFirst(Turn turn, Observation seen) {
    return turn.intent.get().mayHaveArrived()
        && !(seen.drift() == io.jenkins.plugins.canarygate.rollout.Drift.GONE
            || seen.drift() == io.jenkins.plugins.canarygate.rollout.Drift.OTHER_REVISION);
  }

  private static void following(Turn turn, Observation seen) {
    seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS)
        .ifPresent(
            doubt ->
                Endings.end(
                    turn,
                    Verdict.INCONCLUSIVE,
                    Outcome.PROMOTED_NOT_LANDED,
                    turn.closing.map(c -> c.reason() + "; ").orElse("")
                        + "promoted, and then "
                        + doubt.text()));
  }

  private static boolean supersededBeforeTheFence(
      Turn turn, Observation seen, Optional<View> before) {
    boolean fenced = turn.point().flatMap(PointRun::fence).isPresent();
    boolean other =
        seen.drift() == io.jenkins.plugins.canarygate.rollout.Drift.OTHER_REVISION
            || seen.drift() == io.jenkins.plugins.canarygate.rollout.Drift.GONE;
    boolean lost =
        seen.fate() == Fate.UNTOUCHED
            && seen.settled()
            && seen.revision().isPresent()
            && before.map(View::seenUnderWay).orElse(false);
    if (fenced && other || lost) {
      superseded(
          turn,
          "another revision took its place"
              + seen.revision().map(revision -> ": " + revision).orElse(""));
      return true;
    }
    return false;
  }

  private static boolean drifted(Turn turn, Observation seen) {
    switch (seen.drift()) {
      case MOVED_ON -> {
        Judging.advancedByOther(turn, seen, "the rollout went on by another hand");
        return true;
      }
      case BEGAN_AGAIN -> {
        Judging.beginAgain(turn, seen);
        return true;
      }
      case HOLD_LIFTED -> {
        turn.noteOnce("our hold was lifted by another hand; it is not set again");
        seen.fence().ifPresent(fence -> turn.replacePoint(turn.point().orElseThrow().with(fence)));
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  /** What ends a gate before its point is reached (rules R3, R5). */
  private static boolean beforeThePoint(Turn turn, Observation seen) {
    if (seen.fate() == Fate.UNTOUCHED) {
      return true;
    }
    Optional<Obstacle> invalid = seen.obstacle(Obstacle.Kind.INVALID_SPEC);
    Optional<Obstacle> missing = seen.obstacle(Obstacle.Kind.POINT_MISSING);
    if (invalid.or(() -> missing).isPresent()) {
      Endings.end(turn, Verdict.ERROR, Outcome.LEFT, invalid.or(() -> missing).get().text());
      return true;
    }
    Optional<Obstacle> doubt = seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS);
    if (doubt.isPresent() && turn.phase != Phase.HOLDING) {
      Endings.settle(turn, Verdict.INCONCLUSIVE, doubt.get().text());
      return true;
    }
    Optional<Obstacle> passed = seen.obstacle(Obstacle.Kind.POINT_PASSED);
    if (passed.isPresent() && !turn.spec.policy().onNotGatedPass()) {
      Endings.end(turn, Verdict.NOT_GATED, Outcome.LEFT, passed.get().text());
      return true;
    }
    return passed.isPresent();
  }

  /** Whether the revision is never going to be gated, so that only {@code total} bounds it (D6). */
  static boolean followedUngated(Turn turn) {
    return turn.spec.policy().onNotGatedPass()
        && turn.view
            .map(
                view ->
                    view.obstacles().stream()
                        .anyMatch(
                            obstacle ->
                                obstacle.kind() == Obstacle.Kind.POINT_PASSED
                                    || obstacle.kind() == Obstacle.Kind.NEVER_PAUSES))
            .orElse(false);
  }

  static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
