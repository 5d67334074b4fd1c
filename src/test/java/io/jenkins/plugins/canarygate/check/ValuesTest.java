package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static OptionalDouble ratio(double canary, double stable) {
    return Values.of(canary, stable).get(Subject.RATIO);
  }

  @Test
  @DisplayName("M3: 0/0 is 1, with whichever sign a zero comes")
  void zeroAgainstZeroIsOne() {
    assertThat(ratio(0.0, 0.0)).hasValue(1);
    assertThat(ratio(-0.0, 0.0)).hasValue(1);
    assertThat(ratio(0.0, -0.0)).hasValue(1);
  }

  @Test
  @DisplayName("M3: x/0 is infinite and is judged")
  void somethingAgainstZeroIsInfinite() {
    assertThat(ratio(0.001, 0)).hasValue(Double.POSITIVE_INFINITY);
    assertThat(ratio(-0.001, 0)).hasValue(Double.NEGATIVE_INFINITY);
  }

  @Test
  @DisplayName("M3: x/0 is infinite also where the source writes its zero as -0")
  void somethingAgainstANegativeZeroIsInfiniteTheSameWay() {
    assertThat(ratio(0.001, -0.0)).hasValue(Double.POSITIVE_INFINITY);
  }

  @Test
  @DisplayName("M3: only a missing stable value is unknown")
  void withoutAStableValueThereIsNoRatioAndNoDifference() {
    assertThat(Values.of(5).get(Subject.RATIO)).isEmpty();
    assertThat(Values.of(5).get(Subject.DIFFERENCE)).isEmpty();
    assertThat(Values.of(5).get(Subject.VALUE)).hasValue(5);
    assertThat(Values.of(0, 5).get(Subject.RATIO)).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  @DisplayName("M8: NaN and infinite from the source are no values, never 0")
  void whatIsNoNumberIsNoValue(double none) {
    assertThat(Values.of(none).canary()).isEmpty();
    assertThat(Values.of(none, 1).get(Subject.VALUE)).isEmpty();
    assertThat(Values.of(none, 1).get(Subject.RATIO)).isEmpty();
    assertThat(Values.of(1, none).get(Subject.RATIO)).isEmpty();
    assertThat(Values.of(1, none).get(Subject.DIFFERENCE)).isEmpty();
    assertThat(Values.of(1, none).get(Subject.VALUE)).hasValue(1);
  }

  /** M3, M8: a criterion never sees NaN, since every comparison with it but one is false. */
  @Property
  void whatIsJudgedIsNeverNotANumber(@ForAll double canary, @ForAll double stable) {
    for (Subject subject : Subject.values()) {
      Values.of(canary, stable)
          .get(subject)
          .ifPresent(value -> assertThat(value).as(subject + "").isNotNaN());
    }
  }
}
