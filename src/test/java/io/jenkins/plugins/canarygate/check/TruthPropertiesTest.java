package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rule M2: unknown values follow three-valued logic (Kleene's). */
class TruthPropertiesTest {

  @Property
  void andAndOrDoNotMindTheOrder(@ForAll Truth a, @ForAll Truth b, @ForAll Truth c) {
    assertThat(a.and(b)).isEqualTo(b.and(a));
    assertThat(a.or(b)).isEqualTo(b.or(a));
    assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
    assertThat(a.or(b).or(c)).isEqualTo(a.or(b.or(c)));
  }

  @Property
  void notTurnsAndIntoOrAndBack(@ForAll Truth a, @ForAll Truth b) {
    assertThat(a.and(b).not()).isEqualTo(a.not().or(b.not()));
    assertThat(a.or(b).not()).isEqualTo(a.not().and(b.not()));
    assertThat(a.not().not()).isEqualTo(a);
  }

  @Property
  void eachDistributesOverTheOther(@ForAll Truth a, @ForAll Truth b, @ForAll Truth c) {
    assertThat(a.and(b.or(c))).isEqualTo(a.and(b).or(a.and(c)));
    assertThat(a.or(b.and(c))).isEqualTo(a.or(b).and(a.or(c)));
  }

  @Property
  void aFormulaIsKnownExactlyWhereNothingUnknownCouldChangeIt(@ForAll Truth a, @ForAll Truth b) {
    assertThat(a.and(b)).isEqualTo(agreed(a, b, true));
    assertThat(a.or(b)).isEqualTo(agreed(a, b, false));
  }

  /** What all ways to make the unknown known come to, if they come to the same. */
  private static Truth agreed(Truth a, Truth b, boolean and) {
    List<Truth> results =
        known(a).stream()
            .flatMap(x -> known(b).stream().map(y -> Truth.of(and ? x && y : x || y)))
            .distinct()
            .toList();
    return results.size() == 1 ? results.get(0) : Truth.UNKNOWN;
  }

  private static List<Boolean> known(Truth truth) {
    return truth == Truth.UNKNOWN ? List.of(true, false) : List.of(truth == Truth.YES);
  }
}
