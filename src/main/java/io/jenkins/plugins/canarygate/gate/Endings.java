package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.util.ArrayList;
import java.util.List;

/** Settles verdicts and ends gates: reaction, exit code, last lines (rules D7 to D10). */
final class Endings {
  private Endings() {}

  /**
   * Settles the verdict. If the gate file asks for an action on it that may still be taken, the
   * gate goes on to take it; otherwise it ends here.
   */
  static void settle(Turn turn, Verdict verdict, String reason) {
    turn.closing = java.util.Optional.of(new GateSession.Closing(verdict, reason, turn.now));
    turn.note(verdict + ": " + reason);
    Reaction reaction = reaction(turn, verdict);
    if (reaction.action().isEmpty() || !mayAct(turn, verdict)) {
      end(turn, verdict, Outcome.LEFT, reason);
      return;
    }
    turn.phase = Phase.ACTING;
    turn.look();
  }

  /** What is asked on this verdict, considering the mode (rules C1, C2). */
  static Reaction reaction(Turn turn, Verdict verdict) {
    return switch (turn.spec.mode()) {
      case CHECK, DRY_RUN -> Reaction.NONE;
      case RUN, BY_HAND -> turn.spec.policy().on(verdict);
    };
  }

  /** Rule D8: no cancel, timeout or doubt takes back what a promotion was written down for. */
  private static boolean mayAct(Turn turn, Verdict verdict) {
    boolean careful =
        verdict == Verdict.INCONCLUSIVE
            || verdict == Verdict.TIMEOUT
            || verdict == Verdict.CANCELLED;
    return !careful || !turn.promoting() && !decidedGood(turn) && revisionIsThere(turn);
  }

  private static boolean decidedGood(Turn turn) {
    return turn.point()
        .flatMap(PointRun::decision)
        .map(decision -> decision.verdict().isGood())
        .orElse(false);
  }

  private static boolean revisionIsThere(Turn turn) {
    return turn.view
        .map(view -> view.fate() == Fate.UNDER_WAY || view.fate() == Fate.ADVANCED)
        .orElse(false);
  }

  static void end(Turn turn, Verdict verdict, Outcome outcome, String reason) {
    int exitCode = exitCode(turn, verdict, outcome);
    turn.ending =
        java.util.Optional.of(
            new Ending(verdict, outcome, reason, lastLines(turn, outcome), exitCode, turn.now));
    turn.phase = Phase.ENDED;
    turn.note("ended " + verdict + ", " + outcome.text() + ": " + reason);
    Announcing.close(turn);
  }

  private static int exitCode(Turn turn, Verdict verdict, Outcome outcome) {
    GateSpec spec = turn.spec;
    if (outcome == Outcome.NOT_HONOURED) {
      return 1;
    }
    if (spec.mode() == Mode.BY_HAND) {
      return handExitCode(verdict, outcome);
    }
    if (verdict == Verdict.NOT_GATED) {
      return spec.policy().onNotGatedPass() ? 0 : verdict.exitCode();
    }
    if (!verdict.isGood()) {
      return verdict.exitCode();
    }
    if (spec.mode() != Mode.RUN || outcome == Outcome.PROMOTED) {
      return 0;
    }
    return switch (spec.policy().on(verdict)) {
      case NONE -> outcome == Outcome.LEFT ? 0 : 1;
      case PAUSE -> outcome == Outcome.PAUSED ? 0 : 1;
      case ABORT -> outcome == Outcome.ABORTED ? Verdict.FAIL.exitCode() : 1;
      case PROMOTE, PROMOTE_FULLY -> 1;
    };
  }

  private static int handExitCode(Verdict verdict, Outcome outcome) {
    return switch (outcome) {
      case PROMOTED, ABORTED, RETRIED -> 0;
      default -> verdict == Verdict.PASS || verdict == Verdict.FAIL ? 1 : verdict.exitCode();
    };
  }

  /** What a person must know who comes upon this ending (rule D9). */
  private static List<String> lastLines(Turn turn, Outcome outcome) {
    List<String> lines = new ArrayList<>();
    if (turn.spec.mode() == Mode.CHECK) {
      return lines;
    }
    turn.view.ifPresent(
        view -> {
          view.share()
              .filter(Share::serving)
              .filter(share -> stillServes(view, outcome))
              .ifPresent(share -> lines.addAll(serving(turn, view, share)));
          if (outcome == Outcome.ABORTED || outcome == Outcome.TAKEN_BACK) {
            lines.add(
                "Git, if it deployed this, still holds "
                    + view.revision().map(Object::toString).orElse("the revision")
                    + ": take it back there as well, or it comes again");
          }
          obstacles(view, outcome).forEach(lines::add);
        });
    return lines;
  }

  private static boolean stillServes(View view, Outcome outcome) {
    return view.fate() != Fate.LANDED
        && view.fate() != Fate.TAKEN_BACK
        && view.fate() != Fate.UNTOUCHED
        && outcome != Outcome.ABORTED;
  }

  private static List<String> serving(Turn turn, View view, Share share) {
    String since = share.since().map(instant -> " since " + instant).orElse("");
    String revision = view.revision().map(r -> " " + r).orElse("");
    return List.of(
        "the canary" + revision + " still serves " + share.text() + since,
        "to promote it: " + turn.spec.commands().promote(),
        "to abort it:   " + turn.spec.commands().abort());
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

  /** What stands in the way, for a reason. */
  static String obstacles(Turn turn) {
    String named =
        turn.view.map(View::obstacles).orElse(List.of()).stream()
            .map(obstacle -> "; " + obstacle.text())
            .distinct()
            .reduce("", String::concat);
    return turn.troubles.isEmpty()
        ? named
        : named + "; the last look failed: " + turn.troubles.get(turn.troubles.size() - 1);
  }
}
