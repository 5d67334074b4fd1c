package io.jenkins.plugins.canarygate.evidence.keptn;

import java.time.Duration;
import java.util.Optional;

/** Keptn's objects could not be read or written. The message is one line without a secret. */
final class KeptnException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  enum Kind {
    /** It may pass by itself. */
    TRANSIENT,
    /** The cluster does not serve Keptn's objects. */
    NOT_SERVED,
    /** Rights or credentials are missing. */
    DENIED,
    /** The API server, or Keptn's webhook, refuses what was asked. */
    REFUSED
  }

  private final Kind kind;
  private final transient Optional<Duration> after;

  KeptnException(Kind kind, String message) {
    this(kind, message, Optional.empty());
  }

  /**
   * @param after how long the server asked to wait
   */
  KeptnException(Kind kind, String message, Optional<Duration> after) {
    super(message);
    this.kind = kind;
    this.after = after;
  }

  Kind kind() {
    return kind;
  }

  Optional<Duration> after() {
    return after == null ? Optional.empty() : after;
  }
}
