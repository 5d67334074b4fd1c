package io.jenkins.plugins.canarygate.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How a check is measured while somebody asks for it, and what is answered meanwhile. */
class CellsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private final VirtualTime time = new VirtualTime(START);
  private final Replica replica = new Replica(time);

  @Test
  void theFirstQuestionWaitsForItsMeasurement() throws Exception {
    CompletableFuture<Answered> answer = replica.ask("checkout");
    assertThat(answer).isNotDone();
    time.runUntilIdle();
    Answered.Evidence evidence = (Answered.Evidence) answer.join();
    assertThat(evidence.value().number()).hasValue(0.01);
    assertThat(evidence.value().samples()).hasValue(100);
    assertThat(evidence.age()).isZero();
    assertThat(evidence.key()).hasToString("error-rate{service=\"checkout\"}");
    // The window ends a minute ago and lies on whole minutes, as a gate's would.
    assertThat(evidence.value().window())
        .contains(new Window(START.minusSeconds(360), START.minusSeconds(60)));
  }

  @Test
  void anyNumberOfQuestionsIsOneMeasurementEachInterval() throws Exception {
    for (int minute = 0; minute < 5; minute++) {
      for (int i = 0; i < 60; i++) {
        assertThat(replica.answer("checkout")).isInstanceOf(Answered.Evidence.class);
        time.advance(Duration.ofSeconds(1));
      }
    }
    assertThat(replica.source.asked).hasSizeBetween(5, 6);
  }

  @Test
  void nobodySeesAPlotSoNoSeriesIsAskedFor() throws Exception {
    replica.answer("checkout");
    assertThat(replica.source.asked)
        .hasSize(1)
        .allSatisfy(request -> assertThat(request.series()).isEqualTo(SeriesWanted.NO));
  }

  @Test
  void measuringEndsWhenNobodyAsksAnyMore() throws Exception {
    replica.answer("checkout");
    time.advance(Duration.ofMinutes(14));
    assertThat(replica.cells.sizes()).containsEntry("error-rate", 1);
    int before = replica.source.asked.size();
    assertThat(before).isGreaterThan(12);
    time.advance(Duration.ofMinutes(3));
    assertThat(replica.cells.sizes()).isEmpty();
    int after = replica.source.asked.size();
    time.advance(Duration.ofHours(1));
    assertThat(replica.source.asked).hasSize(after);
    assertThat(time.timersSet()).isZero();
  }

  @Test
  void aValueThatIsTooOldIsNoEvidence() throws Exception {
    replica.answer("checkout");
    replica.source.answers = request -> Reading.Failed.because("Honeycomb does not answer");
    time.advance(Duration.ofSeconds(119));
    assertThat(replica.answer("checkout")).isInstanceOf(Answered.Evidence.class);
    time.advance(Duration.ofSeconds(2));
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .matches("the last value is 2m \\d+s old, more than 2m: Honeycomb does not answer");
  }

  @Test
  void noDataIsNoEvidenceAtOnce() throws Exception {
    replica.answer("checkout");
    replica.source.answers = request -> Reading.Answer.of(Values.none()).withDetail("no rows");
    time.advance(Duration.ofSeconds(65));
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("no value: no rows");
  }

  @Test
  void notANumberIsNoEvidence() throws Exception {
    replica.source.answers = request -> ScriptedSource.value(Double.NaN, 100);
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why()).isEqualTo("no value");
    replica.source.answers = request -> ScriptedSource.value(Double.POSITIVE_INFINITY, 100);
    assertThat(((Answered.NoEvidence) replica.answer("cart")).why()).isEqualTo("no value");
  }

  @Test
  void tooFewSamplesAreNoEvidence() throws Exception {
    replica.source.answers = request -> ScriptedSource.value(0.01, 9);
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("9 samples, at least 10 are needed");
  }

  @Test
  void aValueWhoseSamplesAreNotKnownIsNoEvidenceWhereSomeAreNeeded() throws Exception {
    replica.source.answers = request -> Reading.Answer.of(Values.of(0.01));
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("unknown number of samples, at least 10 are needed");
  }

  @Test
  void whatJudgesByItselfIsOneOrZeroAndSaysSo() throws Exception {
    String yaml = Replica.CHECKS.replace("            minimumSamples: 10\n", "");
    replica.checks = Replica.read(yaml.replace("    minimumSamples: 10\n", ""));
    replica.source.answers = request -> Reading.Answer.judged(Grade.PASS, "not triggered");
    Answered.Evidence good = (Answered.Evidence) replica.answer("a");
    assertThat(good.value().number()).hasValue(1);
    assertThat(good.value().verdict()).contains(Grade.PASS);
    replica.source.answers = request -> Reading.Answer.judged(Grade.FAIL, "triggered");
    assertThat(((Answered.Evidence) replica.answer("b")).value().number()).hasValue(0);
    replica.source.answers = request -> Reading.Answer.judged(Grade.INCONCLUSIVE, "disabled");
    assertThat(((Answered.NoEvidence) replica.answer("c")).why()).isEqualTo("no value: disabled");
  }

  @Test
  void waitingInLineIsNoErrorAndGoesOnWithItsTicket() throws Exception {
    replica.source.answers =
        request ->
            request.ticket().isEmpty()
                ? new Reading.NotYet(Duration.ofSeconds(3), "place 2 in line", Optional.of("h1"))
                : ScriptedSource.value(0.02, 100);
    CompletableFuture<Answered> answer = replica.ask("checkout");
    time.advance(Duration.ofSeconds(2));
    assertThat(answer).isNotDone();
    time.advance(Duration.ofSeconds(2));
    Answered.Evidence evidence = (Answered.Evidence) answer.join();
    assertThat(evidence.value().number()).hasValue(0.02);
    // Its age counts from the moment that the window was fixed.
    assertThat(evidence.value().at()).isEqualTo(START);
    assertThat(replica.source.asked).hasSize(2);
    assertThat(replica.source.asked.get(1).window())
        .isEqualTo(replica.source.asked.get(0).window());
  }

  @Test
  void whoIsNotPatientEnoughIsToldWhatIsWaitedFor() throws Exception {
    replica.source.answers =
        request -> new Reading.NotYet(Duration.ofSeconds(30), "place 9 in line", Optional.empty());
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("not measured yet: place 9 in line");
  }

  @Test
  void aFailingSourceIsNotAskedMoreOftenHoweverManyAsk() throws Exception {
    replica.source.answers = request -> Reading.Failed.because("Honeycomb refuses the key");
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("not measured yet: Honeycomb refuses the key");
    for (int i = 0; i < 500; i++) {
      // And nobody waits for what will not come.
      assertThat(replica.ask("checkout")).isDone();
      time.runUntilIdle();
    }
    assertThat(replica.source.asked).hasSize(1);
    time.advance(Duration.ofSeconds(12));
    assertThat(replica.source.asked).hasSize(2);
    replica.source.answers = request -> ScriptedSource.value(0.01, 100);
    time.advance(Duration.ofSeconds(30));
    assertThat(replica.answer("checkout")).isInstanceOf(Answered.Evidence.class);
  }

  @Test
  void onlySoManyQuestionsWaitAndHoldAConnection() throws Exception {
    replica.source.answers =
        request -> new Reading.NotYet(Duration.ofSeconds(2), "in line", Optional.empty());
    for (int i = 0; i < Cells.MOST_WAITING; i++) {
      assertThat(replica.ask("checkout")).isNotDone();
    }
    assertThat(replica.ask("checkout")).isDone();
    time.advance(Duration.ofSeconds(5));
    assertThat(replica.ask("checkout")).isNotDone();
  }

  @Test
  void aSourceThatBreaksIsAFailureWithoutItsMessage() throws Exception {
    replica.source.answers =
        request -> {
          throw new IllegalStateException("secret");
        };
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .isEqualTo("not measured yet: the source failed unexpectedly: IllegalStateException");
  }

  @Test
  void aMeasurementThatWouldComeTooLateIsBegunAnew() throws Exception {
    replica.source.answers =
        request -> new Reading.NotYet(Duration.ofSeconds(10), "in line", Optional.of("h1"));
    replica.answer("checkout");
    time.advance(Duration.ofSeconds(140));
    assertThat(replica.source.asked.get(replica.source.asked.size() - 1).askedSince())
        .isAfter(START.plusSeconds(110));
  }

  @Test
  void moreArgumentsThanOneCallerMayHaveAreRefused() throws Exception {
    for (int i = 0; i < Cells.MOST_OF_A_CALLER; i++) {
      replica.ask("service-" + i, "greedy");
    }
    assertThatThrownBy(() -> replica.ask("one-more", "greedy"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("this token has asked for 100 checks with different arguments");
    // What is there is answered still, and so are others.
    replica.ask("service-0", "greedy");
    replica.ask("one-more", "modest");
  }

  @Test
  void moreThanCanBeKeptAreRefused() throws Exception {
    for (int i = 0; i < Cells.MOST; i++) {
      replica.ask("service-" + i, "caller-" + i / Cells.MOST_OF_A_CALLER);
    }
    assertThatThrownBy(() -> replica.ask("one-more", "another"))
        .hasMessageContaining("keeps 500 checks");
    time.advance(Duration.ofMinutes(17));
    replica.ask("one-more", "another");
  }

  @Test
  void aValueTheSourceHasNoUseForIsRefused() {
    replica.checks = Replica.read(Replica.CHECKS.replace("[a-z0-9-]{1,40}", ".*"));
    assertThatThrownBy(() -> replica.ask("a/b"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("must not hold a slash");
  }

  @Test
  void aNewFileDropsWhatItHasOtherwise() throws Exception {
    CompletableFuture<Answered> answer = replica.ask("checkout");
    replica.cells.keep(Replica.read(Replica.CHECKS));
    assertThat(replica.cells.sizes()).containsEntry("error-rate", 1);
    replica.cells.keep(Replica.read(Replica.CHECKS.replace("AVG", "MAX")));
    assertThat(replica.cells.sizes()).isEmpty();
    assertThat(answer.join()).isInstanceOf(Answered.NoEvidence.class);
    time.advance(Duration.ofMinutes(5));
    assertThat(replica.source.asked).isEmpty();
  }

  @Test
  void aJumpOfTheClockMakesNoOldValueYoung() throws Exception {
    replica.answer("checkout");
    time.jump(Duration.ofHours(-1));
    assertThat(((Answered.NoEvidence) replica.answer("checkout")).why())
        .startsWith("its value is from the future");
  }

  @Test
  void theAgeOfTheOldestValueIsShown() throws Exception {
    replica.answer("checkout");
    time.advance(Duration.ofSeconds(20));
    replica.answer("cart");
    assertThat(replica.cells.oldest()).containsEntry("error-rate", Duration.ofSeconds(20));
    assertThat(replica.cells.sizes()).containsEntry("error-rate", 2);
  }
}
