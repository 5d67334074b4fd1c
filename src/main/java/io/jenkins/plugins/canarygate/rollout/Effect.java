package io.jenkins.plugins.canarygate.rollout;

/** What a look shows of an intent (rules AR4 to AR9). */
public enum Effect {
  /** A write of it is due: the first, the next of several, or one that was overwritten. */
  DUE,
  /** What we sent stands and nothing came of it yet: wait. */
  STANDING,
  /** The controller swallowed it and began the same pause again: new fence, send again. */
  SWALLOWED,
  /** It is in effect, in what the rollout does and not only in what it says. */
  IN_EFFECT,
  /** It will not come into effect. */
  OVERRULED
}
