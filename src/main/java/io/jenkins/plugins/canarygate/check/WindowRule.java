package io.jenkins.plugins.canarygate.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which span of telemetry a measurement looks at (rule M5).
 *
 * @param length how long a whole window is
 * @param lag how long telemetry takes to arrive: windows end that long before now
 * @param alignment windows begin and end on multiples of this; zero for none
 */
public record WindowRule(Duration length, Duration lag, Duration alignment) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /**
   * The window of a measurement at {@code now}; empty while less than a minute of it has passed.
   *
   * @param trafficSince when the canary got its traffic; empty clamps nothing
   */
  public Optional<Window> at(Instant now, Optional<Instant> trafficSince) {
    Instant to = alignDown(now.minus(lag));
    Instant whole = to.minus(span());
    Instant from =
        trafficSince.map(this::alignUp).filter(since -> since.isAfter(whole)).orElse(whole);
    if (Duration.between(from, to).compareTo(shortest()) < 0) {
      return Optional.empty();
    }
    return Optional.of(new Window(from, to));
  }

  /** The earliest instant at which {@link #at} gives a window. */
  public Instant firstAt(Instant trafficSince) {
    return alignUp(alignUp(trafficSince).plus(shortest())).plus(lag);
  }

  /** The earliest instant after {@code now} at which the window differs from the one at now. */
  public Instant nextAfter(Instant now) {
    if (alignment.isZero()) {
      return now.plusMillis(1);
    }
    return alignDown(now.minus(lag)).plus(alignment).plus(lag);
  }

  /** Whether the window is as long as was asked (rule M6). */
  public boolean whole(Window window) {
    return window.length().compareTo(length) >= 0;
  }

  /** How long a whole window is once it lies on the alignment: at least as long as was asked. */
  public Duration span() {
    if (alignment.isZero()) {
      return length;
    }
    long rest = length.toMillis() % alignment.toMillis();
    return rest == 0 ? length : length.minusMillis(rest).plus(alignment);
  }

  private Duration shortest() {
    return length.compareTo(SHORTEST) < 0 ? length : SHORTEST;
  }

  private Instant alignDown(Instant instant) {
    if (alignment.isZero()) {
      return instant;
    }
    long step = alignment.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), step) * step);
  }

  private Instant alignUp(Instant instant) {
    Instant down = alignDown(instant);
    return down.equals(instant) ? down : down.plus(alignment);
  }
}
