package io.jenkins.plugins.canarygate.sandbox.flagger;

/** Why a tick goes no further: what Flagger's functions return as their error. */
final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retriable;

  Halt(String message) {
    this(message, true);
  }

  /**
   * Ends a tick.
   *
   * @param retriable false where waiting would not help: Flagger rolls back
   */
  Halt(String message, boolean retriable) {
    super(message, null, false, false);
    this.retriable = retriable;
  }

  boolean isRetriable() {
    return retriable;
  }
}
