package io.jenkins.plugins.canarygate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2024-03-22T18:37:00Z");

  private static Optional<Duration> of(String... headers) {
    return RetryAfter.of(Headers.of(headers), NOW);
  }

  @Test
  void aNumberIsSeconds() {
    assertThat(of("Retry-After", "42")).contains(Duration.ofSeconds(42));
  }

  @Test
  void aDateIsComparedWithOurClockWhereTheAnswerHasNone() {
    assertThat(of("Retry-After", "Fri, 22 Mar 2024 18:37:53 GMT")).contains(Duration.ofSeconds(53));
  }

  @Test
  void aDateIsComparedWithTheAnswersOwnDate() {
    assertThat(
            of(
                "Retry-After",
                "Fri, 22 Mar 2024 19:00:30 GMT",
                "Date",
                "Fri, 22 Mar 2024 19:00:00 GMT"))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void withoutRetryAfterTheResetOfTheRateLimitCounts() {
    assertThat(of("RateLimit", "limit=100, remaining=0, reset=21"))
        .contains(Duration.ofSeconds(21));
    assertThat(of("Ratelimit", "limit=100,remaining=0,reset = 7")).contains(Duration.ofSeconds(7));
  }

  @Test
  void noHintIsNoDuration() {
    assertThat(of()).isEmpty();
    assertThat(of("Retry-After", "soon", "RateLimit", "limit=100")).isEmpty();
  }

  @Test
  void whatIsPastOrEndlessIsBounded() {
    assertThat(of("Retry-After", "Fri, 22 Mar 2024 18:00:00 GMT")).contains(RetryAfter.SHORTEST);
    assertThat(of("Retry-After", "999999999")).contains(RetryAfter.LONGEST);
  }
}
