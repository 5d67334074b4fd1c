package io.jenkins.plugins.canarygate.gate;

import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checking;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checkingARollout;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.gating;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.scoring;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From readings to the verdict of a whole gate. */
class MeasuringVerdictTest {

  private static ACheck errors() {
    return ACheck.named("errors").warning();
  }

  private static ACheck latency() {
    return ACheck.named("latency").warning();
  }

  @Nested
  @DisplayName("D1: the first FAIL decides at once and stops measuring")
  class FirstFailure {

    @Test
    void noOtherCheckIsWaitedFor() {
      MeasuringHarness gate = gating(errors(), latency().count(5)).begin();
      gate.answer("errors", Readings.BAD);
      assertThat(gate.ending().verdict()).isEqualTo(Verdict.FAIL);
      assertThat(gate.state("latency")).isEqualTo(CheckRun.State.UNJUDGED);
      assertThat(gate.run("latency").why()).contains("the gate had decided");
    }

    @Test
    void nothingIsAskedAnyMoreNotEvenInTheSameStep() {
      MeasuringHarness gate = checking(errors(), latency().after(Duration.ofSeconds(30))).begin();
      gate.passUnnoticed(Duration.ofSeconds(40)).answer("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(gate.orderedNow()).isEmpty();
    }

    @Test
    void anAnswerThatComesLateChangesNothing() {
      MeasuringHarness gate = checking(errors(), latency()).begin();
      gate.answer("errors", Readings.BAD).answer("latency", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(gate.run("latency").measurements()).isEmpty();
    }

    @Test
    void aDryRunThatFailsIsShownAndDecidesNothing() {
      MeasuringHarness gate = checking(errors().dryRun(), latency()).begin();
      gate.answer("errors", Readings.BAD);
      assertThat(gate.ended()).isFalse();
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.FAIL);
      assertThat(gate.answer("latency", Readings.GOOD).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anythingElseWaitsForTheRest() {
      MeasuringHarness gate = checking(errors(), latency()).begin();
      assertThat(gate.answer("errors", Readings.EMPTY).ended()).isFalse();
      assertThat(gate.answer("latency", Readings.BAD).verdict()).isEqualTo(Verdict.FAIL);
    }
  }

  @Nested
  @DisplayName("D2: with score")
  class Score {

    @Test
    void oneFailureIsOutweighed() {
      MeasuringHarness gate = scoring(90, 75, errors(), latency().weight(9)).begin();
      assertThat(gate.answer("errors", Readings.BAD).ended()).isFalse();
      gate.answer("latency", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
      assertThat(gate.decision().orElseThrow().score()).hasValue(90);
    }

    @Test
    void itFailsAsSoonAsNothingCanSaveIt() {
      MeasuringHarness gate = scoring(90, 75, errors(), latency().count(5)).begin();
      assertThat(gate.answer("errors", Readings.BAD).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void whereTheKeyWasNotJudgedItIsInconclusive() {
      MeasuringHarness gate = scoring(90, 75, errors().key(), latency().weight(99)).begin();
      gate.answer("errors", Readings.EMPTY).answer("latency", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
  }

  @Nested
  @DisplayName("D3: without evidence there is no PASS")
  class NoEvidence {

    @Test
    void whateverIsOptional() {
      MeasuringHarness gate = checking(errors().optional(), latency().optional()).begin();
      gate.answer("errors", Readings.EMPTY).answer("latency", Readings.EMPTY);
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(gate.ending().exitCode()).isEqualTo(11);
    }

    @Test
    void whereOneOptionalCheckHasNoneTheOthersDecideAndTheReasonSaysSo() {
      MeasuringHarness gate = checking(errors().optional(), latency()).begin();
      gate.answer("errors", Readings.EMPTY).answer("latency", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
      assertThat(gate.ending().reason()).contains("1 optional without evidence");
    }
  }

  @Test
  @DisplayName(
      "D5: a check short of its count is unjudged where the rollout goes on by another hand")
  void whatIsShortOfItsCountIsUnjudged() {
    MeasuringHarness gate = gating(errors().count(5)).begin().measure("errors", Readings.GOOD);
    gate.drift(Drift.MOVED_ON).pass(Duration.ofSeconds(30));
    assertThat(gate.ending().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(gate.ending().outcome()).isEqualTo(Outcome.ADVANCED_BY_OTHER);
  }

  @Test
  @DisplayName("R2: a point that began again is judged anew, with measurements of its own")
  void aPointThatBeganAgainIsMeasuredFromTheStart() {
    MeasuringHarness gate = gating(errors().count(2)).begin().measure("errors", Readings.GOOD);
    gate.drift(Drift.BEGAN_AGAIN).pass(Duration.ofSeconds(31)).drift(Drift.NONE);
    assertThat(gate.run("errors").measurements()).isEmpty();
    gate.measure("errors", Readings.GOOD);
    assertThat(gate.ended()).isFalse();
  }

  @Nested
  @DisplayName("C1: where stable = canary, a check that names a cohort is inconclusive")
  class SameRevision {
    private final Map<Cohort, CohortNames> same =
        Map.of(
            Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-.*"),
            Cohort.STABLE, new CohortNames("7c9d", "checkout-7c9d-.*"));

    private final ACheck comparing = errors().failingAtRatio("> 1.5");

    @Test
    void alsoWhereItComparesAndWithoutAskingItsSource() {
      MeasuringHarness gate = checkingARollout(comparing).cohorts(same).begin();
      assertThat(gate.orderedNow()).isEmpty();
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(gate.ending().reason()).contains("the same revision");
    }

    @Test
    void alsoWhereItNamesTheCanaryAlone() {
      MeasuringHarness gate =
          checkingARollout(errors().cohorts(Cohort.CANARY)).cohorts(same).begin();
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void noLimitMakesItAnythingElse() {
      MeasuringHarness gate =
          checkingARollout(comparing.inconclusiveLimit(3).count(2)).cohorts(same).begin();
      gate.pass(Duration.ofMinutes(10));
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void aCheckThatNamesNoneIsMeasured() {
      MeasuringHarness gate =
          checkingARollout(comparing.optional(), latency()).cohorts(same).begin();
      assertThat(gate.orderedNow()).containsExactly("latency");
      assertThat(gate.answer("latency", Readings.GOOD).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void twoRevisionsAreCompared() {
      MeasuringHarness gate = checkingARollout(comparing).begin();
      assertThat(gate.answer("errors", Readings.value(2, 1)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void withoutARolloutThereIsNoCanaryToMeasure() {
      MeasuringHarness gate =
          checkingARollout(comparing).cohorts(Map.of()).fate(Fate.ABSENT).begin();
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(gate.ending().reason()).contains("no canary is there");
    }
  }

  @Nested
  @DisplayName("M14: the canary is measured; ratio and difference need both cohorts")
  class Cohorts {

    @Test
    void withBothTheyAreCompared() {
      MeasuringHarness bad = gating(errors().failingAtRatio("> 1.5")).begin();
      assertThat(bad.answer("errors", Readings.value(1.6, 1)).verdict()).isEqualTo(Verdict.FAIL);
      MeasuringHarness good = gating(errors().failingAtRatio("> 1.5")).begin();
      assertThat(good.answer("errors", Readings.value(1.4, 1)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    @DisplayName("M3: nothing against nothing is 1, something against nothing is infinite")
    void zerosAreJudged() {
      MeasuringHarness good = gating(errors().failingAtRatio("> 1.5")).begin();
      assertThat(good.answer("errors", Readings.value(0, 0)).verdict()).isEqualTo(Verdict.PASS);
      MeasuringHarness bad = gating(errors().failingAtRatio("> 1.5")).begin();
      assertThat(bad.answer("errors", Readings.value(0.001, 0)).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void withoutAStableValueThereIsNoEvidence() {
      MeasuringHarness gate = gating(errors().failingAtRatio("> 1.5")).begin();
      gate.answer("errors", Readings.value(1));
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(gate.ending().reason()).contains("no value of the stable revision");
    }

    @Test
    void inTheReasonBothValuesAreShown() {
      MeasuringHarness gate = gating(errors().failingAtRatio("> 1.5")).begin();
      gate.answer("errors", Readings.value(2, 1));
      assertThat(gate.ending().reason())
          .isEqualTo("errors: 2, stable 1, ratio 2 (fail ratio > 1.5)");
    }
  }
}
