package io.jenkins.plugins.canarygate.server;

import io.jenkins.plugins.canarygate.host.NamedThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A bounded number of threads, and of requests that wait for one. */
final class Workers implements Executor, AutoCloseable {
  private final ThreadPoolExecutor pool;

  Workers(String name, int threads, int waiting) {
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            new NamedThreads(name));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws java.util.concurrent.RejectedExecutionException if too many wait already
   */
  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
