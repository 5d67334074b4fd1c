package io.jenkins.plugins.canarygate.rollout;

import java.time.Duration;
import java.util.Optional;

/** A look that failed (rule D0). The message is one line, says what to do, and holds no secret. */
public final class LookException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a failed look means. */
  public enum Kind {
    /** Network, 429, 5xx: looked again until the deadline. */
    TRANSIENT,
    /** 401, 403, no such kind on the server: waiting will not help. */
    DENIED
  }

  private final transient Kind kind;
  private final transient Optional<Duration> retryAfter;

  public LookException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long the server asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
