package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Outcome;

/** What is done about a verdict, and what may not be (rules D8, A5, C1, C2, R3). */
final class Reactions {
  private Reactions() {}

  /** What the gate file asks on this verdict; at {@code progressing} that is never a promotion. */
  static Reaction asked(GateSpec spec, Verdict verdict) {
    Reaction reaction = spec.policy().on(verdict);
    boolean never = spec.target().at().kind() == At.Kind.PROGRESSING && reaction.promotes();
    return never ? Reaction.NONE : reaction;
  }

  /** What is done on this verdict, considering the mode; by hand only what the person decided. */
  static Reaction of(GateSpec spec, Verdict verdict) {
    return spec.mode() == Mode.RUN ? asked(spec, verdict) : Reaction.NONE;
  }

  /**
   * Settles the verdict. If the gate file asks for an action on it that may still be taken, the
   * gate goes on to take it; otherwise it ends here.
   */
  static void settle(Turn turn, Verdict verdict, String reason) {
    boolean acts = of(turn.spec, verdict).action().isPresent() && mayAct(turn, verdict);
    turn.settle(verdict, reason, turn.now);
    turn.note(verdict + ": " + reason);
    if (!acts) {
      Endings.end(turn, verdict, Outcome.LEFT, reason);
      return;
    }
    turn.phase = Phase.ACTING;
    turn.look();
  }

  /** Rule D8: no cancel, timeout or doubt takes back what was decided good or is promoted. */
  private static boolean mayAct(Turn turn, Verdict verdict) {
    return switch (verdict) {
      case INCONCLUSIVE, TIMEOUT, CANCELLED ->
          !turn.promoting()
              && !turn.closing.map(c -> c.verdict().isGood()).orElse(false)
              && revisionIsThere(turn);
      default -> true;
    };
  }

  private static boolean revisionIsThere(Turn turn) {
    return turn.view
        .map(view -> view.fate() == Fate.UNDER_WAY || view.fate() == Fate.ADVANCED)
        .orElse(false);
  }
}
