package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Rule M1 for criteria and values that nobody thought of. */
class CriterionPropertiesTest {

  @Property
  void whatIsPrintedReadsBackAsTheSame(@ForAll("texts") String text) {
    Criterion criterion = Criterion.parse(text);
    Criterion again = Criterion.parse(criterion.toString());
    assertThat(again).isEqualTo(criterion);
    assertThat(Criterion.parse("  " + text + " ")).isEqualTo(criterion);
  }

  @Property
  void severalWithCommasHoldExactlyWhereEachHolds(
      @ForAll("lists") List<String> parts, @ForAll("values") double value) {
    boolean each = parts.stream().allMatch(part -> Criterion.parse(part).holds(value));
    assertThat(Criterion.parse(String.join(", ", parts)).holds(value)).isEqualTo(each);
  }

  @Property
  void everyOperatorHasItsOpposite(@ForAll("numbers") String number, @ForAll("values") double at) {
    for (List<String> pair : List.of(List.of("<", ">="), List.of(">", "<="), List.of("==", "!="))) {
      boolean one = Criterion.parse(pair.get(0) + number).holds(at);
      boolean other = Criterion.parse(pair.get(1) + number).holds(at);
      assertThat(one).as(pair + " " + number + " at " + at).isNotEqualTo(other);
    }
  }

  @Property
  void percentIsTheHundredthAndNothingElse(@ForAll("decimals") String number) {
    double hundredth =
        new java.math.BigDecimal(number).divide(new java.math.BigDecimal(100)).doubleValue();
    assertThat(Criterion.parse("== " + number + "%").holds(hundredth)).isTrue();
  }

  @Property
  void aRangeIsBothItsEdges(@ForAll("values") double one, @ForAll("values") double other) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    Criterion range = Criterion.parse("in [" + low + ", " + high + "]");
    Criterion edges = Criterion.parse(">= " + low + ", <= " + high);
    for (double value : new double[] {low, high, (low + high) / 2, low - 1, high + 1}) {
      assertThat(range.holds(value)).isEqualTo(edges.holds(value));
    }
  }

  /** Whatever text comes: it is a criterion, or it is refused in the one way that callers know. */
  @Property
  void anyTextIsACriterionOrIsRefused(@ForAll("scraps") @StringLength(max = 40) String text) {
    try {
      assertThat(Criterion.parse(text).conditions()).isNotEmpty();
    } catch (IllegalArgumentException refused) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Criterion.parse(text))
          .withMessageContaining("'" + text + "'");
    }
  }

  @Provide
  Arbitrary<String> scraps() {
    return Arbitraries.of(
            "<",
            ">",
            "=",
            "!",
            "in",
            "[",
            "]",
            ",",
            " ",
            "%",
            "1",
            "0",
            ".",
            "e9",
            "e999",
            "e-99999999999",
            "-",
            "+",
            "x")
        .list()
        .ofMaxSize(12)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> texts() {
    return parts().list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(" , ", list));
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return parts().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<Double> values() {
    return Arbitraries.doubles().between(-1000, 1000).ofScale(3);
  }

  @Provide
  Arbitrary<String> decimals() {
    return Arbitraries.bigDecimals()
        .between(new java.math.BigDecimal("-1000"), new java.math.BigDecimal("1000"))
        .ofScale(4)
        .map(java.math.BigDecimal::toPlainString);
  }

  @Provide
  Arbitrary<String> numbers() {
    return Combinators.combine(decimals(), Arbitraries.of("", "%", " %", "e2", "E-1"))
        .as((number, suffix) -> number + suffix);
  }

  private Arbitrary<String> parts() {
    Arbitrary<String> compared =
        Combinators.combine(Arbitraries.of("<", "<=", ">", ">=", "==", "!="), numbers())
            .as((operator, number) -> operator + " " + number);
    Arbitrary<String> ranges =
        Combinators.combine(values(), values())
            .as((a, b) -> "in [" + Math.min(a, b) + ", " + Math.max(a, b) + "]");
    return Arbitraries.oneOf(compared, ranges);
  }
}
