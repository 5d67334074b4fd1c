package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckJudgeTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private static Measurement grade(ACheck check, Reading.Answer answer) {
    return CheckJudge.grade(check.build(), answer, Optional.empty(), NOW);
  }

  /** A check by its measurements, one letter each: P W F I E. */
  private static CheckRun judged(ACheck check, String letters) {
    Check built = check.build();
    List<Measurement> all = new ArrayList<>();
    for (char letter : letters.toCharArray()) {
      all.add(measurement(built, letter));
    }
    return CheckJudge.judge(built, CheckRun.begin(built.name(), NOW).with(all, NOW));
  }

  private static Measurement measurement(Check check, char letter) {
    Reading reading =
        switch (letter) {
          case 'P' -> Readings.GOOD;
          case 'W' -> Readings.DOUBTFUL;
          case 'F' -> Readings.BAD;
          case 'I' -> Readings.EMPTY;
          default -> Readings.ERROR;
        };
    return reading instanceof Reading.Answer answer
        ? CheckJudge.grade(check, answer, Optional.empty(), NOW)
        : CheckJudge.error(((Reading.Failed) reading).why(), Optional.empty(), NOW);
  }

  private static ACheck check() {
    return ACheck.named("errors").warning();
  }

  @Nested
  @DisplayName("M4: one check by all of its measurements")
  class OneCheck {

    @ParameterizedTest(name = "{0} with count {1}, failureLimit {2}: {3}")
    @CsvSource({
      "P, 1, 0, PASS",
      "W, 1, 0, WARN",
      "F, 1, 0, FAIL",
      "PPPPP, 5, 0, PASS",
      "PPPP, 5, 0, RUNNING",
      "PF, 5, 0, FAIL",
      "PF, 5, 1, RUNNING",
      "PFPPP, 5, 1, PASS",
      "PFPFP, 5, 1, FAIL",
      "FF, 5, 1, FAIL",
      "PWPPP, 5, 0, WARN",
      "PWPPP, 5, 1, PASS",
      "PWPPW, 5, 1, WARN",
      "PWPPF, 5, 1, WARN",
      "PWP, 5, 0, RUNNING",
      "FFP, 3, 2, PASS",
      "WWP, 3, 2, PASS",
      "WWW, 3, 2, WARN",
      "FWW, 3, 2, WARN",
    })
    void failsBeyondItsLimitAndWarnsAtTheEnd(
        String letters, int count, int limit, CheckRun.State state) {
      assertThat(judged(check().count(count).failureLimit(limit), letters).state())
          .isEqualTo(state);
    }

    @ParameterizedTest(name = "{0} with count {1}, inconclusiveLimit {2}: {3}")
    @CsvSource({
      "I, 1, 0, UNJUDGED",
      "PI, 5, 0, UNJUDGED",
      "PI, 5, 1, RUNNING",
      "PIPPP, 5, 1, PASS",
      "PIPPI, 5, 1, UNJUDGED",
      "IP, 2, 1, PASS",
      "PIW, 3, 1, WARN",
    })
    void moreInconclusiveThanItsLimitAreNoEvidence(
        String letters, int count, int limit, CheckRun.State state) {
      assertThat(judged(check().count(count).inconclusiveLimit(limit), letters).state())
          .isEqualTo(state);
    }

    @ParameterizedTest(name = "{0} with count {1}, consecutiveErrorLimit {2}: {3}")
    @CsvSource({
      "EEEE, 1, 4, RUNNING",
      "EEEEE, 1, 4, UNJUDGED",
      "EEEEP, 1, 4, PASS",
      "E, 1, 0, UNJUDGED",
      "PEP, 3, 1, RUNNING",
      "PEPEPE, 5, 1, RUNNING",
      "PEPEPEPEP, 5, 1, PASS",
      "PEPEE, 5, 1, UNJUDGED",
    })
    void moreErrorsInARowThanItsLimitAreNoEvidenceAndErrorsMakeNoCheckWhole(
        String letters, int count, int limit, CheckRun.State state) {
      assertThat(judged(check().count(count).consecutiveErrorLimit(limit), letters).state())
          .isEqualTo(state);
    }

    @Test
    void withoutLimitsOfItsOwnOneFailureFailsOneDoubtEndsItAndFiveErrorsDo() {
      assertThat(judged(check(), "F").state()).isEqualTo(CheckRun.State.FAIL);
      assertThat(judged(check(), "I").state()).isEqualTo(CheckRun.State.UNJUDGED);
      assertThat(judged(check(), "EEEE").state()).isEqualTo(CheckRun.State.RUNNING);
      assertThat(judged(check(), "EEEEE").state()).isEqualTo(CheckRun.State.UNJUDGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I", "IF", "FI"})
    void limitsExcuseMeasurementsAndNeverStandInForAGoodOne(String letters) {
      ACheck lenient = check().count(letters.length()).failureLimit(9).inconclusiveLimit(9);
      assertThat(judged(lenient, letters).state()).isEqualTo(CheckRun.State.UNJUDGED);
    }

    @Test
    void itSaysInOneLineWhy() {
      assertThat(judged(check(), "F").why()).isEqualTo("20 (fail > 10, warn > 5)");
      assertThat(judged(check().count(2).failureLimit(1), "FF").why()).contains("2 measurements");
      assertThat(judged(check(), "I").why()).contains("no evidence").contains("no value");
      assertThat(judged(check(), "EEEEE").why())
          .contains("5 errors in a row")
          .contains("connection refused");
    }
  }

  @Nested
  @DisplayName("M8: too few samples, none, NaN and infinite are inconclusive, never 0")
  class Samples {

    @Test
    void enoughAreEnough() {
      assertThat(grade(check().minimumSamples(200), Readings.sampled(1, 200)).grade())
          .isEqualTo(Grade.PASS);
    }

    @Test
    void oneTooFewIsInconclusiveAndSaysSo() {
      Measurement measurement = grade(check().minimumSamples(200), Readings.sampled(1, 199));
      assertThat(measurement.grade()).isEqualTo(Grade.INCONCLUSIVE);
      assertThat(measurement.detail()).contains("199 samples").contains("200");
    }

    @Test
    void aBadValueOfTooFewSamplesIsInconclusiveToo() {
      assertThat(grade(check().minimumSamples(200), Readings.sampled(99, 3)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void aSourceThatDoesNotCountHasTooFew() {
      assertThat(grade(check().minimumSamples(1), Readings.value(1)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void noneAtAllIsInconclusiveWhateverValueComesWithThem() {
      assertThat(grade(check().minimumSamples(1), Readings.sampled(0, 0)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void whereNoNumberIsAskedNoneIsNeeded() {
      assertThat(grade(check(), Readings.value(1)).grade()).isEqualTo(Grade.PASS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberIsInconclusive(double none) {
      assertThat(grade(check(), Readings.value(none)).grade()).isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void itHoldsForEachCohortUsed() {
      ACheck comparing = check().failingAtRatio("> 2").minimumSamples(200);
      assertThat(grade(comparing, Readings.sampled(1, 200, 1, 200)).grade()).isEqualTo(Grade.PASS);
      assertThat(grade(comparing, Readings.sampled(1, 199, 1, 200)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
      Measurement few = grade(comparing, Readings.sampled(1, 200, 1, 199));
      assertThat(few.grade()).isEqualTo(Grade.INCONCLUSIVE);
      assertThat(few.detail()).contains("199 samples of the stable revision");
    }

    @Test
    void itDoesNotHoldForACohortThatIsNotUsed() {
      ACheck canaryAlone = check().minimumSamples(200).cohorts(Cohort.CANARY);
      assertThat(grade(canaryAlone, Readings.sampled(1, 200)).grade()).isEqualTo(Grade.PASS);
    }
  }

  @Nested
  @DisplayName("M2 with M8: what the canary alone shows to be bad is bad")
  class BadByTheCanaryAlone {
    private final ACheck check =
        check()
            .judgedBy(
                new Criteria(
                    List.of(
                        Criteria.Entry.of(Subject.VALUE, Criterion.parse("> 10")),
                        Criteria.Entry.of(Subject.RATIO, Criterion.parse("> 2"))),
                    List.of(),
                    List.of()))
            .cohorts(Cohort.CANARY, Cohort.STABLE)
            .minimumSamples(200);

    @Test
    void alsoWhereStableHasNoTraffic() {
      assertThat(grade(check, Readings.canaryWithoutStable(20, 1000)).grade())
          .isEqualTo(Grade.FAIL);
    }

    @Test
    void alsoWhereStableHasTooFewSamples() {
      assertThat(grade(check, Readings.sampled(20, 1000, 1, 3)).grade()).isEqualTo(Grade.FAIL);
    }

    @Test
    void butARatioToTooFewSamplesIsNone() {
      assertThat(grade(check, Readings.sampled(9, 1000, 1, 3)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void andTooFewOfTheCanaryAreInconclusiveHoweverBad() {
      assertThat(grade(check, Readings.sampled(20, 3, 1, 1000)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void andNothingPassesOnTooFewOfStableThoughItsCriterionCouldNotHold() {
      Criteria notNegligible =
          new Criteria(
              List.of(
                  new Criteria.Entry(
                      java.util.Map.of(
                          Subject.RATIO, Criterion.parse("> 2"),
                          Subject.VALUE, Criterion.parse("> 5")))),
              List.of(),
              List.of());
      assertThat(grade(check.judgedBy(notNegligible), Readings.sampled(1, 1000, 1, 3)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }
  }

  @Nested
  @DisplayName("M6: while the window is shorter than window, too few samples count for no limit")
  class Growing {
    private final Check check =
        check().honeycombWindow(Duration.ofMinutes(5)).minimumSamples(200).build();

    private Measurement in(int minutes, Reading.Answer answer) {
      Window window = new Window(NOW.minus(Duration.ofMinutes(minutes)), NOW);
      return CheckJudge.grade(check, answer, Optional.of(window), NOW);
    }

    @Test
    void tooFewInAShortWindowCountForNothing() {
      Measurement measurement = in(4, Readings.sampled(1, 10));
      assertThat(measurement.early()).isTrue();
      assertThat(measurement.counts()).isFalse();
      CheckRun run =
          CheckJudge.judge(check, CheckRun.begin("errors", NOW).with(List.of(measurement), NOW));
      assertThat(run.state()).isEqualTo(CheckRun.State.RUNNING);
    }

    @Test
    void tooFewInAWholeWindowCount() {
      assertThat(in(5, Readings.sampled(1, 10)).early()).isFalse();
    }

    @Test
    void enoughInAShortWindowCount() {
      assertThat(in(2, Readings.sampled(1, 200)).counts()).isTrue();
      assertThat(in(2, Readings.sampled(99, 200)).grade()).isEqualTo(Grade.FAIL);
    }
  }

  @Nested
  @DisplayName("M9: what needs no criterion is judged by its source")
  class JudgedByItsSource {

    @ParameterizedTest
    @EnumSource(
        value = Grade.class,
        names = {"PASS", "WARN", "FAIL", "INCONCLUSIVE"})
    void asTheSourceSays(Grade verdict) {
      Measurement measurement = grade(check().judgedByItsSource(), Readings.judged(verdict));
      assertThat(measurement.grade()).isEqualTo(verdict);
      assertThat(measurement.detail()).isEqualTo("the source says " + verdict);
    }

    @Test
    void aSourceThatDoesNotJudgeIsNoEvidence() {
      assertThat(grade(check().judgedByItsSource(), Readings.value(1)).grade())
          .isEqualTo(Grade.INCONCLUSIVE);
    }

    @Test
    void whereThereAreCriteriaTheyDecideAndNotTheSource() {
      Reading.Answer boasting =
          new Reading.Answer(
              new Values(OptionalDouble.of(20), OptionalDouble.empty()),
              OptionalLong.empty(),
              OptionalLong.empty(),
              Optional.of(Grade.PASS),
              "",
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      assertThat(grade(check(), boasting).grade()).isEqualTo(Grade.FAIL);
    }
  }
}
