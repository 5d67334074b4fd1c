package io.jenkins.plugins.canarygate.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.canarygate.check.Criteria.Entry;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CriteriaTest {
  private static final List<Entry> NOT_GIVEN = List.of();

  private static Entry value(String criterion) {
    return Entry.of(Subject.VALUE, Criterion.parse(criterion));
  }

  private static Entry ratio(String criterion) {
    return Entry.of(Subject.RATIO, Criterion.parse(criterion));
  }

  private static Criteria fail(Entry... entries) {
    return new Criteria(List.of(entries), NOT_GIVEN, NOT_GIVEN);
  }

  private static Values canaryOnly(double canary) {
    return Values.of(canary);
  }

  @Nested
  @DisplayName("M1: a map holds when all of it holds, a list when any of it does")
  class ListsAndMaps {
    /** The rule's own example: above 1 %, or half as much again as stable and not negligible. */
    private final Criteria example =
        fail(
            value("> 1%"),
            new Entry(
                Map.of(
                    Subject.RATIO,
                    Criterion.parse("> 1.5"),
                    Subject.VALUE,
                    Criterion.parse("> 0.2%"))));

    @Test
    void aboveTheAbsoluteLimitIsBadWhateverStableDoes() {
      assertThat(example.grade(Values.of(0.011, 0.5))).isEqualTo(Grade.FAIL);
    }

    @Test
    void halfAsMuchAgainAsStableAndNotNegligibleIsBad() {
      assertThat(example.grade(Values.of(0.004, 0.002))).isEqualTo(Grade.FAIL);
    }

    @Test
    void halfAsMuchAgainAsStableButNegligibleIsGood() {
      assertThat(example.grade(Values.of(0.002, 0.0001))).isEqualTo(Grade.PASS);
    }

    @Test
    void notNegligibleButNoWorseThanStableIsGood() {
      assertThat(example.grade(Values.of(0.009, 0.008))).isEqualTo(Grade.PASS);
    }

    @Test
    void differenceIsCanaryLessStable() {
      Criteria criteria = fail(Entry.of(Subject.DIFFERENCE, Criterion.parse("> 10")));
      assertThat(criteria.grade(Values.of(21, 10))).isEqualTo(Grade.FAIL);
      assertThat(criteria.grade(Values.of(10, 21))).isEqualTo(Grade.PASS);
    }

    @Test
    void anEntryThatAsksNothingIsNoEntry() {
      assertThatIllegalArgumentException().isThrownBy(() -> new Entry(Map.of()));
    }

    @Test
    void theyAreShownAsAPersonWouldWriteThem() {
      Criteria criteria =
          new Criteria(List.of(value("> 1%"), ratio("> 1.5")), List.of(value("> 0.5%")), NOT_GIVEN);
      assertThat(criteria).hasToString("fail > 1% or ratio > 1.5, warn > 0.5%");
      assertThat(example.toString()).contains("value > 0.2% and ratio > 1.5");
    }
  }

  @Nested
  @DisplayName("M2: fail is tested first, then warn")
  class Order {
    private final Criteria both =
        new Criteria(List.of(value("> 10")), List.of(value("> 5")), NOT_GIVEN);

    @Test
    void whatIsBadAndDoubtfulIsBad() {
      assertThat(both.grade(canaryOnly(11))).isEqualTo(Grade.FAIL);
    }

    @Test
    void whatIsOnlyDoubtfulWarns() {
      assertThat(both.grade(canaryOnly(6))).isEqualTo(Grade.WARN);
    }

    @Test
    void whatIsNeitherPasses() {
      assertThat(both.grade(canaryOnly(5))).isEqualTo(Grade.PASS);
    }

    @Test
    void withPassWhatIsNotPassIsFail() {
      Criteria criteria = new Criteria(NOT_GIVEN, NOT_GIVEN, List.of(value("< 10")));
      assertThat(criteria.grade(canaryOnly(9))).isEqualTo(Grade.PASS);
      assertThat(criteria.grade(canaryOnly(10))).isEqualTo(Grade.FAIL);
    }

    @Test
    void withPassAnyOfItsListIsEnough() {
      Criteria criteria =
          new Criteria(NOT_GIVEN, NOT_GIVEN, List.of(value("< 10"), value("== 100")));
      assertThat(criteria.grade(canaryOnly(100))).isEqualTo(Grade.PASS);
    }

    @Test
    void withPassWarnAppliesToWhatPasses() {
      Criteria criteria = new Criteria(NOT_GIVEN, List.of(value("> 5")), List.of(value("< 10")));
      assertThat(criteria.grade(canaryOnly(6))).isEqualTo(Grade.WARN);
      assertThat(criteria.grade(canaryOnly(12))).isEqualTo(Grade.FAIL);
      assertThat(criteria.grade(canaryOnly(4))).isEqualTo(Grade.PASS);
    }

    @Test
    void withWarnAloneNothingFails() {
      Criteria criteria = new Criteria(NOT_GIVEN, List.of(value("> 5")), NOT_GIVEN);
      assertThat(criteria.grade(canaryOnly(1e9))).isEqualTo(Grade.WARN);
    }
  }

  @Nested
  @DisplayName("M2: unknown values follow three-valued logic")
  class Unknown {

    @Test
    void oneBadEntryIsBadAlthoughAnotherIsUnknown() {
      assertThat(fail(ratio("> 1.5"), value("> 1%")).grade(canaryOnly(0.02))).isEqualTo(Grade.FAIL);
      assertThat(fail(value("> 1%"), ratio("> 1.5")).grade(canaryOnly(0.02))).isEqualTo(Grade.FAIL);
    }

    @Test
    void oneGoodEntryIsNotGoodWhileAnotherIsUnknown() {
      assertThat(fail(value("> 1%"), ratio("> 1.5")).grade(canaryOnly(0.001)))
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void anEntryOneHalfOfWhichDoesNotHoldDoesNotHoldWhateverTheOtherIs() {
      Criteria criteria =
          fail(
              new Entry(
                  Map.of(
                      Subject.RATIO,
                      Criterion.parse("> 1.5"),
                      Subject.VALUE,
                      Criterion.parse("> 0.2%"))));
      assertThat(criteria.grade(canaryOnly(0.001))).isEqualTo(Grade.PASS);
      assertThat(criteria.grade(canaryOnly(0.003))).isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void withoutAnyValueNothingIsGood() {
      assertThat(fail(value("> 1%")).grade(Values.none())).isEqualTo(Grade.INCONCLUSIVE);
      assertThat(new Criteria(NOT_GIVEN, NOT_GIVEN, List.of(value("> 0"))).grade(Values.none()))
          .isEqualTo(Grade.INCONCLUSIVE);
      assertThat(new Criteria(NOT_GIVEN, List.of(value("> 0")), NOT_GIVEN).grade(Values.none()))
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void doubtIsNoAnswerWhileItMayBeBad() {
      Criteria criteria = new Criteria(List.of(ratio("> 2")), List.of(value("> 1")), NOT_GIVEN);
      assertThat(criteria.grade(canaryOnly(5))).isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void goodIsNoAnswerWhileItMayBeDoubtful() {
      Criteria criteria = new Criteria(List.of(value("> 10")), List.of(ratio("> 2")), NOT_GIVEN);
      assertThat(criteria.grade(canaryOnly(5))).isEqualTo(Grade.INCONCLUSIVE);
      assertThat(criteria.grade(canaryOnly(11))).isEqualTo(Grade.FAIL);
    }

    @Test
    void anUnknownWarnOfAListDoesNotHideAKnownOne() {
      Criteria criteria =
          new Criteria(List.of(value("> 10")), List.of(ratio("> 2"), value("> 1")), NOT_GIVEN);
      assertThat(criteria.grade(canaryOnly(5))).isEqualTo(Grade.WARN);
    }

    @Test
    void stableAloneSaysNothingOfTheCanary() {
      Values values = new Values(OptionalDouble.empty(), OptionalDouble.of(0));
      assertThat(fail(value("> 1"), ratio("> 1")).grade(values)).isEqualTo(Grade.INCONCLUSIVE);
    }
  }

  @Nested
  @DisplayName("M14: ratio and difference need one of the two cohorts")
  class Comparing {

    @Test
    void aCriterionAboutTheValueDoesNotCompare() {
      assertThat(fail(value("> 1")).compares()).isFalse();
    }

    @Test
    void oneAboutRatioOrDifferenceDoesWhereverItStands() {
      Entry difference = Entry.of(Subject.DIFFERENCE, Criterion.parse("> 1"));
      assertThat(fail(value("> 1"), ratio("> 1")).compares()).isTrue();
      assertThat(new Criteria(NOT_GIVEN, List.of(difference), NOT_GIVEN).compares()).isTrue();
      assertThat(new Criteria(NOT_GIVEN, NOT_GIVEN, List.of(ratio("< 1"))).compares()).isTrue();
    }
  }
}
