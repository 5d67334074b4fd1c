package io.jenkins.plugins.canarygate.sandbox.flagger;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1m30s}, {@code 500ms}. */
final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|h|m|s)");

  private Durations() {}

  /** Empty where it is none. */
  static Optional<Duration> parse(String text) {
    Matcher matcher = PART.matcher(text);
    double millis = 0;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      millis += Double.parseDouble(matcher.group(1)) * unit(matcher.group(2));
      end = matcher.end();
    }
    return end > 0 && end == text.length()
        ? Optional.of(Duration.ofMillis(Math.round(millis)))
        : Optional.empty();
  }

  private static double unit(String name) {
    return switch (name) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
