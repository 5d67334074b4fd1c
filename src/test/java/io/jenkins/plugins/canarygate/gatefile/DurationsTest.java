package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "5m,PT5M",
    "1h30m,PT1H30M",
    "90s,PT1M30S",
    "500ms,PT0.5S",
    "0s,PT0S",
    "2m5ms,PT2M0.005S",
    "1h1m1s1ms,PT1H1M1.001S"
  })
  void lengthsOfTimeAreRead(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "m", "-5m", "+5m", "5 m", "1.5h", "5m1h", "5d", "5M", "PT5M", "9999999h"})
  void everythingElseIsNone(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @Property(tries = 200)
  void whatIsShownCanBeReadAgain(@ForAll @LongRange(min = 0, max = 1_000_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.text(duration))).contains(duration);
  }
}
