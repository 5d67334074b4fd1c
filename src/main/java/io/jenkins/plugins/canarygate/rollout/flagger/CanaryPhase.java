package io.jenkins.plugins.canarygate.rollout.flagger;

/** Flagger's phases, in its own words. */
public enum CanaryPhase {
  /** None that we know, or none yet. */
  UNKNOWN(""),
  INITIALIZING("Initializing"),
  INITIALIZED("Initialized"),
  /** A confirm-rollout hook says no. */
  WAITING("Waiting"),
  PROGRESSING("Progressing"),
  /** A confirm-promotion hook says no. */
  WAITING_PROMOTION("WaitingPromotion"),
  /** The primary is being overwritten: no abort is possible any more. */
  PROMOTING("Promoting"),
  /** The canary is being scaled down. */
  FINALISING("Finalising"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed"),
  TERMINATING("Terminating"),
  TERMINATED("Terminated");

  private final String text;

  CanaryPhase(String text) {
    this.text = text;
  }

  /** Flagger's word. */
  public String text() {
    return text;
  }

  static CanaryPhase of(String text) {
    for (CanaryPhase phase : values()) {
      if (phase.text.equals(text)) {
        return phase;
      }
    }
    return UNKNOWN;
  }

  /** Whether a revision is analysed: Flagger asks rollback hooks. */
  public boolean analyses() {
    return this == PROGRESSING || this == WAITING_PROMOTION;
  }

  /** Whether the primary is being overwritten or has just been. */
  public boolean promotes() {
    return this == PROMOTING || this == FINALISING;
  }

  /** Whether nothing is under way. */
  public boolean rests() {
    return this == INITIALIZED || this == SUCCEEDED;
  }
}
