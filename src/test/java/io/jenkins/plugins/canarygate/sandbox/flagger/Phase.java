package io.jenkins.plugins.canarygate.sandbox.flagger;

/** The phases of a Canary, as its status spells them. */
final class Phase {
  static final String INITIALIZING = "Initializing";
  static final String INITIALIZED = "Initialized";
  static final String WAITING = "Waiting";
  static final String PROGRESSING = "Progressing";
  static final String WAITING_PROMOTION = "WaitingPromotion";
  static final String PROMOTING = "Promoting";
  static final String FINALISING = "Finalising";
  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";
  static final String TERMINATING = "Terminating";
  static final String TERMINATED = "Terminated";

  private Phase() {}
}
