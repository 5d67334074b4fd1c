package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0123456|0.0123",
        "0|0",
        "-0.0|0",
        "1|1",
        "1.5|1.5",
        "1234.56|1,235",
        "1234567|1,234,567",
        "-0.00045678|-0.000457",
        "0.00000012|1.2e-7",
        "12300000000000000000|1.23e19"
      })
  void aValueHasThreeDigitsOrAllOfItsWholeOnes(double value, String shown) {
    assertThat(Numbers.value(value)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0.012,1.2 %", "0.0123456,1.23 %", "1,100 %", "0.00004,0.004 %", "12.5,'1,250 %'"})
  void aShareIsWrittenAsPercent(double value, String shown) {
    assertThat(Numbers.percent(value, List.of())).isEqualTo(shown);
  }

  @Test
  void aValueThatRoundsToItsLimitIsShownWithTheDigitsThatTellThemApart() {
    assertThat(Numbers.percent(0.0100004, List.of(0.01))).isEqualTo("1.00004 %");
    assertThat(Numbers.percent(0.01, List.of(0.01))).isEqualTo("1 %");
    assertThat(Numbers.value(0.99999, List.of(1.0))).isEqualTo("0.99999");
  }

  @Property
  void whatIsShownIsOnTheSameSideOfTheLimitAsTheValue(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double value,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double limit) {
    String shown = Numbers.value(value, List.of(limit)).replace(",", "");

    assertThat(new BigDecimal(shown).compareTo(BigDecimal.valueOf(limit)))
        .isEqualTo(BigDecimal.valueOf(value).compareTo(BigDecimal.valueOf(limit)));
  }

  @Test
  void aRatioToNothingIsInfinite() {
    assertThat(Numbers.value(Double.POSITIVE_INFINITY)).isEqualTo("infinite");
    assertThat(Numbers.value(Double.NaN)).isEqualTo("no number");
  }

  @Test
  void aScoreIsNeverShownAsMoreThanItIs() {
    assertThat(Numbers.score(89.97)).isEqualTo("89.9 %");
    assertThat(Numbers.score(90)).isEqualTo("90 %");
  }

  @Test
  void timesAreInUtcAndSaySo() {
    Instant from = Instant.parse("2026-11-22T10:01:00Z");
    assertThat(Numbers.dayAndTime(from)).isEqualTo("2026-11-22 10:01:00 UTC");
    assertThat(Numbers.span(from, from.plusSeconds(300))).isEqualTo("10:01 to 10:06 UTC");
    assertThat(Numbers.span(from, from.plusSeconds(30))).isEqualTo("10:01:00 to 10:01:30 UTC");
  }

  @ParameterizedTest
  @CsvSource({"0,0s", "45,45s", "300,5m", "330,5m 30s", "3600,1h", "3900,1h 5m", "-5,0s"})
  void lengthsAreWrittenAsInGateFiles(long seconds, String shown) {
    assertThat(Numbers.length(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
