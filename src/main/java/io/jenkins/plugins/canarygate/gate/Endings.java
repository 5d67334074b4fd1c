package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ends gates, and says what a person must know then (rules D7, D9). */
final class Endings {
  private Endings() {}

  static void end(Turn turn, Verdict settled, Outcome outcome, String reason) {
    // Stopped because time was up: what was done about it is onCancel, what it is called is not.
    boolean timedOut = turn.cancel.map(Cancel::timedOut).orElse(false);
    Verdict verdict = settled == Verdict.CANCELLED && timedOut ? Verdict.TIMEOUT : settled;
    int exitCode = ExitCodes.of(turn.spec, verdict, outcome);
    turn.ending =
        Optional.of(
            new Ending(verdict, outcome, reason, lastLines(turn, outcome), exitCode, turn.now));
    turn.phase = Phase.ENDED;
    turn.note("ended " + verdict + ", " + outcome.text() + ": " + reason);
    Announcing.close(turn);
  }

  /** What a person must know who comes upon this ending (rule D9). */
  private static List<String> lastLines(Turn turn, Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (turn.spec.mode() == Mode.CHECK) {
      return lines;
    }
    turn.view.ifPresent(view -> lines.addAll(lastLines(turn, view, outcome)));
    return lines;
  }

  private static List<String> lastLines(Turn turn, View view, Outcome outcome) {
    List<String> lines = new ArrayList<>();
    Optional<Share> serving =
        view.share().filter(Share::serving).filter(share -> stillServes(view, outcome));
    boolean held = Holding.mayStand(turn);
    serving.ifPresent(share -> lines.add(serves(view, share)));
    if (held) {
      lines.add("our hold stays, unless another hand lifts it: the pause does not end by itself");
    }
    if (serving.isPresent() || held) {
      lines.addAll(LeftServing.lines(turn.spec, Optional.of(view)));
    }
    if (outcome == Outcome.ABORTED || outcome == Outcome.TAKEN_BACK || abortMayStand(turn)) {
      lines.add(
          "Git, if it deployed this, still holds "
              + view.revision().map(Object::toString).orElse("the revision")
              + ": take it back there as well, or it comes again");
    }
    lines.addAll(obstacles(view, outcome));
    return lines;
  }

  private static boolean abortMayStand(Turn turn) {
    return turn.intends(Action.ABORT) && turn.mayHaveArrived();
  }

  private static boolean stillServes(View view, Outcome outcome) {
    return view.fate() != Fate.LANDED
        && view.fate() != Fate.TAKEN_BACK
        && view.fate() != Fate.UNTOUCHED
        && outcome != Outcome.ABORTED;
  }

  private static String serves(View view, Share share) {
    String since =
        share.since().map(at -> " since " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    String revision = view.revision().map(r -> " " + r).orElse("");
    return "the canary" + revision + " still serves " + share.text() + since;
  }

  private static List<String> obstacles(View view, Outcome outcome) {
    if (outcome == Outcome.PROMOTED || outcome == Outcome.ABORTED) {
      return List.of();
    }
    return view.obstacles().stream()
        .filter(obstacle -> obstacle.command().isPresent())
        .map(obstacle -> obstacle.text() + "; to lift it: " + obstacle.command().get())
        .toList();
  }

  /** How far the rollout got, in brackets, or nothing. */
  static String where(Turn turn) {
    return turn.view
        .map(View::where)
        .filter(where -> !where.isEmpty())
        .map(where -> " (" + where + ")")
        .orElse("");
  }

  /** Where a settled verdict was not seen to be acted on, for a reason; or nothing. */
  static String unseen(Turn turn) {
    if (turn.intent.isEmpty()) {
      return "";
    }
    boolean recorded = turn.mayHaveArrived() || turn.intent.get().sends().isEmpty();
    String action = turn.intent.get().action().text();
    return recorded ? "; " + action + " recorded, not yet seen" : "; " + action + " never arrived";
  }

  /** What stands in the way, for a reason. */
  static String obstacles(Turn turn) {
    Stream<String> waiting =
        turn.closing.map(GateSession.Closing::waiting).filter(w -> !w.isEmpty()).stream();
    Stream<String> obstacles =
        turn.view.map(View::obstacles).orElse(List.of()).stream().map(Obstacle::text);
    String named =
        Stream.concat(waiting, obstacles)
            .distinct()
            .map(text -> "; " + text)
            .reduce("", String::concat);
    return turn.troubles.isEmpty()
        ? named
        : named + "; the last look failed: " + turn.troubles.get(turn.troubles.size() - 1);
  }
}
