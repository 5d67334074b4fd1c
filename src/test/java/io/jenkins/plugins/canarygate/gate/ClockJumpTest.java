package io.jenkins.plugins.canarygate.gate;

import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.START;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checking;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.gating;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.rollout.Drift;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("M15: a clock that jumps never makes a verdict better")
class ClockJumpTest {
  private static final Duration TEN_BACK = Duration.ofMinutes(-10);
  private static final Duration TEN_ON = Duration.ofMinutes(10);

  private static ACheck errors() {
    return ACheck.named("errors").warning().honeycombWindow(Duration.ofMinutes(5));
  }

  private static List<Grade> counted(MeasuringHarness gate) {
    return gate.run("errors").measurements().stream()
        .filter(Measurement::counts)
        .map(Measurement::grade)
        .toList();
  }

  private static boolean saysThatItJumped(MeasuringHarness gate) {
    return gate.session().timeline().stream()
        .anyMatch(entry -> entry.text().startsWith("the clock jumped"));
  }

  @Nested
  class WhatWasMeasured {

    @Test
    void overTimeThatComesAgainIsDiscardedWhereItWasGood() {
      MeasuringHarness gate = checking(errors().count(3)).begin();
      gate.measure("errors", Readings.GOOD, Readings.GOOD).jump(TEN_BACK);
      assertThat(saysThatItJumped(gate)).isTrue();
      assertThat(counted(gate)).isEmpty();
      gate.measure("errors", Readings.GOOD, Readings.GOOD);
      assertThat(gate.ended()).isFalse();
      gate.measure("errors", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void isStillShownAndSaysWhyItDoesNotCount() {
      MeasuringHarness gate = checking(errors().count(3)).begin();
      gate.measure("errors", Readings.GOOD).jump(TEN_BACK);
      Measurement discarded = gate.run("errors").measurements().get(0);
      assertThat(discarded.canary()).hasValue(1);
      assertThat(discarded.detail()).contains("clock jumped");
    }

    @Test
    void isKeptWhereItFailed() {
      MeasuringHarness gate = checking(errors().count(5).failureLimit(1)).begin();
      gate.measure("errors", Readings.BAD).jump(TEN_BACK);
      assertThat(counted(gate)).containsExactly(Grade.FAIL);
      gate.measure("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void isKeptWhereItWarnedOrSaidNothing() {
      MeasuringHarness gate = checking(errors().count(5).inconclusiveLimit(1)).begin();
      gate.measure("errors", Readings.DOUBTFUL, Readings.EMPTY).jump(TEN_BACK);
      assertThat(counted(gate)).containsExactly(Grade.WARN, Grade.INCONCLUSIVE);
    }

    @Test
    void beforeTheTimeThatComesAgainIsKept() {
      MeasuringHarness gate = checking(errors().count(3).every(Duration.ofMinutes(30))).begin();
      gate.measure("errors", Readings.GOOD);
      gate.untilAsked("errors");
      gate.answer("errors", Readings.GOOD).jump(TEN_BACK);
      assertThat(counted(gate)).as("the first of two").hasSize(1);
    }

    @Test
    void beforeTheClockWentForwardIsKept() {
      MeasuringHarness gate = checking(errors().count(3)).begin();
      gate.measure("errors", Readings.GOOD, Readings.GOOD).jump(TEN_ON);
      assertThat(counted(gate)).hasSize(2);
    }

    @Test
    void withoutAWindowCountsByWhenItWasMade() {
      MeasuringHarness gate = checking(ACheck.named("errors").count(3)).begin();
      gate.measure("errors", Readings.GOOD).pass(Duration.ofSeconds(30)).jump(TEN_BACK);
      assertThat(counted(gate)).isEmpty();
    }

    @Test
    void doesNotJoinErrorsThatWereNoneInARow() {
      MeasuringHarness gate = checking(errors().count(5).consecutiveErrorLimit(1)).begin();
      gate.measure("errors", Readings.ERROR, Readings.GOOD).jump(TEN_BACK);
      gate.measure("errors", Readings.ERROR);
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.RUNNING);
      gate.measure("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }
  }

  /** An optional check without evidence forgives what it saw before: a jump must not lead there. */
  @Test
  void aWarningIsStillGivenWhereItWouldHaveBeenGivenWithoutTheJump() {
    MeasuringHarness gate =
        checking(errors().count(2).optional(), ACheck.named("other").count(9)).begin();
    gate.measure("errors", Readings.GOOD).jump(TEN_BACK).measure("errors", Readings.DOUBTFUL);
    assertThat(gate.state("errors")).isEqualTo(CheckRun.State.WARN);
  }

  @Nested
  class ACheckThatHadEnded {
    private final ACheck running = ACheck.named("running").count(9);

    @Test
    void goodByWhatIsDiscardedIsMeasuredAgain() {
      MeasuringHarness gate = checking(errors(), running).begin();
      gate.measure("errors", Readings.GOOD);
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.PASS);
      gate.jump(TEN_BACK);
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.RUNNING);
      gate.measure("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void goodByWhatIsNotDiscardedStaysGood() {
      MeasuringHarness gate = checking(errors(), running).begin();
      gate.measure("errors", Readings.GOOD).jump(TEN_ON);
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WARN", "UNJUDGED"})
    void otherwiseStaysAsItIs(CheckRun.State state) {
      MeasuringHarness gate = checking(errors().count(2), running).begin();
      gate.measure("errors", Readings.GOOD);
      gate.measure("errors", state == CheckRun.State.WARN ? Readings.DOUBTFUL : Readings.EMPTY);
      assertThat(gate.state("errors")).isEqualTo(state);
      assertThat(gate.jump(TEN_BACK).state("errors")).isEqualTo(state);
    }

    @Test
    void aGateThatHasDecidedDoesNotDecideAnew() {
      MeasuringHarness gate = checking(errors()).begin().measure("errors", Readings.GOOD);
      assertThat(gate.jump(TEN_BACK).verdict()).isEqualTo(Verdict.PASS);
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.PASS);
    }
  }

  @Nested
  class WhatIsInFlight {

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void isDiscardedWhereItTurnsOutGoodAndAskedAnew(long minutes) {
      MeasuringHarness gate = checking(errors()).begin();
      gate.jump(Duration.ofMinutes(minutes)).answer("errors", Readings.GOOD);
      assertThat(gate.ended()).isFalse();
      assertThat(counted(gate)).isEmpty();
      gate.measure("errors", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10, 10})
    void isKeptWhereItTurnsOutBad(long minutes) {
      MeasuringHarness gate = checking(errors()).begin();
      gate.jump(Duration.ofMinutes(minutes)).answer("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void isKeptWhereItTurnsOutDoubtfulOrEmpty() {
      MeasuringHarness doubtful = checking(errors()).begin().jump(TEN_BACK);
      assertThat(doubtful.answer("errors", Readings.DOUBTFUL).verdict()).isEqualTo(Verdict.WARN);
      MeasuringHarness empty = checking(errors()).begin().jump(TEN_BACK);
      assertThat(empty.answer("errors", Readings.EMPTY).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void isStillAskedForWhereItHasATicketSinceItMayTurnOutBad() {
      MeasuringHarness gate = checking(errors()).begin();
      gate.answer("errors", Readings.running(Duration.ofSeconds(5), "query-1")).jump(TEN_ON);
      gate.untilAsked("errors");
      assertThat(gate.order("errors").ticket()).contains("query-1");
      gate.answer("errors", Readings.BAD);
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void isStillWorthNothingGoodInAnotherProcess() {
      MeasuringHarness gate = checking(errors()).begin().jump(TEN_BACK).restart();
      gate.answer("errors", Readings.GOOD);
      assertThat(gate.ended()).isFalse();
    }

    @Test
    void ofAGatePointThatBeganAgainBelongsToThePastHoweverBad() {
      MeasuringHarness gate = gating(ACheck.named("errors")).begin();
      gate.drift(Drift.BEGAN_AGAIN).pass(Duration.ofSeconds(30)).drift(Drift.NONE);
      gate.jump(TEN_BACK).answer("errors", Readings.BAD);
      assertThat(gate.ended()).as("judged anew (R2)").isFalse();
      gate.measure("errors", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @Nested
  class Time {

    @ParameterizedTest
    @ValueSource(longs = {-60, 60, -59, 1})
    void ofUpToAMinuteIsBorne(long seconds) {
      MeasuringHarness gate = checking(errors()).begin();
      gate.jump(Duration.ofSeconds(seconds)).answer("errors", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_001, 60_001})
    void beyondAMinuteIsNot(long millis) {
      MeasuringHarness gate = checking(errors()).begin();
      gate.jump(Duration.ofMillis(millis)).answer("errors", Readings.GOOD);
      assertThat(saysThatItJumped(gate)).isTrue();
      assertThat(gate.ended()).isFalse();
    }

    @Test
    void thatSimplyPassesIsNoJump() {
      MeasuringHarness gate = checking(errors()).begin();
      gate.pass(Duration.ofHours(3)).answer("errors", Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void betweenTwoProcessesCannotBeCompared() {
      MeasuringHarness gate = checking(errors().count(2)).begin();
      gate.measure("errors", Readings.GOOD).pass(Duration.ofHours(1)).restart();
      assertThat(saysThatItJumped(gate)).isFalse();
      assertThat(counted(gate)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, 120})
    void untilTheNextMeasurementStaysWhatItWas(long minutes) {
      MeasuringHarness gate = checking(ACheck.named("errors").warning().count(9)).begin();
      gate.measure("errors", Readings.DOUBTFUL).pass(Duration.ofSeconds(20));
      gate.jump(Duration.ofMinutes(minutes));
      assertThat(gate.untilAsked("errors"))
          .isEqualTo(START.plusSeconds(60).plus(Duration.ofMinutes(minutes)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, 120})
    void alsoWhereTheAnswerWasInFlight(long minutes) {
      MeasuringHarness gate = checking(ACheck.named("errors").warning().count(9)).begin();
      gate.pass(Duration.ofSeconds(20)).jump(Duration.ofMinutes(minutes));
      gate.answer("errors", Readings.DOUBTFUL);
      assertThat(gate.untilAsked("errors"))
          .isEqualTo(START.plusSeconds(60).plus(Duration.ofMinutes(minutes)));
    }

    @Test
    void aSourceReckonsItsPatienceFromMovesAlong() {
      MeasuringHarness gate = checking(errors()).begin();
      gate.answer("errors", Readings.running(Duration.ofSeconds(5), "query-1")).jump(TEN_ON);
      gate.untilAsked("errors");
      assertThat(gate.order("errors").since()).isEqualTo(START.plus(TEN_ON));
    }

    @ParameterizedTest
    @ValueSource(longs = {-11, 11})
    void thatAGateMayTakeStaysWhatItWas(long hours) {
      MeasuringHarness gate = checking(ACheck.named("errors")).begin();
      gate.jump(Duration.ofHours(hours));
      gate.pass(Duration.ofHours(10).minusSeconds(1));
      assertThat(gate.ended()).isFalse();
      gate.pass(Duration.ofSeconds(1));
      assertThat(gate.ending().verdict()).isEqualTo(Verdict.TIMEOUT);
    }

    @Test
    void beforeTheGatesOwnFirstLookIsNotMeasuredAfterAJumpEither() {
      MeasuringHarness gate = gating(errors()).trafficSince(null).begin();
      gate.pass(Duration.ofSeconds(90)).jump(Duration.ofHours(1));
      gate.untilAsked("errors");
      assertThat(gate.window("errors").from())
          .as("M5")
          .isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void thatWentBackDoesNotMakeTheGateWaitForItToComeAgain() {
      MeasuringHarness gate = gating(errors()).trafficSince(null).begin();
      gate.pass(Duration.ofSeconds(90)).jump(Duration.ofHours(-1));
      assertThat(gate.untilAsked("errors")).isBefore(START.minus(Duration.ofMinutes(56)));
    }
  }

  @Test
  void aSuspendedMachineIsAJumpAsAnyOther() {
    MeasuringHarness gate = checking(errors()).begin();
    Reading before = Readings.GOOD;
    gate.jump(Duration.ofHours(9)).answer("errors", before);
    assertThat(gate.ended()).isFalse();
  }
}
