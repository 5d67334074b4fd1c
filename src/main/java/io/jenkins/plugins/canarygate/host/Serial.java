package io.jenkins.plugins.canarygate.host;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks one at a time, in order, on the threads of an executor. No thread waits for its turn
 * and no lock is held while a task runs. What a task adds is run by the same thread after it.
 */
final class Serial implements Executor {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean submitted = new AtomicBoolean();
  private volatile Executor threads;

  Serial(Executor threads) {
    this.threads = threads;
  }

  /** Runs the task after those before it, on a thread of the executor. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    // Whoever runs looks for more before it ends, so nothing is lost where one does.
    if (!running.get() && submitted.compareAndSet(false, true)) {
      submit(threads);
    }
  }

  /** Runs the task after those before it, at once on this thread if no other is at it. */
  void executeHere(Runnable task) {
    tasks.add(task);
    drain();
  }

  /** Goes on with other threads, even where a task waits for a thread of the old ones. */
  void moveTo(Executor others) {
    threads = others;
    submit(others);
  }

  private void submit(Executor executor) {
    try {
      executor.execute(
          () -> {
            submitted.set(false);
            drain();
          });
    } catch (RejectedExecutionException closed) {
      // The host has been closed: what is left is not carried out.
      submitted.set(false);
    }
  }

  private void drain() {
    while (!tasks.isEmpty() && running.compareAndSet(false, true)) {
      try {
        Runnable task = tasks.poll();
        while (task != null) {
          run(task);
          task = tasks.poll();
        }
      } finally {
        running.set(false);
      }
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error unexpected) {
      // Tasks tell of their failures themselves; one that does not must not stop those after it.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, unexpected);
    }
  }
}
