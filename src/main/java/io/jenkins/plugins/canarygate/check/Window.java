package io.jenkins.plugins.canarygate.check;

import java.time.Duration;
import java.time.Instant;

/**
 * A span of telemetry.
 *
 * @param from its first instant
 * @param to the instant that it ends before
 */
public record Window(Instant from, Instant to) {
  public Window {
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(
          "a window must end after it begins: " + from + " to " + to);
    }
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /** Whether the two share an instant. */
  public boolean overlaps(Instant otherFrom, Instant otherTo) {
    return from.isBefore(otherTo) && otherFrom.isBefore(to);
  }
}
