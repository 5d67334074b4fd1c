package io.jenkins.plugins.canarygate.rollout.flagger;

/** A question that Flagger asks the gate server. */
public enum Hook {
  /** Before the canary is scaled up. */
  CONFIRM_ROLLOUT("confirm-rollout"),
  /** Before each further step of a weighted canary. */
  CONFIRM_TRAFFIC_INCREASE("confirm-traffic-increase"),
  /** When weight or iterations are complete. */
  CONFIRM_PROMOTION("confirm-promotion"),
  /** At each tick while it analyses or waits; yes means: roll back. */
  ROLLBACK("rollback");

  private final String type;

  Hook(String type) {
    this.type = type;
  }

  /** The {@code type} of the webhook in the Canary. */
  public String type() {
    return type;
  }

  /** The path at the gate server. */
  public String path() {
    return "/" + type;
  }
}
