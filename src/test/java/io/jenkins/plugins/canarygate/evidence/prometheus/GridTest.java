package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
  private static final Instant END = Instant.parse("2026-03-04T10:06:30Z");

  private static Grid over(long seconds) {
    return Grid.over(new Window(END.minusSeconds(seconds), END));
  }

  @ParameterizedTest
  @CsvSource({"1, 5, 1", "20, 5, 5", "60, 5, 13", "295, 5, 60", "300, 6, 51", "3600, 62, 59"})
  void theStepGrowsWithTheWindow(long seconds, long step, int points) {
    assertThat(over(seconds).stepSeconds()).isEqualTo(step);
    assertThat(over(seconds).points()).isEqualTo(points);
  }

  @Property
  void noWindowHasTooManyPointsAndTheLastIsItsEnd(
      @ForAll @LongRange(min = 1, max = 40_000_000) long seconds) {
    Grid grid = over(seconds);
    assertThat(grid.points()).isBetween(1, Series.MOST);
    assertThat(grid.to()).isEqualTo(END);
    assertThat(grid.from()).isBetween(END.minusSeconds(seconds), END);
    assertThat(grid.stepSeconds() * Series.MOST).isGreaterThanOrEqualTo(seconds);
  }
}
