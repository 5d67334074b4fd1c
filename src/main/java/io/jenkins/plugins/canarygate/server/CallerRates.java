package io.jenkins.plugins.canarygate.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often each address may ask: a bucket of permits that fills at a steady rate. Of the addresses
 * only the latest are remembered; a forgotten one begins with a full bucket.
 */
final class CallerRates {
  static final int REMEMBERED = 10_000;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final class Bucket {
    private double permits;
    private long at;
  }

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanos;
  private final Map<String, Bucket> callers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param nanos a clock that only goes forward
   */
  CallerRates(int perSecond, int burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
  }

  /** Empty if it may ask now; otherwise when it may, in whole seconds. */
  synchronized Optional<Duration> refused(String caller) {
    long now = nanos.getAsLong();
    Bucket bucket = callers.get(caller);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.permits = burst;
      bucket.at = now;
      callers.put(caller, bucket);
    }
    bucket.permits = Math.min(burst, bucket.permits + (now - bucket.at) / NANOS * perSecond);
    bucket.at = now;
    if (bucket.permits >= 1) {
      bucket.permits--;
      return Optional.empty();
    }
    double seconds = (1 - bucket.permits) / perSecond;
    return Optional.of(Duration.ofSeconds(Math.max(1, (long) Math.ceil(seconds))));
  }
}
