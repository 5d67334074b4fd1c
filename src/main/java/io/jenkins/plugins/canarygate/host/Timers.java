package io.jenkins.plugins.canarygate.host;

import java.time.Duration;

/** Runs small tasks later. A task must not block: it passes work on to a pool. */
public interface Timers extends AutoCloseable {

  /** Runs {@code task} once, after {@code delay} on the clock that only goes forward. */
  Cancellable schedule(Duration delay, Runnable task);

  /** Forgets every task. */
  @Override
  void close();

  /** Something that can be called off; a second time does nothing. */
  @FunctionalInterface
  interface Cancellable {
    void cancel();
  }
}
