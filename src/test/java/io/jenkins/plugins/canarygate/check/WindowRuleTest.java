package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("M5: windows end at now less lag and begin no earlier than the canary's traffic")
class WindowRuleTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final WindowRule PROMETHEUS = rule("PT5M", "PT30S", "PT0S");
  private static final WindowRule HONEYCOMB = rule("PT5M", "PT1M", "PT1M");

  private static WindowRule rule(String length, String lag, String alignment) {
    return new WindowRule(Duration.parse(length), Duration.parse(lag), Duration.parse(alignment));
  }

  private static Instant at(String time) {
    return Instant.parse("2026-03-02T" + time + "Z");
  }

  private static Window window(String from, String to) {
    return new Window(at(from), at(to));
  }

  @Nested
  class WithoutAlignment {
    @Test
    void itEndsAtNowLessLagToTheMillisecond() {
      assertThat(PROMETHEUS.at(at("12:00:00.123"), Optional.empty()))
          .contains(window("11:54:30.123", "11:59:30.123"));
    }

    @Test
    void itBeginsNoEarlierThanTheTraffic() {
      assertThat(PROMETHEUS.at(NOON, Optional.of(at("11:57:10"))))
          .contains(window("11:57:10", "11:59:30"));
    }

    @Test
    void trafficOfLongAgoDoesNotMakeItLonger() {
      assertThat(PROMETHEUS.at(NOON, Optional.of(at("09:00:00"))))
          .contains(window("11:54:30", "11:59:30"));
    }

    @Test
    void lessThanAMinuteOfItIsWaitedFor() {
      assertThat(PROMETHEUS.at(NOON, Optional.of(at("11:58:30.001")))).isEmpty();
      assertThat(PROMETHEUS.at(NOON, Optional.of(at("11:58:30")))).isPresent();
      assertThat(PROMETHEUS.firstAt(at("11:58:30"))).isEqualTo(NOON);
    }

    @Test
    void trafficStillToComeGivesNone() {
      assertThat(PROMETHEUS.at(NOON, Optional.of(at("12:30:00")))).isEmpty();
    }
  }

  @Nested
  @DisplayName("for Honeycomb on whole minutes")
  class OnWholeMinutes {
    @Test
    void itEndsOnTheLastWholeMinuteBeforeNowLessLag() {
      assertThat(HONEYCOMB.at(at("12:00:59.999"), Optional.empty()))
          .contains(window("11:54:00", "11:59:00"));
    }

    @Test
    void itBeginsOnTheFirstWholeMinuteAfterTheTraffic() {
      assertThat(HONEYCOMB.at(NOON, Optional.of(at("11:56:00.001"))))
          .contains(window("11:57:00", "11:59:00"));
      assertThat(HONEYCOMB.at(NOON, Optional.of(at("11:56:00"))))
          .contains(window("11:56:00", "11:59:00"));
    }

    @Test
    void aLengthThatIsNoWholeMinuteStillLiesOnWholeMinutes() {
      WindowRule odd = rule("PT1M30S", "PT1M", "PT1M");
      Window window = odd.at(at("12:00:10"), Optional.empty()).orElseThrow();
      assertThat(window.to()).isEqualTo(at("11:59:00"));
      assertThat(window.from().getEpochSecond() % 60).isZero();
      assertThat(odd.whole(window)).as("M6: no shorter than was asked").isTrue();
    }

    @Test
    void theNextWindowIsADifferentOne() {
      Instant now = at("12:00:10");
      Instant next = HONEYCOMB.nextAfter(now);
      assertThat(next).isEqualTo(at("12:01:00"));
      assertThat(HONEYCOMB.at(next, Optional.empty()))
          .isNotEqualTo(HONEYCOMB.at(now, Optional.empty()));
      assertThat(HONEYCOMB.at(next.minusNanos(1), Optional.empty()))
          .isEqualTo(HONEYCOMB.at(now, Optional.empty()));
    }
  }

  @Test
  @DisplayName("M6: whole is as long as was asked")
  void aWindowThatTrafficCutsShortIsNotWhole() {
    assertThat(HONEYCOMB.whole(window("11:54:00", "11:59:00"))).isTrue();
    assertThat(HONEYCOMB.whole(window("11:55:00", "11:59:00"))).isFalse();
  }

  /** Whatever the rule, the traffic and the time: it keeps each sentence of M5. */
  @Property
  void everyWindowKeepsTheRule(
      @ForAll @IntRange(min = 10, max = 900) int length,
      @ForAll @IntRange(max = 120) int lag,
      @ForAll boolean aligned,
      @ForAll @IntRange(max = 3_600_000) int nowMillis,
      @ForAll @IntRange(max = 3_600_000) int sinceMillis) {
    WindowRule rule =
        new WindowRule(
            Duration.ofSeconds(length),
            Duration.ofSeconds(lag),
            aligned ? Duration.ofMinutes(1) : Duration.ZERO);
    Instant now = NOON.plusMillis(nowMillis);
    Instant since = NOON.plusMillis(sinceMillis);
    rule.at(now, Optional.of(since))
        .ifPresent(
            window -> {
              assertThat(window.from()).isAfterOrEqualTo(since);
              assertThat(window.to()).isBeforeOrEqualTo(now.minusSeconds(lag));
              assertThat(window.length())
                  .isGreaterThanOrEqualTo(Duration.ofSeconds(Math.min(60, length)));
              if (aligned) {
                assertThat(window.from().toEpochMilli() % 60_000).isZero();
                assertThat(window.to().toEpochMilli() % 60_000).isZero();
              }
            });
  }

  /** A gate that waits until firstAt gets a window then, and none before. */
  @Property
  void theFirstWindowComesExactlyWhenItIsSaidTo(
      @ForAll @IntRange(min = 10, max = 900) int length,
      @ForAll @IntRange(max = 120) int lag,
      @ForAll boolean aligned,
      @ForAll @IntRange(max = 3_600_000) int sinceMillis) {
    WindowRule rule =
        new WindowRule(
            Duration.ofSeconds(length),
            Duration.ofSeconds(lag),
            aligned ? Duration.ofMinutes(1) : Duration.ZERO);
    Optional<Instant> since = Optional.of(NOON.plusMillis(sinceMillis));
    Instant first = rule.firstAt(since.get());
    assertThat(rule.at(first, since)).isPresent();
    assertThat(rule.at(first.minusMillis(1), since)).isEmpty();
  }
}
