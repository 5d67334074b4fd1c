package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("M1: a criterion compares a value with numbers")
class CriterionTest {

  @ParameterizedTest(name = "{1} holds for \"{0}\": {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "< 5 | 4.999 | true",
        "< 5 | 5 | false",
        "<= 5 | 5 | true",
        "<= 5 | 5.001 | false",
        "> 5 | 5.001 | true",
        "> 5 | 5 | false",
        ">= 5 | 5 | true",
        ">= 5 | 4.999 | false",
        "== 5 | 5 | true",
        "== 5 | 5.001 | false",
        "!= 5 | 5.001 | true",
        "!= 5 | 5 | false",
        "in [1, 2] | 1 | true",
        "in [1, 2] | 2 | true",
        "in [1, 2] | 0.999 | false",
        "in [1, 2] | 2.001 | false",
        "in [2, 2] | 2 | true",
      })
  void everyOperatorHoldsUpToItsEdge(String text, double value, boolean holds) {
    assertThat(Criterion.parse(text).holds(value)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "\"{0}\" holds for {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        ">= 0, < 5 | 4 | true",
        ">= 0, < 5 | -1 | false",
        ">= 0, < 5 | 5 | false",
        "in [0, 10], != 5 | 5 | false",
        "in [0, 10], != 5 | 6 | true",
        "> 1, > 2, > 3 | 2.5 | false",
        "> 1, > 2, > 3 | 3.5 | true",
      })
  void ofSeveralWithCommasAllMustHold(String text, double value, boolean holds) {
    assertThat(Criterion.parse(text).holds(value)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({
    "1%, 0.01",
    "1.1%, 0.011",
    "0.07%, 0.0007",
    "150 %, 1.5",
    "-5%, -0.05",
    "1e1%, 0.1",
    ".5%, 0.005",
    "99.99%, 0.9999",
  })
  void percentIsTheVeryNumberThatItsHundredthIs(String percent, double number) {
    assertThat(Criterion.parse("== " + percent).holds(number)).isTrue();
    assertThat(Criterion.parse("> " + percent).holds(number)).isFalse();
    assertThat(Criterion.parse("< " + percent).holds(number)).isFalse();
  }

  @Test
  void bothEndsOfARangeMayBePercent() {
    Criterion criterion = Criterion.parse("in [1%, 2%]");
    assertThat(criterion.holds(0.015)).isTrue();
    assertThat(criterion.holds(1.5)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<5", "  <  5  ", "<5.", "< +5", "< 5e0", "<\t5", "< 5\n"})
  void spacesAndFormsOfANumberDoNotMatter(String text) {
    assertThat(Criterion.parse(text).holds(4.9)).isTrue();
    assertThat(Criterion.parse(text).holds(5)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "5",
        "> ",
        "> five",
        "=> 5",
        "= 5",
        "> 5 < 6",
        "> 5,",
        ", > 5",
        "> 5,, < 6",
        "> 5%%",
        "> % 5",
        "in 1, 2",
        "in [1]",
        "in [1, 2",
        "in (1, 2)",
        "in [1, 2, 3]",
        "not in [1, 2]",
        "> 5 or < 2",
        "> 0x10",
        "> 1_000",
        "> 5s",
        "> NaN",
        "> Infinity",
        "result > 5",
      })
  void whatIsNoCriterionIsRefusedWithAnExample(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Criterion.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("> 1%");
  }

  @Test
  void aRangeThatCanNeverHoldIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Criterion.parse("in [2, 1]"))
        .withMessageContaining("smaller number first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> 1e400",
        "< -1e400",
        "> 1e400%",
        "> 1e99999999999",
        "> 1e99999999999%",
        "in [0, 1e999]",
      })
  void aNumberBeyondAllMeasureIsRefusedSinceItCouldNeverBeReached(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Criterion.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void anInfiniteValueIsJudged() {
    assertThat(Criterion.parse("> 1e308").holds(Double.POSITIVE_INFINITY)).isTrue();
    assertThat(Criterion.parse("< 1.5").holds(Double.POSITIVE_INFINITY)).isFalse();
    assertThat(Criterion.parse("< 0").holds(Double.NEGATIVE_INFINITY)).isTrue();
    assertThat(Criterion.parse("in [0, 1e308]").holds(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void itIsShownAsItWasWritten() {
    assertThat(Criterion.parse(" >= 0,  < 1.10% ")).hasToString(">= 0,  < 1.10%");
  }
}
