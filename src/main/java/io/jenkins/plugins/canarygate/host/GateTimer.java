package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Moment;
import java.time.Duration;
import java.time.Instant;

/**
 * The one timer of a gate. It rings when its instant has come on the wall clock, or when as much
 * time has passed as was left when it was set, whichever is first: a wall clock that jumps can
 * neither delay a deadline by more than the pulse nor stop it.
 */
final class GateTimer {
  /** How often a long wait is looked at again. */
  static final Duration PULSE = Duration.ofMinutes(1);

  /** The shortest wait, so that an instant in the past makes no busy loop. */
  static final Duration SHORTEST = Duration.ofMillis(20);

  private final HostClock clock;
  private final Timers timers;
  private final Runnable ring;
  private Timers.Cancellable current = () -> {};
  private int setting;

  GateTimer(HostClock clock, Timers timers, Runnable ring) {
    this.clock = clock;
    this.timers = timers;
    this.ring = ring;
  }

  /** Rings at {@code due}, and not when it was set to before; {@link Instant#MAX} for never. */
  synchronized void set(Instant due) {
    cancel();
    if (due.equals(Instant.MAX)) {
      return;
    }
    Moment now = clock.now();
    Duration left = Duration.between(now.now(), due);
    Duration wait = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    arm(due, wait, now.uptimeMillis());
  }

  synchronized void cancel() {
    setting++;
    current.cancel();
    current = () -> {};
  }

  private void arm(Instant due, Duration left, long uptime) {
    int mine = setting;
    Duration wait = left.compareTo(PULSE) > 0 ? PULSE : left;
    current = timers.schedule(wait, () -> pulse(mine, due, left, uptime));
  }

  private void pulse(int mine, Instant due, Duration left, long since) {
    synchronized (this) {
      if (mine != setting) {
        return;
      }
      Moment now = clock.now();
      Duration still = left.minusMillis(now.uptimeMillis() - since);
      if (now.now().isBefore(due) && still.compareTo(Duration.ZERO) > 0) {
        arm(due, still, now.uptimeMillis());
        return;
      }
    }
    ring.run();
  }
}
