package io.jenkins.plugins.canarygate.rollout;

/** How a rollout differs from the fence (rule R2). */
public enum Drift {
  NONE,
  /** The object is gone, or another one has its name. */
  GONE,
  /** Another revision took its place. */
  OTHER_REVISION,
  /** A later step, or the pause is gone; same revision, no abort. */
  MOVED_ON,
  /** The steps were edited, or the same pause began again: it is judged anew. */
  BEGAN_AGAIN,
  /** A hold of ours was lifted by another hand. */
  HOLD_LIFTED
}
