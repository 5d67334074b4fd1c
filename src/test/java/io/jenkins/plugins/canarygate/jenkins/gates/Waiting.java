package io.jenkins.plugins.canarygate.jenkins.gates;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do; a test goes on as soon as it is there. */
final class Waiting {
  private Waiting() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come within 60 s");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
