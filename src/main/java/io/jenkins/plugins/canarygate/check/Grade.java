package io.jenkins.plugins.canarygate.check;

/** How good a single measurement is. */
public enum Grade {
  PASS,
  WARN,
  FAIL,
  /** The source answered, and its answer says nothing about the revision. */
  INCONCLUSIVE,
  /** The source did not answer. */
  ERROR;
}
