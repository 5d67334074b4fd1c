package io.jenkins.plugins.canarygate.gate;

import java.time.Duration;

/**
 * How long a gate may take (rule D7).
 *
 * @param start until the first gate point
 * @param total everything, landing included
 */
public record Timeouts(Duration start, Duration total) {
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofMinutes(10), Duration.ofMinutes(45));
}
