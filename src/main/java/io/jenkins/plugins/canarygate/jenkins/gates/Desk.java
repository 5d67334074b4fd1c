package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.host.NamedThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A few threads for what blocks and is no gate's own. */
final class Desk implements Executor, AutoCloseable {
  private static final int THREADS = 4;

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new NamedThreads("canary-gate-desk"));

  Desk() {
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable work) {
    try {
      pool.execute(work);
    } catch (RejectedExecutionException goingDown) {
      // Whatever it was is done when Jenkins is back.
    }
  }

  /** Takes nothing more; what it has is done. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
