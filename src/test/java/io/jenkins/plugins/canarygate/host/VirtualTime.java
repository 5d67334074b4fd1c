package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Clock, timers and pool of a host in one, so that a gate of 45 minutes runs in milliseconds: time
 * only passes when it is told to, and everything runs on the thread that lets it pass. Tasks may be
 * handed in from any thread.
 */
public final class VirtualTime implements HostClock, Timers, Executor {
  private record Alarm(long at, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::at).thenComparingLong(Alarm::number));
  private Instant origin;
  private long uptime;
  private long numbers;

  public VirtualTime() {
    this(Instant.parse("2026-03-01T12:00:00Z"));
  }

  public VirtualTime(Instant start) {
    origin = start;
  }

  /** Everything that a host is handed, with a generator that always starts alike. */
  public HostParts parts(WakeUps wakeUps) {
    return new HostParts(this, this, this, this, wakeUps, new Random(42));
  }

  @Override
  public synchronized Moment now() {
    return new Moment(origin.plusMillis(uptime), uptime, "virtual");
  }

  public Instant wall() {
    return now().now();
  }

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable task) {
    long millis = Math.min(Long.MAX_VALUE / 4, Math.max(0, roundedUp(delay)));
    Alarm alarm = new Alarm(uptime + millis, numbers++, task);
    alarms.add(alarm);
    return () -> {
      synchronized (VirtualTime.this) {
        alarms.remove(alarm);
      }
    };
  }

  /** Runs all that can run without time passing. */
  public void runUntilIdle() {
    Runnable task = poll();
    while (task != null) {
      task.run();
      task = poll();
    }
  }

  /** Lets time pass, timer by timer, and runs what becomes due. */
  public void advance(Duration by) {
    long end;
    synchronized (this) {
      end = uptime + by.toMillis();
    }
    runUntilIdle();
    Alarm alarm = due(end);
    while (alarm != null) {
      alarm.task().run();
      runUntilIdle();
      alarm = due(end);
    }
    synchronized (this) {
      uptime = end;
    }
  }

  /**
   * Lets time pass from timer to timer until something has come about.
   *
   * @throws AssertionError if it has not within {@code limit} of virtual time
   */
  public void advanceUntil(BooleanSupplier condition, Duration limit) {
    long end;
    synchronized (this) {
      end = uptime + limit.toMillis();
    }
    runUntilIdle();
    while (!condition.getAsBoolean()) {
      Alarm alarm = due(end);
      if (alarm == null) {
        throw new AssertionError("it did not come about within " + limit);
      }
      alarm.task().run();
      runUntilIdle();
    }
  }

  /** Sets the wall clock forward or back; the clock that only goes forward knows nothing of it. */
  public synchronized void jump(Duration by) {
    origin = origin.plus(by);
  }

  /** How many timers are set. */
  public synchronized int timersSet() {
    return alarms.size();
  }

  @Override
  public synchronized void close() {
    alarms.clear();
  }

  private synchronized Runnable poll() {
    return tasks.poll();
  }

  private synchronized Alarm due(long end) {
    if (alarms.isEmpty() || alarms.peek().at() > end) {
      return null;
    }
    Alarm alarm = alarms.remove();
    uptime = Math.max(uptime, alarm.at());
    return alarm;
  }

  // Rounded up: what waits a part of a millisecond must not find that no time has passed.
  private static long roundedUp(Duration delay) {
    if (delay.compareTo(Duration.ofDays(10_000)) > 0) {
      return Duration.ofDays(10_000).toMillis();
    }
    return delay.plusNanos(999_999).toMillis();
  }
}
