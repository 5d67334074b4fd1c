package io.jenkins.plugins.canarygate.gate;

/** How much of the job is done. */
public enum Mode {
  /** The whole job. */
  RUN,
  /** Everything but what writes to the cluster (rule C2). */
  DRY_RUN,
  /** Measures and judges; waits for no rollout and touches none (rule C1). */
  CHECK,
  /** A named person decided: the action, the same fence, and reading back. */
  BY_HAND
}
