package io.jenkins.plugins.canarygate.gatefile;

/** What a section of a driver or a source is for. */
enum Role {
  /** Names the rollout. */
  DRIVER(true),
  /** Says where a check's values come from. */
  SOURCE(true),
  /** Says where a named check's values come from, without the rollout of a gate. */
  NAMED(true),
  /** Tells a source which events are one cohort's. */
  COHORT(false),
  /** What a source is told for the whole gate. */
  GATE(false);

  private final boolean exactlyOne;

  Role(boolean exactlyOne) {
    this.exactlyOne = exactlyOne;
  }

  /** Whether there must be one, and no second. */
  boolean exactlyOne() {
    return exactlyOne;
  }
}
