package io.jenkins.plugins.canarygate.gate;

/** Where a gate stands. */
public enum Phase {
  /** Finding out that what the checks ask is valid (rule C3). */
  PREPARING,
  /** Waiting for the revision to reach the gate point. */
  WAITING,
  /** Holding a timed pause before the fence is taken (rule AR8). */
  HOLDING,
  /** Measuring. */
  JUDGING,
  /** Decided; the action waits for its moment or is being sent. */
  ACTING,
  /**
   * Following the revision until it has landed: the promotion is in effect, or (without a settled
   * verdict) it is never going to be gated and that may pass (rule D6).
   */
  FOLLOWING,
  ENDED
}
