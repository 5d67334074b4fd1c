package io.jenkins.plugins.canarygate.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How a value went over the window of its measurement, to be plotted. Nothing is judged by it. It
 * is small, whatever a source gives: a gate's saved state has to stay small.
 *
 * @param from the time of the first point
 * @param stepSeconds from one point to the next, 1 to a year's
 * @param canary the canary's values, or the only ones, one a point; empty where there is none. They
 *     keep six digits; what is no number is none
 * @param stable the stable revision's, for the same points; no list items where it was not asked
 */
public record Series(
    Instant from, long stepSeconds, List<OptionalDouble> canary, List<OptionalDouble> stable) {

  /** The most points of one cohort. */
  public static final int MOST = 60;

  private static final long LONGEST_STEP = 366L * 24 * 3600;
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * @throws IllegalArgumentException if there are no points, or too many, or those of the cohorts
   *     are not as many
   */
  public Series {
    if (stepSeconds < 1 || stepSeconds > LONGEST_STEP) {
      throw new IllegalArgumentException(
          "the points of a series are a second to a year apart, not " + stepSeconds + " s");
    }
    if (canary.isEmpty() || canary.size() > MOST) {
      throw new IllegalArgumentException(
          "a series has 1 to " + MOST + " points, not " + canary.size());
    }
    if (!stable.isEmpty() && stable.size() != canary.size()) {
      throw new IllegalArgumentException(
          "the stable revision has "
              + stable.size()
              + " points where the canary has "
              + canary.size());
    }
    canary = canary.stream().map(Series::kept).toList();
    stable = stable.stream().map(Series::kept).toList();
  }

  /** Whether there is a value at all. */
  public boolean shows() {
    return Stream.of(canary, stable).flatMap(List::stream).anyMatch(OptionalDouble::isPresent);
  }

  private static OptionalDouble kept(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? OptionalDouble.of(BigDecimal.valueOf(value.getAsDouble()).round(DIGITS).doubleValue())
        : OptionalDouble.empty();
  }
}
