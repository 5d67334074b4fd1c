package io.jenkins.plugins.canarygate.evidence;

import java.time.Instant;
import java.util.Optional;

/** Tells an observability service that a gate began and how it ended, so that plots show it. */
public interface Announcer {

  /**
   * Announces the start.
   *
   * @return what {@link #close} needs; never a secret
   * @throws AnnounceException if it could not be done; a verdict never depends on it
   */
  Optional<String> open(String message, Instant at) throws AnnounceException;

  /** Announces the verdict. */
  void close(String ticket, String message, Instant at) throws AnnounceException;

  /** An announcement that failed. The message is one line without a secret. */
  final class AnnounceException extends Exception {
    private static final long serialVersionUID = 1L;

    public AnnounceException(String message) {
      super(message);
    }
  }
}
