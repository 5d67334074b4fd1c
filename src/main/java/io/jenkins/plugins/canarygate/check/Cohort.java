package io.jenkins.plugins.canarygate.check;

/** Which of the two revisions that serve side by side a value is about. */
public enum Cohort {
  CANARY,
  STABLE;

  /** The name that gate files and reports use. */
  public String text() {
    return this == CANARY ? "canary" : "stable";
  }
}
