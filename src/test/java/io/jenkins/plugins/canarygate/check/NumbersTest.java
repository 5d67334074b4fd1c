package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.01, 0.01",
    "0.0123456, 0.01235",
    "0.1, 0.1",
    "1, 1",
    "10, 10",
    "100, 100",
    "999.96, 1000",
    "1234.56, 1234.6",
    "123456.7, 123457",
    "1000000, 1000000",
    "-2.5, -2.5",
    "1e-7, 1.000e-07",
    "1e20, 1.000e+20",
  })
  void numbersAreShownAsPeopleReadThem(double value, String text) {
    assertThat(Numbers.text(value)).isEqualTo(text);
  }

  @Test
  void whatIsNoNumberIsSaidInWords() {
    assertThat(Numbers.text(Double.NaN)).isEqualTo("none");
    assertThat(Numbers.text(OptionalDouble.empty())).isEqualTo("none");
    assertThat(Numbers.text(Double.POSITIVE_INFINITY)).isEqualTo("infinite");
    assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("minus infinite");
    assertThat(Numbers.text(OptionalDouble.of(2))).isEqualTo("2");
  }

  @Property
  void whatIsShownIsTheNumberToFourDigits(@ForAll @DoubleRange(min = -1e18, max = 1e18) double v) {
    assertThat(Double.parseDouble(Numbers.text(v))).isCloseTo(v, within(Math.abs(v) * 6e-4));
  }
}
