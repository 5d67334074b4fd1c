package io.jenkins.plugins.canarygate.evidence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Headers;

/** How long a rate limited answer asks to wait, by any of the headers that services use. */
public final class RetryAfter {
  public static final Duration SHORTEST = Duration.ofSeconds(1);
  public static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Pattern RESET = Pattern.compile("\\breset\\s*=\\s*(\\d{1,9})");

  private RetryAfter() {}

  /**
   * Reads {@code Retry-After} (an HTTP date, or seconds), else {@code RateLimit: …, reset=…}. A
   * date is compared with the answer's own {@code Date}: two clocks may differ.
   */
  public static Optional<Duration> of(Headers headers, Instant now) {
    Instant theirs = date(headers.get("Date")).orElse(now);
    return Optional.ofNullable(headers.get("Retry-After"))
        .map(String::strip)
        .flatMap(text -> seconds(text).or(() -> date(text).map(at -> Duration.between(theirs, at))))
        .or(() -> reset(headers.get("RateLimit")))
        .map(RetryAfter::bounded);
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Duration> reset(String text) {
    Matcher matcher = RESET.matcher(text == null ? "" : text);
    return matcher.find() ? seconds(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration duration) {
    if (duration.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }
}
