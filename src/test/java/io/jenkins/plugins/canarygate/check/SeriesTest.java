package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {
  private static final Instant FROM = Instant.parse("2026-03-04T10:01:30Z");

  private static List<OptionalDouble> values(int count) {
    return Collections.nCopies(count, OptionalDouble.of(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 61, 1000})
  void thereAreOneToSixtyPoints(int count) {
    assertThatThrownBy(() -> new Series(FROM, 5, values(count), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 60 points, not " + count);
  }

  @Test
  void theCohortsHaveTheSamePoints() {
    assertThat(new Series(FROM, 5, values(60), values(60)).stable()).hasSize(60);
    assertThatThrownBy(() -> new Series(FROM, 5, values(3), values(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 points where the canary has 3");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, Long.MAX_VALUE})
  void thePointsAreASecondToAYearApart(long step) {
    assertThatThrownBy(() -> new Series(FROM, step, values(3), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not " + step + " s");
  }

  @Test
  @DisplayName("M8: NaN and infinity are no values")
  void m8WhatIsNoNumberIsNoValue() {
    Series series =
        new Series(
            FROM,
            5,
            List.of(OptionalDouble.of(Double.NaN), OptionalDouble.of(Double.POSITIVE_INFINITY)),
            List.of());
    assertThat(series.canary()).containsOnly(OptionalDouble.empty());
    assertThat(series.shows()).isFalse();
  }

  @Test
  void valuesKeepSixDigits() {
    Series series =
        new Series(FROM, 5, List.of(OptionalDouble.of(0.012345678901234567)), List.of());
    assertThat(series.canary()).containsExactly(OptionalDouble.of(0.0123457));
    assertThat(series.shows()).isTrue();
  }
}
