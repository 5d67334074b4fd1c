package io.jenkins.plugins.canarygate.gate;

/** How a revision was judged. */
public enum Verdict {
  /** Judged good, promoted if asked, seen to land. */
  PASS(0),
  /** Good enough, likewise. */
  WARN(0),
  /** Judged bad, by us or by the controller while we looked. */
  FAIL(10),
  /** Not enough evidence to judge. */
  INCONCLUSIVE(11),
  /** The rollout or the evidence did not come in time. */
  TIMEOUT(12),
  /** Another revision took its place. */
  SUPERSEDED(13),
  /** The build, TaskRun or process was stopped. */
  CANCELLED(14),
  /** The controller landed or ignored the revision without a gate point. */
  NOT_GATED(15),
  /** No judgement: the cluster or an action failed. */
  ERROR(1);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code where nothing else decides it (rule D10). */
  public int exitCode() {
    return exitCode;
  }

  public boolean isGood() {
    return this == PASS || this == WARN;
  }
}
