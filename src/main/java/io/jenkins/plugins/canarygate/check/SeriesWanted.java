package io.jenkins.plugins.canarygate.check;

/** Whether a source that can is to give a {@link Series} beside the values of a measurement. */
public enum SeriesWanted {
  NO,
  /** Unless the values are good by the check's criteria: a bad one may be the check's last. */
  UNLESS_GOOD,
  YES
}
