package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Outcome;

/** The command's exit code by verdict and outcome (rule D10). */
final class ExitCodes {
  private ExitCodes() {}

  static int of(GateSpec spec, Verdict verdict, Outcome outcome) {
    if (outcome == Outcome.NOT_HONOURED) {
      return 1;
    }
    if (spec.mode() == Mode.BY_HAND) {
      return byHand(verdict, outcome);
    }
    if (verdict == Verdict.NOT_GATED) {
      return spec.policy().onNotGatedPass() ? 0 : verdict.exitCode();
    }
    if (!verdict.isGood() || spec.mode() == Mode.CHECK || outcome == Outcome.PROMOTED) {
      return verdict.exitCode();
    }
    Reaction asked = Reactions.asked(spec, verdict);
    if (spec.mode() == Mode.DRY_RUN) {
      return asked == Reaction.ABORT ? Verdict.FAIL.exitCode() : 0;
    }
    return switch (asked) {
      // Nothing was to be carried out, so nothing was left undone.
      case NONE -> outcome == Outcome.LEFT || outcome == Outcome.ADVANCED_BY_OTHER ? 0 : 1;
      case PAUSE -> outcome == Outcome.PAUSED ? 0 : 1;
      case ABORT -> outcome == Outcome.ABORTED ? Verdict.FAIL.exitCode() : 1;
      case PROMOTE, PROMOTE_FULLY -> 1;
    };
  }

  private static int byHand(Verdict verdict, Outcome outcome) {
    return switch (outcome) {
      case PROMOTED, ABORTED, RETRIED -> 0;
      default -> verdict == Verdict.PASS || verdict == Verdict.FAIL ? 1 : verdict.exitCode();
    };
  }
}
