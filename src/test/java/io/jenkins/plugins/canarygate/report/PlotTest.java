package io.jenkins.plugins.canarygate.report;

import static io.jenkins.plugins.canarygate.report.Sessions.START;
import static io.jenkins.plugins.canarygate.report.Sessions.check;
import static io.jenkins.plugins.canarygate.report.Sessions.fail;
import static io.jenkins.plugins.canarygate.report.Sessions.measured;
import static io.jenkins.plugins.canarygate.report.Sessions.run;
import static io.jenkins.plugins.canarygate.report.Sessions.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotTest {
  private static final Check PERCENT = check("error rate", fail("> 1%"));
  private static final Check PLAIN = check("latency", fail("> 0.3"));

  /** Values a minute apart; NaN for none. */
  private static List<OptionalDouble> values(double... values) {
    return Stream.of(values)
        .flatMap(all -> java.util.Arrays.stream(all).boxed())
        .map(v -> v.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(v))
        .toList();
  }

  private static Measurement with(List<OptionalDouble> canary, List<OptionalDouble> stable) {
    return Sessions.plotted(
        measured(Grade.PASS, 0.005, 0.009), new Series(START, 60, canary, stable));
  }

  private static Plot plot(Check check, double... canary) {
    return plot(check, with(values(canary), List.of()));
  }

  private static Plot plot(Check check, Measurement... measurements) {
    return Plot.of(
            new CheckLines(spec("x", check), run(check.name(), State.PASS, measurements)).result(1))
        .orElseThrow();
  }

  @Test
  void itSaysInWordsWhatItShows() {
    Plot both = plot(PERCENT, with(values(0.004, 0.012, 0.018), values(0.009, 0.009, Double.NaN)));
    assertThat(both.check()).isEqualTo("error rate");
    assertThat(both.text())
        .isEqualTo(
            "10:00 to 10:02 UTC: canary 0.4 % to 1.8 %;"
                + " stable 0.9 %, no value at 1 of 3 points");
    assertThat(plot(PLAIN, 0.25, 0.125).text())
        .isEqualTo("10:00 to 10:01 UTC: value 0.125 to 0.25");
    assertThat(plot(PLAIN, with(values(1), values(Double.NaN))).text())
        .endsWith("canary 1; stable no value");
  }

  @ParameterizedTest
  @CsvSource({
    "0.002, 0.00799942, 0.2 % to 0.8 %",
    "0.9942, 0.99964, 99.42 % to 99.964 %",
    "0.0012345678, 0.0012345678, 0.123 %",
    "12345.678, 98765.432, '1,230,000 % to 9,880,000 %'"
  })
  void itSaysAsManyDigitsAsThePlotCanShow(double least, double most, String says) {
    assertThat(plot(PERCENT, least, most).canaryRange()).isEqualTo(says);
  }

  @Test
  void theLineGoesFromEdgeToEdgeInItsBox() {
    Plot plot = plot(PLAIN, 0, 5, 10);
    assertThat(plot.canaryPath()).isEqualTo("M4.0 116.0 L300.0 60.0 L596.0 4.0");
    assertThat(plot.stablePath()).isEmpty();
    assertThat(plot.begin()).isEqualTo("10:00:00");
    assertThat(plot.end()).isEqualTo("10:02:00");
  }

  @Test
  void aGapBreaksTheLineAndAValueThatStandsAloneIsADot() {
    assertThat(plot(PLAIN, 10, Double.NaN, 0, 0, Double.NaN, 10).canaryPath())
        .isEqualTo("M4.0 4.0 h0 M240.8 116.0 L359.2 116.0 M596.0 4.0 h0");
    assertThat(plot(PLAIN, 7).canaryPath()).isEqualTo("M300.0 4.0 h0");
  }

  @Test
  void bothCohortsHaveOneScale() {
    Plot plot = plot(PLAIN, with(values(0, 10), values(5, 5)));
    assertThat(plot.canaryPath()).isEqualTo("M4.0 116.0 L596.0 4.0");
    assertThat(plot.stablePath()).isEqualTo("M4.0 60.0 L596.0 60.0");
  }

  @ParameterizedTest
  @CsvSource({
    "0.002, 0.0137, 0 %, 1.4 %",
    "0.99951, 0.99987, 99.951 %, 99.987 %",
    "0.5, 0.5, 0 %, 50 %",
    "0, 0, 0 %, 100 %",
    "-0.1, 0.2, -10 %, 20 %"
  })
  void theEdgesAreNumbersOfFewDigitsAroundAllThatIsShown(
      double least, double most, String low, String high) {
    Plot plot = plot(PERCENT, least, most);
    assertThat(plot.low()).isEqualTo(low);
    assertThat(plot.high()).isEqualTo(high);
  }

  @Test
  void theNewestSeriesIsPlotted() {
    Measurement older = with(values(1, 2), List.of());
    Measurement newer = with(values(3, 4), List.of());
    assertThat(plot(PLAIN, older, newer, measured(Grade.PASS, 1, 1)).canaryRange())
        .isEqualTo("3 to 4");
  }

  @Test
  void withoutSeriesOrValuesThereIsNoPlot() {
    for (Measurement measurement :
        List.of(measured(Grade.PASS, 1, 1), with(values(Double.NaN), values(Double.NaN)))) {
      assertThat(
              Plot.of(
                  new CheckLines(spec("x", PLAIN), run("latency", State.PASS, measurement))
                      .result(1)))
          .isEmpty();
    }
  }

  @Property
  void whateverTheValuesAllThatIsDrawnIsInItsBox(
      @ForAll @Size(min = 1, max = 60) List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    Plot plot = plot(PERCENT, all);
    List<Double> numbers =
        Stream.of(plot.canaryPath().replaceAll("h0|[ML]", " ").strip().split("\\s+"))
            .map(Double::valueOf)
            .toList();
    for (int i = 0; i < numbers.size(); i += 2) {
      assertThat(numbers.get(i)).isBetween(0.0, (double) Plot.WIDTH);
      assertThat(numbers.get(i + 1)).isBetween(0.0, (double) Plot.HEIGHT);
    }
    assertThat(plot.high()).isNotEqualTo(plot.low());
  }
}
