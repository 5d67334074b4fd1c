package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * The moments of a window at which a query is evaluated for a plot; the last is the window's end,
 * at which it is evaluated to be judged.
 *
 * @param points how many, at most {@link Series#MOST}
 */
record Grid(Instant from, long stepSeconds, int points) {
  /** Nobody scrapes more often than that; what is asked more often is the same samples again. */
  private static final long LEAST_STEP = 5;

  static Grid over(Window window) {
    long seconds = window.length().toSeconds();
    long intervals = Series.MOST - 1L;
    long step = Math.max(LEAST_STEP, (seconds + intervals - 1) / intervals);
    long whole = seconds / step;
    return new Grid(window.to().minusSeconds(whole * step), step, (int) whole + 1);
  }

  Instant to() {
    return from.plusSeconds(stepSeconds * (points - 1L));
  }

  /**
   * The point nearest to a moment, from 0; empty outside of the grid. Thanos and Mimir may move
   * what is asked to multiples of the step, so that they can keep it.
   */
  OptionalInt nearest(double epochSeconds) {
    double begin = Duration.between(Instant.EPOCH, from).toMillis() / 1000.0;
    long nearest = Math.round((epochSeconds - begin) / stepSeconds);
    return nearest >= 0 && nearest < points ? OptionalInt.of((int) nearest) : OptionalInt.empty();
  }
}
