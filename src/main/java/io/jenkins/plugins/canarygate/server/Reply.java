package io.jenkins.plugins.canarygate.server;

import java.time.Duration;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param body the text
 * @param retryAfter when it is worth asking again
 */
public record Reply(int status, String type, String body, Optional<Duration> retryAfter) {
  private static final String TEXT = "text/plain;charset=utf-8";
  private static final String JSON = "application/json";

  /** A line of plain text. */
  public static Reply text(int status, String line) {
    return new Reply(status, TEXT, line + "\n", Optional.empty());
  }

  /** A JSON document. */
  public static Reply json(int status, String document) {
    return new Reply(status, JSON, document, Optional.empty());
  }

  /** The same, to be asked again after a while. */
  public Reply after(Duration wait) {
    return new Reply(status, type, body, Optional.of(wait));
  }
}
