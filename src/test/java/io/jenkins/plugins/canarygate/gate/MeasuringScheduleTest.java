package io.jenkins.plugins.canarygate.gate;

import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.START;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checking;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Measurement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("M4: when a check is measured, and when again")
class MeasuringScheduleTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static ACheck errors() {
    return ACheck.named("errors").warning();
  }

  @Test
  void theFirstMeasurementWaitsForItsInitialDelay() {
    MeasuringHarness gate = checking(errors().after(Duration.ofSeconds(90))).begin();
    assertThat(gate.pass(Duration.ofMillis(89_999)).isAsked("errors")).isFalse();
    assertThat(gate.pass(Duration.ofMillis(1)).isAsked("errors")).isTrue();
  }

  @Test
  void withoutOneItIsAskedAtOnce() {
    assertThat(checking(errors()).begin().orderedNow()).containsExactly("errors");
  }

  @Test
  void whatIsDueTogetherIsAskedTogetherSoThatSourcesCanShareQueries() {
    MeasuringHarness gate = checking(ACheck.named("a"), ACheck.named("b"), ACheck.named("c"));
    assertThat(gate.begin().orderedNow()).containsExactly("a", "b", "c");
  }

  @Test
  void theIntervalRunsFromOneAskingToTheNextHoweverLongTheAnswerTook() {
    MeasuringHarness gate = checking(errors().count(3)).begin();
    gate.pass(Duration.ofSeconds(25)).answer("errors", Readings.GOOD);
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(60));
    gate.pass(Duration.ofSeconds(70)).answer("errors", Readings.GOOD);
    assertThat(gate.isAsked("errors")).as("overdue, so at once").isTrue();
  }

  @Test
  void itIsMeasuredCountTimesAndNotOnceMore() {
    MeasuringHarness gate = checking(errors().count(3)).begin();
    gate.measure("errors", Readings.GOOD, Readings.GOOD);
    assertThat(gate.ended()).isFalse();
    gate.measure("errors", Readings.GOOD);
    assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    assertThat(gate.now()).isEqualTo(START.plus(MINUTE.multipliedBy(2)));
    assertThat(gate.run("errors").measurements()).hasSize(3);
  }

  @Test
  void anErrorIsTriedAgainAfterTenSecondsAndIsNoneOfTheCount() {
    MeasuringHarness gate = checking(errors().count(2)).begin();
    gate.answer("errors", Readings.ERROR);
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(10));
    gate.answer("errors", Readings.ERROR);
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(20));
    gate.measure("errors", Readings.GOOD, Readings.GOOD);
    assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aSourceThatAsksForMoreTimeGetsIt() {
    MeasuringHarness gate = checking(errors()).begin();
    gate.answer("errors", Readings.failedFor(Duration.ofSeconds(47)));
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(47));
  }

  @Test
  void aSourceThatAsksForLessIsStillLeftInPeaceForTenSeconds() {
    MeasuringHarness gate = checking(errors()).begin();
    gate.answer("errors", Readings.failedFor(Duration.ofMillis(1)));
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(10));
  }

  @Test
  void fiveErrorsInARowAreNoEvidence() {
    MeasuringHarness gate = checking(errors()).begin();
    for (int i = 0; i < 4; i++) {
      gate.measure("errors", Readings.ERROR);
    }
    assertThat(gate.state("errors")).isEqualTo(CheckRun.State.RUNNING);
    gate.measure("errors", Readings.ERROR);
    assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(gate.ending().exitCode()).isEqualTo(11);
  }

  @Test
  void waitingForARateLimitIsNoErrorHoweverOften() {
    MeasuringHarness gate = checking(errors().consecutiveErrorLimit(0)).begin();
    for (int i = 0; i < 50; i++) {
      gate.measure("errors", Readings.rateLimited(Duration.ofSeconds(20)));
    }
    assertThat(gate.run("errors").measurements()).isEmpty();
    assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(1000));
    gate.answer("errors", Readings.GOOD);
    assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whileItWaitsItSaysWhatFor() {
    MeasuringHarness gate = checking(errors()).begin();
    gate.answer("errors", Readings.rateLimited(Duration.ofSeconds(20)));
    assertThat(gate.run("errors").waiting()).isEqualTo("waiting for the rate limit");
  }

  @Test
  void aQueryThatRunsIsAskedForAgainByItsTicketAndForTheSameWindow() {
    MeasuringHarness gate = checking(errors().honeycombWindow(Duration.ofMinutes(5))).begin();
    Todo.Order first = gate.order("errors");
    assertThat(first.ticket()).isEmpty();
    gate.answer("errors", Readings.running(Duration.ofSeconds(70), "query-1"));
    gate.untilAsked("errors");
    Todo.Order second = gate.order("errors");
    assertThat(second.ticket()).contains("query-1");
    assertThat(second.window()).isEqualTo(first.window());
    assertThat(second.since()).isEqualTo(first.since());
    gate.answer("errors", Readings.rateLimited(Duration.ofSeconds(1)));
    gate.untilAsked("errors");
    assertThat(gate.order("errors").ticket()).as("a ticket is kept").contains("query-1");
  }

  @Test
  void aSourceThatWantsToBeAskedAgainAtOnceDoesNotMakeTheGateSpin() {
    MeasuringHarness gate = checking(errors()).begin();
    for (int i = 0; i < 200; i++) {
      gate.measure("errors", Readings.rateLimited(Duration.ZERO));
    }
    assertThat(gate.now()).isAfter(START.plusSeconds(5));
  }

  @Test
  void anotherProcessAsksAgainForWhatWasInFlight() {
    MeasuringHarness gate = checking(errors().honeycombWindow(Duration.ofMinutes(5))).begin();
    gate.answer("errors", Readings.running(Duration.ofSeconds(5), "query-1")).untilAsked("errors");
    Todo.Order before = gate.order("errors");
    gate.pass(Duration.ofSeconds(30)).restart();
    assertThat(gate.order("errors")).isEqualTo(before);
  }

  @Test
  void anotherProcessKeepsWhatWasMeasured() {
    MeasuringHarness gate = checking(errors().count(2)).begin();
    gate.measure("errors", Readings.GOOD).restart().measure("errors", Readings.GOOD);
    assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    assertThat(gate.run("errors").measurements()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60})
  void aCheckBeyondItsInconclusiveLimitEndsAtOnce(int intervalSeconds) {
    MeasuringHarness gate =
        checking(errors().count(9).inconclusiveLimit(1).every(Duration.ofSeconds(intervalSeconds)))
            .begin();
    gate.measure("errors", Readings.EMPTY, Readings.GOOD, Readings.EMPTY);
    assertThat(gate.state("errors")).isEqualTo(CheckRun.State.UNJUDGED);
    assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void whatIsKeptOfAMeasurementIsWhatAPersonNeeds() {
    MeasuringHarness gate = checking(errors().honeycombWindow(Duration.ofMinutes(5))).begin();
    gate.pass(Duration.ofSeconds(3));
    gate.answer(
        "errors", Readings.sampled(20, 321).withLink(Optional.of("https://ui.example/q/1")));
    Measurement kept = gate.run("errors").last().orElseThrow();
    assertThat(kept.at()).isEqualTo(START.plusSeconds(3));
    assertThat(kept.window()).isPresent();
    assertThat(kept.canary()).hasValue(20);
    assertThat(kept.canarySamples()).hasValue(321);
    assertThat(kept.link()).contains("https://ui.example/q/1");
    assertThat(gate.ending().reason()).isEqualTo("errors: 20 (fail > 10, warn > 5)");
  }
}
