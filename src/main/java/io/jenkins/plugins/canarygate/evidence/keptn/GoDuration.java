package io.jenkins.plugins.canarygate.evidence.keptn;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go writes them: {@code 5m}, {@code 1h30m}, {@code 1.5h}. */
final class GoDuration {
  private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h)");
  private static final Map<String, Double> MILLIS =
      Map.of("ms", 1.0, "s", 1000.0, "m", 60_000.0, "h", 3_600_000.0);

  private GoDuration() {}

  /** The length; empty for what is none, or is too fine to matter. */
  static Optional<Duration> parse(String text) {
    Matcher parts = PART.matcher(text);
    double millis = 0;
    int at = 0;
    while (at < text.length() && parts.find(at) && parts.start() == at) {
      millis += Double.parseDouble(parts.group(1)) * MILLIS.get(parts.group(2));
      at = parts.end();
    }
    return at > 0 && at == text.length()
        ? Optional.of(Duration.ofMillis((long) millis))
        : Optional.empty();
  }
}
