package io.jenkins.plugins.canarygate.evidence.prometheus;

import java.time.Duration;
import java.util.Optional;

/** Prometheus could not be asked, or refused. The message is one line, without a secret. */
public final class PrometheusException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  /** What went wrong. */
  public enum Kind {
    /** The token or password cannot be had. */
    NO_SECRET(true, true),
    /** 401. */
    BAD_SECRET(true, true),
    /** 403. */
    FORBIDDEN(true, true),
    /** 404: nobody there knows Prometheus' API. */
    NOT_FOUND(true, true),
    /** {@code bad_data}, or an answer that no number can be read from. */
    INVALID(true, false),
    /** A redirect, which is never followed. */
    REDIRECTED(true, true),
    /** 429. */
    RATE_LIMITED(false, true),
    /** The expression could not be evaluated this time. */
    FAILED(false, false),
    /** Part of the data was not there. */
    PARTIAL(false, false),
    /** No connection. */
    UNREACHABLE(false, true),
    /** The connection broke off, or the question was given up. */
    BROKEN_OFF(false, false),
    /** No answer in time. */
    TIMEOUT(false, true),
    /** An answer that is not what Prometheus' API gives. */
    NOT_UNDERSTOOD(false, false);

    private final boolean refused;
    private final boolean general;

    Kind(boolean refused, boolean general) {
      this.refused = refused;
      this.general = general;
    }
  }

  PrometheusException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  PrometheusException(Kind kind, String message, Optional<Duration> retryAfter) {
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

  /** Whether any other question would be answered alike just now. */
  boolean general() {
    return kind.general;
  }

  /** How long Prometheus, or what stands before it, asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter == null ? Optional.empty() : retryAfter;
  }
}
