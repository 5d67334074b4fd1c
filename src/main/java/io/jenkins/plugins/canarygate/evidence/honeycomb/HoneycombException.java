package io.jenkins.plugins.canarygate.evidence.honeycomb;

import java.time.Duration;
import java.util.Optional;

/** Honeycomb could not be asked, or refused. The message is one line, without a secret. */
public final class HoneycombException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  /** What went wrong. */
  public enum Kind {
    /** There is no usable key. */
    NO_KEY(true),
    /** 401. */
    BAD_KEY(true),
    /** 403. */
    FORBIDDEN(true),
    /** 404. */
    NOT_FOUND(true),
    /** 400, 422. */
    INVALID(true),
    /** A redirect, which is never followed. */
    REDIRECTED(true),
    /** 429. */
    RATE_LIMITED(false),
    /** 5xx. */
    SERVER_ERROR(false),
    /** No connection. */
    UNREACHABLE(false),
    /** The connection broke off, or the question was given up. */
    BROKEN_OFF(false),
    /** No answer in time. */
    TIMEOUT(false),
    /** An answer that is not what Honeycomb's API gives. */
    NOT_UNDERSTOOD(false);

    private final boolean refused;

    Kind(boolean refused) {
      this.refused = refused;
    }
  }

  HoneycombException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  HoneycombException(Kind kind, String message, Optional<Duration> retryAfter) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether asking again will not help. */
  public boolean refused() {
    return kind.refused;
  }

  /** How long Honeycomb asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter == null ? Optional.empty() : retryAfter;
  }
}
