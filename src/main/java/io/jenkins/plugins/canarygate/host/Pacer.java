package io.jenkins.plugins.canarygate.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spreads what would otherwise come all at once, such as the first looks of thousands of gates: a
 * few go at once, the rest one after the other with a little chance in it.
 */
final class Pacer {
  private static final int AT_ONCE = 20;
  private static final long GAP_NANOS = 5_000_000;

  private final HostClock clock;
  private final RandomGenerator random;
  private long nextNanos = Long.MIN_VALUE;

  Pacer(HostClock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** How long the next one should wait. */
  synchronized Duration next() {
    long now = clock.now().uptimeMillis() * 1_000_000;
    nextNanos = Math.max(nextNanos, now) + GAP_NANOS;
    long ahead = nextNanos - now - AT_ONCE * GAP_NANOS;
    return ahead <= 0
        ? Duration.ZERO
        : Duration.ofNanos(ahead + Math.round(random.nextDouble() * GAP_NANOS));
  }
}
