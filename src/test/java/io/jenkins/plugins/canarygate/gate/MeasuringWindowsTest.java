package io.jenkins.plugins.canarygate.gate;

import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.START;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checking;
import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.gating;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MeasuringWindowsTest {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private static ACheck errors() {
    return ACheck.named("errors");
  }

  private static Window minutes(int from, int to) {
    return new Window(START.plusSeconds(60L * from), START.plusSeconds(60L * to));
  }

  @Nested
  @DisplayName("M5: windows begin no earlier than the canary's traffic")
  class Clamped {

    @Test
    void theFirstMinuteIsWaitedForWithItsLag() {
      MeasuringHarness gate = gating(errors().honeycombWindow(FIVE_MINUTES)).begin();
      assertThat(gate.isAsked("errors")).isFalse();
      assertThat(gate.run("errors").waiting()).contains("growing");
      assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(120));
      assertThat(gate.window("errors")).isEqualTo(minutes(0, 1));
    }

    @Test
    void trafficWithinAMinuteCountsFromTheNextWholeOneForHoneycomb() {
      MeasuringHarness gate =
          gating(errors().honeycombWindow(FIVE_MINUTES)).trafficSince(START.plusSeconds(1)).begin();
      assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(180));
      assertThat(gate.window("errors")).isEqualTo(minutes(1, 2));
    }

    @Test
    void prometheusNeedsNoWholeMinute() {
      MeasuringHarness gate =
          gating(errors().prometheusWindow(FIVE_MINUTES)).trafficSince(START.plusSeconds(7));
      assertThat(gate.begin().untilAsked("errors")).isEqualTo(START.plusSeconds(7 + 60 + 30));
      assertThat(gate.window("errors").from()).isEqualTo(START.plusSeconds(7));
      assertThat(gate.window("errors").length()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void trafficFromBeforeTheGateCameIsLookedBackAt() {
      MeasuringHarness gate =
          gating(errors().honeycombWindow(FIVE_MINUTES)).trafficSince(START.minusSeconds(180));
      gate.begin();
      assertThat(gate.window("errors")).isEqualTo(minutes(-3, -1));
    }

    @Test
    void withoutKnowledgeOfTrafficItIsTheGatesOwnFirstLook() {
      MeasuringHarness gate = gating(errors().honeycombWindow(FIVE_MINUTES)).trafficSince(null);
      assertThat(gate.begin().untilAsked("errors")).isEqualTo(START.plusSeconds(120));
      assertThat(gate.window("errors")).isEqualTo(minutes(0, 1));
    }

    @Test
    void anInitialDelayLetsTheWindowGrowMeanwhile() {
      MeasuringHarness gate =
          gating(errors().honeycombWindow(FIVE_MINUTES).after(Duration.ofMinutes(4))).begin();
      assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(240));
      assertThat(gate.window("errors")).isEqualTo(minutes(0, 3));
    }
  }

  @Test
  @DisplayName("C1: check clamps no window")
  void checkLooksAtTheWholeWindowAtOnce() {
    MeasuringHarness gate = checking(errors().honeycombWindow(FIVE_MINUTES)).begin();
    assertThat(gate.window("errors")).isEqualTo(minutes(-6, -1));
    MeasuringHarness other =
        MeasuringHarness.checkingARollout(errors().honeycombWindow(FIVE_MINUTES))
            .trafficSince(START.minusSeconds(30))
            .begin();
    assertThat(other.window("errors")).isEqualTo(minutes(-6, -1));
  }

  @Nested
  @DisplayName("M6: a window that still grows")
  class Growing {
    private final ACheck sampled =
        errors().honeycombWindow(FIVE_MINUTES).minimumSamples(200).count(2);

    @Test
    void withTooFewSamplesCountsForNoLimitAndIsMeasuredAgainAfterInterval() {
      MeasuringHarness gate = gating(sampled).begin();
      Instant first = gate.untilAsked("errors");
      for (int i = 1; i <= 4; i++) {
        gate.answer("errors", Readings.sampled(1, 10 * i));
        assertThat(gate.state("errors")).isEqualTo(CheckRun.State.RUNNING);
        assertThat(gate.untilAsked("errors")).isEqualTo(first.plusSeconds(60L * i));
      }
      assertThat(gate.window("errors")).isEqualTo(minutes(0, 5));
      gate.answer("errors", Readings.sampled(1, 199));
      assertThat(gate.state("errors")).as("whole now").isEqualTo(CheckRun.State.UNJUDGED);
      assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void isNoneOfTheCountEither() {
      MeasuringHarness gate = gating(sampled).begin();
      gate.measure("errors", Readings.sampled(1, 10), Readings.sampled(1, 500));
      assertThat(gate.ended()).isFalse();
      gate.measure("errors", Readings.sampled(1, 500));
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void withEnoughOfThemCountsAndMayFail() {
      MeasuringHarness gate = gating(sampled).begin();
      gate.measure("errors", Readings.sampled(20, 200));
      assertThat(gate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void isMeasuredAgainAlsoWhereOneMeasurementWasAskedAndNoInterval() {
      MeasuringHarness gate = gating(sampled.count(1).every(Duration.ZERO)).begin();
      Instant first = gate.untilAsked("errors");
      gate.answer("errors", Readings.sampled(1, 10));
      assertThat(gate.untilAsked("errors")).isEqualTo(first.plusSeconds(60));
      gate.answer("errors", Readings.sampled(1, 200));
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @Nested
  @DisplayName("M7: nothing is measured twice")
  class NothingTwice {

    @Test
    void aWindowThatWasMeasuredIsNotMeasuredAgain() {
      MeasuringHarness gate =
          checking(errors().honeycombWindow(FIVE_MINUTES).count(2).every(Duration.ofSeconds(5)))
              .begin();
      Window first = gate.window("errors");
      gate.answer("errors", Readings.GOOD);
      assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(60));
      assertThat(gate.window("errors")).isNotEqualTo(first);
    }

    @Test
    void oneThatEndedInAnErrorIs() {
      MeasuringHarness gate = checking(errors().honeycombWindow(FIVE_MINUTES)).begin();
      Window first = gate.window("errors");
      gate.answer("errors", Readings.ERROR);
      assertThat(gate.untilAsked("errors")).isEqualTo(START.plusSeconds(10));
      assertThat(gate.window("errors")).isEqualTo(first);
    }

    @Test
    void aMetricThatWasNotUpdatedSinceIsNoNewMeasurement() {
      MeasuringHarness gate = checking(errors().count(2)).begin();
      gate.measure("errors", Readings.updated(1, "10:00:00"), Readings.updated(1, "10:00:00"));
      assertThat(gate.run("errors").measurements()).hasSize(1);
      assertThat(gate.untilAsked("errors")).as("after interval").isEqualTo(START.plusSeconds(120));
      gate.answer("errors", Readings.updated(1, "10:01:30"));
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void alsoWhereAnErrorCameInBetween() {
      MeasuringHarness gate = checking(errors().count(2)).begin();
      gate.measure(
          "errors",
          Readings.updated(1, "10:00:00"),
          Readings.ERROR,
          Readings.updated(1, "10:00:00"));
      assertThat(gate.ended()).as("one measurement was made to count as two").isFalse();
      assertThat(gate.run("errors").measurements().stream().filter(Measurement::counts)).hasSize(1);
    }

    @Test
    void aBadOneThatStaysUnchangedIsOneFailureAndNotTwo() {
      MeasuringHarness gate = checking(errors().count(5).failureLimit(1)).begin();
      for (int i = 0; i < 5; i++) {
        gate.measure("errors", Readings.updated(20, "10:00:00"));
      }
      assertThat(gate.state("errors")).isEqualTo(CheckRun.State.RUNNING);
    }

    @Test
    void aSourceThatTellsNothingApartIsTakenAtItsWord() {
      MeasuringHarness gate = checking(errors().count(2)).begin();
      gate.measure("errors", Readings.GOOD, Readings.GOOD);
      assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
    }
  }

  /**
   * M5, M7: windows end later each time, none is measured twice, and where interval is at least
   * window they do not overlap, however slowly a source answers.
   */
  @Property(tries = 200)
  void windowsMoveOn(
      @ForAll @IntRange(min = 60, max = 400) int interval,
      @ForAll @IntRange(min = 60, max = 400) int length,
      @ForAll boolean aligned,
      @ForAll @IntRange(max = 59_999) int offsetMillis,
      @ForAll @Size(6) List<@IntRange(max = 200) Integer> answersAfter,
      @ForAll @Size(6) List<Boolean> fails) {
    ACheck check = errors().count(9).consecutiveErrorLimit(99).every(Duration.ofSeconds(interval));
    MeasuringHarness gate =
        gating(
                aligned
                    ? check.honeycombWindow(Duration.ofSeconds(length))
                    : check.prometheusWindow(Duration.ofSeconds(length)))
            .trafficSince(START.plusMillis(offsetMillis));
    gate.begin();
    List<Window> good = new ArrayList<>();
    for (int i = 0; i < answersAfter.size(); i++) {
      Instant asked = gate.untilAsked("errors");
      Window window = gate.window("errors");
      assertThat(window.to()).isBeforeOrEqualTo(asked.minusSeconds(aligned ? 60 : 30));
      assertThat(window.from()).isAfterOrEqualTo(START.plusMillis(offsetMillis));
      for (Window earlier : good) {
        assertThat(window.to()).isAfter(earlier.to());
        if (interval >= length) {
          assertThat(window.overlaps(earlier.from(), earlier.to()))
              .as(window + " overlaps " + earlier)
              .isFalse();
        }
      }
      gate.pass(Duration.ofSeconds(answersAfter.get(i)));
      if (fails.get(i)) {
        gate.answer("errors", Readings.ERROR);
      } else {
        gate.answer("errors", Readings.GOOD);
        good.add(window);
      }
    }
  }
}
