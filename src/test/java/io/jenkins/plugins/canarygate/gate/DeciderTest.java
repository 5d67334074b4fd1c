package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTest {

  /** Checks and how they stand, to be decided. */
  private static final class Standing {
    private final Map<String, ACheck> checks = new LinkedHashMap<>();
    private final List<CheckRun> runs = new ArrayList<>();
    private ScoreTargets targets;

    Standing score(double pass, double warn) {
      targets = new ScoreTargets(pass, warn);
      return this;
    }

    Standing with(ACheck check, State state) {
      String name = check.build().name();
      checks.put(name, check);
      CheckRun run = CheckRun.begin(name, MeasuringHarness.START);
      runs.add(state == State.RUNNING ? run : run.ended(state, "it is " + state));
      return this;
    }

    Optional<Decision> now() {
      return decide(false);
    }

    Decision whenOver() {
      return decide(true).orElseThrow();
    }

    Decision decided() {
      return now().orElseThrow(() -> new AssertionError("not decided"));
    }

    private Optional<Decision> decide(boolean over) {
      return new Decider(Specs.of(targets, checks.values().toArray(new ACheck[0])))
          .decide(runs, over, MeasuringHarness.START);
    }
  }

  private static Standing standing() {
    return new Standing();
  }

  private static ACheck a() {
    return ACheck.named("a");
  }

  private static ACheck b() {
    return ACheck.named("b");
  }

  private static ACheck c() {
    return ACheck.named("c");
  }

  @Nested
  @DisplayName("D1: without score the worst check decides")
  class Worst {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
      "PASS, PASS, PASS",
      "PASS, WARN, WARN",
      "PASS, FAIL, FAIL",
      "WARN, FAIL, FAIL",
      "UNJUDGED, PASS, INCONCLUSIVE",
      "UNJUDGED, WARN, INCONCLUSIVE",
      "UNJUDGED, FAIL, FAIL",
    })
    void ofTwo(State one, State other, Verdict verdict) {
      assertThat(standing().with(a(), one).with(b(), other).decided().verdict()).isEqualTo(verdict);
      assertThat(standing().with(a(), other).with(b(), one).decided().verdict()).isEqualTo(verdict);
    }

    @Test
    void theFirstFailureDecidesWhileOthersStillRun() {
      Decision decision = standing().with(a(), State.RUNNING).with(b(), State.FAIL).decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(decision.reason()).isEqualTo("b: it is FAIL");
    }

    @ParameterizedTest
    @EnumSource(
        value = State.class,
        names = {"PASS", "WARN", "UNJUDGED"})
    void nothingElseDoesSinceOneThatRunsCouldStillFail(State other) {
      assertThat(standing().with(a(), State.RUNNING).with(b(), other).now()).isEmpty();
    }

    @Test
    void anOptionalCheckWithoutEvidenceDoesNotCountAndIsNamed() {
      Decision decision =
          standing().with(a().optional(), State.UNJUDGED).with(b(), State.PASS).decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.PASS);
      assertThat(decision.reason()).contains("1 optional without evidence");
    }

    @Test
    void anOptionalCheckThatRunsIsWaitedFor() {
      assertThat(standing().with(a().optional(), State.RUNNING).with(b(), State.PASS).now())
          .isEmpty();
    }

    @Test
    void anOptionalCheckThatFailsFails() {
      assertThat(
              standing().with(a().optional(), State.FAIL).with(b(), State.PASS).decided().verdict())
          .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void aDryRunIsNeitherCountedNorWaitedFor(State shown) {
      assertThat(standing().with(a().dryRun(), shown).with(b(), State.PASS).decided().verdict())
          .isEqualTo(Verdict.PASS);
    }

    @Test
    void withoutScoreAKeyIsACheckAsAnyOther() {
      assertThat(standing().with(a().key(), State.WARN).with(b(), State.PASS).decided().verdict())
          .isEqualTo(Verdict.WARN);
    }

    @Test
    @DisplayName("D5: short of its count a check is unjudged unless it has failed")
    void whatRunsWhenItIsOverIsUnjudged() {
      Decision decision = standing().with(a(), State.RUNNING).with(b(), State.PASS).whenOver();
      assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(decision.reason()).isEqualTo("a: not enough measurements");
      assertThat(standing().with(a(), State.RUNNING).with(b(), State.FAIL).whenOver().verdict())
          .isEqualTo(Verdict.FAIL);
      assertThat(
              standing()
                  .with(a().optional(), State.RUNNING)
                  .with(b(), State.PASS)
                  .whenOver()
                  .verdict())
          .isEqualTo(Verdict.PASS);
    }

    @Test
    void everyCheckThatSpokeAgainstItIsNamed() {
      assertThat(
              standing()
                  .with(a(), State.FAIL)
                  .with(b(), State.PASS)
                  .with(c(), State.FAIL)
                  .decided()
                  .reason())
          .isEqualTo("a: it is FAIL; c: it is FAIL");
    }
  }

  @Nested
  @DisplayName("D2: with score the weights decide")
  class Score {

    @ParameterizedTest(name = "{0}, {1}, {2} weigh {3}: {4}")
    @CsvSource({
      "PASS, PASS, PASS, 100, PASS",
      "PASS, PASS, WARN, 87.5, WARN",
      "WARN, PASS, PASS, 75, WARN",
      "WARN, WARN, WARN, 50, FAIL",
      "FAIL, PASS, PASS, 50, FAIL",
      "PASS, PASS, FAIL, 75, WARN",
      "FAIL, FAIL, FAIL, 0, FAIL",
    })
    void passCountsWholeWarnHalfFailNothing(
        State two, State one, State other, double score, Verdict verdict) {
      Decision decision =
          standing()
              .score(90, 75)
              .with(a().weight(2), two)
              .with(b(), one)
              .with(c(), other)
              .decided();
      assertThat(decision.score()).hasValue(score);
      assertThat(decision.verdict()).isEqualTo(verdict);
    }

    @Test
    void theTargetsThemselvesAreReached() {
      Standing ninety =
          standing().score(90, 75).with(a().weight(9), State.PASS).with(b(), State.FAIL);
      assertThat(ninety.decided().verdict()).isEqualTo(Verdict.PASS);
      Standing seventyFive =
          standing().score(90, 75).with(a().weight(3), State.PASS).with(b(), State.FAIL);
      assertThat(seventyFive.decided().verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void weightsOfOneTenthReachThemToo() {
      Standing tenths =
          standing()
              .score(90, 75)
              .with(a().weight(0.1), State.FAIL)
              .with(b().weight(0.2), State.PASS)
              .with(c().weight(0.7), State.PASS);
      assertThat(tenths.decided().verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void aFailedKeyFailsHoweverLittleItWeighs() {
      Decision decision =
          standing()
              .score(90, 75)
              .with(a().key().weight(0.01), State.FAIL)
              .with(b().weight(100), State.PASS)
              .decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(decision.reason()).startsWith("key a");
      assertThat(decision.score().getAsDouble()).isGreaterThan(99);
    }

    @Test
    void aFailedKeyFailsAtOnce() {
      assertThat(
              standing()
                  .score(90, 10)
                  .with(a().key(), State.FAIL)
                  .with(b().weight(100), State.RUNNING)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aKeyThatOnlyWarnsDoesNotFail() {
      assertThat(
              standing()
                  .score(90, 40)
                  .with(a().key(), State.WARN)
                  .with(b(), State.PASS)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.WARN);
    }

    @Test
    void aKeyThatIsADryRunFailsNothing() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a().key().dryRun(), State.FAIL)
                  .with(b(), State.PASS)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.PASS);
    }

    @Test
    void itFailsAsSoonAsTheBestCaseStaysBelowWarn() {
      Decision decision =
          standing()
              .score(90, 75)
              .with(a().weight(2), State.FAIL)
              .with(b(), State.RUNNING)
              .with(c(), State.RUNNING)
              .decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(decision.reason()).contains("50.0 at best").contains("75.0").contains("a: it is");
    }

    @Test
    void itSaysWhyAlsoWhereOnlyDoubtBroughtItThere() {
      Decision decision =
          standing().score(90, 75).with(a(), State.WARN).with(b(), State.WARN).decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(decision.reason()).contains("a: it is WARN; b: it is WARN");
    }

    @Test
    void itWaitsWhileTheBestCaseCouldStillWarn() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a(), State.FAIL)
                  .with(b().weight(3), State.RUNNING)
                  .now())
          .isEmpty();
    }

    @Test
    void unjudgedChecksThatAreNeededMakeItInconclusive() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a().weight(0.01), State.UNJUDGED)
                  .with(b().weight(100), State.PASS)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void butItIsAFailureWhereEvenTheirBestCaseWouldNotDo() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a(), State.UNJUDGED)
                  .with(b(), State.FAIL)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.FAIL);
    }

    @Test
    void unjudgedOptionalChecksLeaveTheDenominator() {
      Decision decision =
          standing()
              .score(90, 75)
              .with(a().optional().weight(100), State.UNJUDGED)
              .with(b().weight(9), State.PASS)
              .with(c(), State.FAIL)
              .decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.PASS);
      assertThat(decision.score()).hasValue(90);
    }

    @Test
    void andSoTheyDoNotSaveWhatFailed() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a().optional().weight(100), State.UNJUDGED)
                  .with(b(), State.FAIL)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aCheckWithoutWeightBearsNothing() {
      assertThat(
              standing()
                  .score(90, 75)
                  .with(a().weight(0), State.FAIL)
                  .with(b(), State.PASS)
                  .decided()
                  .verdict())
          .isEqualTo(Verdict.PASS);
    }

    @Test
    void dryRunsAreNotPartOfIt() {
      Decision decision =
          standing()
              .score(90, 75)
              .with(a().dryRun().weight(100), State.FAIL)
              .with(b(), State.PASS)
              .decided();
      assertThat(decision.verdict()).isEqualTo(Verdict.PASS);
      assertThat(decision.score()).hasValue(100);
    }
  }

  @Nested
  @DisplayName("D2: the score is always shown")
  class Shown {

    @Test
    void alsoWhereNoneWasAsked() {
      assertThat(standing().with(a(), State.WARN).with(b(), State.PASS).decided().score())
          .hasValue(75);
    }

    @Test
    void alsoWhereItIsInconclusiveOrAFailureAtOnce() {
      assertThat(standing().with(a(), State.UNJUDGED).with(b(), State.PASS).decided().score())
          .hasValue(100);
      assertThat(standing().with(a(), State.RUNNING).with(b(), State.FAIL).decided().score())
          .hasValue(0);
    }

    @Test
    void onlyWhereNothingWasJudgedThereIsNone() {
      assertThat(standing().with(a(), State.UNJUDGED).decided().score()).isEmpty();
    }
  }

  @Nested
  @DisplayName("D3: without one check that was judged and counts the verdict is INCONCLUSIVE")
  class NoneJudged {

    @Test
    void whateverIsOptional() {
      Standing all =
          standing().with(a().optional(), State.UNJUDGED).with(b().optional(), State.UNJUDGED);
      assertThat(all.decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(all.score(90, 75).decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void howeverGoodADryRunIs() {
      Standing all = standing().with(a().dryRun(), State.PASS).with(b().optional(), State.UNJUDGED);
      assertThat(all.decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(all.score(90, 75).decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void alsoWithoutAnyCheckOrWithDryRunsAlone() {
      assertThat(standing().decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(standing().score(90, 75).decided().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(standing().with(a().dryRun(), State.PASS).decided().verdict())
          .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void alsoWhereItIsOverBeforeAnyWasJudged() {
      assertThat(standing().with(a().optional(), State.RUNNING).whenOver().verdict())
          .isEqualTo(Verdict.INCONCLUSIVE);
      assertThat(standing().score(90, 75).with(a().optional(), State.RUNNING).whenOver().verdict())
          .isEqualTo(Verdict.INCONCLUSIVE);
    }
  }
}
