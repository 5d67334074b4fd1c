package io.jenkins.plugins.canarygate.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: twice as long each time, and never
 * to the same instant as everybody else.
 *
 * @param first at most so long after the first failure
 * @param longest at most so long after any
 */
record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /** Opening a watch again. */
  static final Backoff WATCH = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** Keeping a session again. */
  static final Backoff STORE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /**
   * The wait after a failure: between half and all of the doubled wait.
   *
   * @param failures how many in a row, at least 1
   */
  Duration after(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, failures - 1);
    long most = Math.min(longest.toMillis(), doubled);
    return Duration.ofMillis(most / 2 + Math.round(random.nextDouble() * (most - most / 2)));
  }
}
