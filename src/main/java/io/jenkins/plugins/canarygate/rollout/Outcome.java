package io.jenkins.plugins.canarygate.rollout;

/** What became of the rollout. */
public enum Outcome {
  PROMOTED("promoted"),
  PROMOTED_NOT_LANDED("promotedNotLanded"),
  ABORTED("aborted"),
  PAUSED("paused"),
  LEFT("left"),
  /** The controller, or another hand, took our revision back. */
  TAKEN_BACK("takenBack"),
  ADVANCED_BY_OTHER("advancedByOther"),
  NOT_HONOURED("notHonoured"),
  /** By hand: an abort was cleared. */
  RETRIED("retried");

  private final String text;

  Outcome(String text) {
    this.text = text;
  }

  /** The word that reports use. */
  @com.fasterxml.jackson.annotation.JsonValue
  public String text() {
    return text;
  }
}
