package io.jenkins.plugins.canarygate.gate;

import static io.jenkins.plugins.canarygate.gate.MeasuringHarness.checking;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is plotted of a check: asked when it may end, and kept of its newest measurement only. */
class MeasuringSeriesTest {
  private static final String CHECK = "errors";

  private static ACheck errors() {
    return ACheck.named(CHECK);
  }

  private static Series series(double value) {
    OptionalDouble point = OptionalDouble.of(value);
    return new Series(
        MeasuringHarness.START, 5, List.of(point, OptionalDouble.empty()), List.of(point, point));
  }

  private static Reading plotted(double value) {
    return Readings.value(value).withSeries(Optional.of(series(value)));
  }

  /** What is wanted with each of the measurements that give these readings. */
  private static List<SeriesWanted> wanted(ACheck check, Reading... readings) {
    MeasuringHarness gate = checking(check).begin();
    List<SeriesWanted> wanted = new ArrayList<>();
    for (Reading reading : readings) {
      gate.untilAsked(CHECK);
      wanted.add(gate.order(CHECK).series());
      gate.answer(CHECK, reading);
    }
    return wanted;
  }

  private static List<Optional<Series>> kept(MeasuringHarness gate) {
    return gate.run(CHECK).measurements().stream().map(Measurement::series).toList();
  }

  @Test
  void theLastPlannedMeasurementIsPlottedAndABadOneBefore() {
    assertThat(wanted(errors().count(3), Readings.GOOD, Readings.GOOD, Readings.GOOD))
        .containsExactly(SeriesWanted.UNLESS_GOOD, SeriesWanted.UNLESS_GOOD, SeriesWanted.YES);
    assertThat(wanted(errors(), Readings.GOOD)).containsExactly(SeriesWanted.YES);
  }

  @Test
  @DisplayName("M4: an error is none of the planned measurements")
  void m4AfterAnErrorTheNextIsStillTheLast() {
    assertThat(wanted(errors().count(2), Readings.GOOD, Readings.ERROR, Readings.GOOD))
        .containsExactly(SeriesWanted.UNLESS_GOOD, SeriesWanted.YES, SeriesWanted.YES);
  }

  @Test
  void theNewestSeriesIsKeptAndNoOther() {
    MeasuringHarness gate = checking(errors().count(3)).begin();
    gate.measure(CHECK, plotted(1), plotted(2));
    assertThat(kept(gate)).containsExactly(Optional.empty(), Optional.of(series(2)));
    gate.measure(CHECK, plotted(3));
    assertThat(kept(gate))
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(series(3)));
  }

  @Test
  void aMeasurementWithoutOneLeavesTheSeriesThatIsThere() {
    MeasuringHarness gate = checking(errors().count(3)).begin();
    gate.measure(CHECK, plotted(1), Readings.ERROR, Readings.GOOD);
    assertThat(kept(gate))
        .containsExactly(Optional.of(series(1)), Optional.empty(), Optional.empty());
  }

  @Test
  void nothingIsJudgedByIt() {
    Reading goodWithABadLine = Readings.value(1).withSeries(Optional.of(series(1000)));
    MeasuringHarness gate = checking(errors()).begin();
    gate.measure(CHECK, goodWithABadLine);
    assertThat(gate.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  @DisplayName("S1: whatever is plotted costs a session less than 2 KB a check")
  void s1ASeriesIsSmall() {
    List<OptionalDouble> long60 =
        Collections.nCopies(Series.MOST, OptionalDouble.of(-1.2345678901234567e-300));
    Series largest = new Series(MeasuringHarness.START, 86_400, long60, long60);
    MeasuringHarness without = checking(errors().count(9)).begin();
    MeasuringHarness with = checking(errors().count(9)).begin();
    for (int i = 0; i < 8; i++) {
      without.measure(CHECK, Readings.GOOD);
      with.measure(CHECK, Readings.value(1).withSeries(Optional.of(largest)));
    }
    assertThat(kept(with).get(7)).contains(largest);
    assertThat(SessionJson.write(with.session()).length())
        .isLessThan(SessionJson.write(without.session()).length() + 2048);
  }
}
