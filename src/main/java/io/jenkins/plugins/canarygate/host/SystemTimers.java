package io.jenkins.plugins.canarygate.host;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers over one thread, however many there are. */
public final class SystemTimers implements Timers {
  // What is scheduled later than this is looked at again then: no arithmetic overflows.
  private static final Duration LONGEST = Duration.ofDays(365);

  private final ScheduledThreadPoolExecutor thread;

  public SystemTimers() {
    thread = new ScheduledThreadPoolExecutor(1, new NamedThreads("canary-gate-timer"));
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Duration wait = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    try {
      Future<?> future = thread.schedule(task, Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
