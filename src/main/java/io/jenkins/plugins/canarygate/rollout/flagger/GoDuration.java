package io.jenkins.plugins.canarygate.rollout.flagger;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Go writes them: {@code 30s}, {@code 1m30s}. Fractions of a second are cut off. */
final class GoDuration {
  private static final Pattern WHOLE =
      Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern PART =
      Pattern.compile("(\\d{1,9})(?:\\.\\d{1,9})?(ns|us|µs|ms|s|m|h)");

  private GoDuration() {}

  /** Empty where it is no time. */
  static Optional<Duration> parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration total = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      total =
          total.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                case "s" -> Duration.ofSeconds(number);
                case "ms" -> Duration.ofMillis(number);
                default -> Duration.ZERO;
              });
    }
    return Optional.of(total);
  }
}
