package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The time that a query looks at, its edges truncated as Honeycomb does it.
 *
 * @param from the first moment
 * @param to the end, which is not part of it
 */
record Span(Instant from, Instant to) {
  private static final long WEEK = 7 * 24 * 3600;

  /**
   * Reads the times of a query.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  static Span of(JsonNode query, Instant now) {
    long start = query.path("start_time").asLong(0);
    long end = query.path("end_time").asLong(0);
    long range = query.path("time_range").asLong(0);
    if (start > 0 && end > 0 && range > 0) {
      throw new IllegalArgumentException(
          "time_range: cannot be combined with both start_time and end_time");
    }
    range = range > 0 ? range : 7200;
    if (start > 0) {
      end = end > 0 ? end : start + range;
    } else {
      end = end > 0 ? end : now.getEpochSecond();
      start = end - range;
    }
    if (start >= end) {
      throw new IllegalArgumentException("start_time: must be before end_time");
    }
    if (end - start > WEEK) {
      throw new IllegalArgumentException("time_range: must not be longer than 7 days");
    }
    long grain = end - start <= 6 * 3600 ? 60 : end - start <= 48 * 3600 ? 300 : 1800;
    long oldest = now.getEpochSecond() - WEEK;
    return new Span(
        Instant.ofEpochSecond(Math.max(oldest, start - start % grain)),
        Instant.ofEpochSecond(end - end % grain));
  }

  double seconds() {
    return Math.max(1, to.getEpochSecond() - from.getEpochSecond());
  }
}
