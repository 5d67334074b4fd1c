package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.kube.Lease;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs gates, thousands of them on a few threads: watches wake them early, timers at the latest
 * when they are due, and calls that block go to a small pool. No thread waits for a gate.
 */
public final class GateHost implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int URGENT_THREADS = 2;

  private final HostParts parts;
  private final Function<GateSpec, StepFunction> engines;
  private final Runnable closeParts;
  private final Pacer pacer;
  private final Set<GateActor> gates = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A host over parts that others own and close.
   *
   * @param engines what takes the steps of a gate
   */
  public GateHost(HostParts parts, Function<GateSpec, StepFunction> engines) {
    this(parts, engines, () -> {});
  }

  private GateHost(HostParts parts, Function<GateSpec, StepFunction> engines, Runnable closeParts) {
    this.parts =
        new HostParts(
            parts.clock(),
            parts.timers(),
            unlessClosed(parts.pool()),
            unlessClosed(parts.urgent()),
            parts.wakeUps(),
            parts.random());
    this.engines = engines;
    this.closeParts = closeParts;
    this.pacer = new Pacer(parts.clock(), parts.random());
  }

  /** A host with the clock of this machine and threads of its own. */
  public static GateHost system() {
    return system(spec -> new GateEngine(spec)::step);
  }

  /** The same, with other engines. */
  static GateHost system(Function<GateSpec, StepFunction> engines) {
    HostClock clock = new SystemClock();
    Timers timers = new SystemTimers();
    ExecutorService pool = pool("canary-gate", THREADS);
    ExecutorService urgent = pool("canary-gate-urgent", URGENT_THREADS);
    // Unlike most generators it may be used from many threads.
    java.util.Random random = new java.util.Random();
    WakeUps wakeUps = RolloutWatches.of(clock, timers, pool, random);
    return new GateHost(
        new HostParts(clock, timers, pool, urgent, wakeUps, random),
        engines,
        () -> {
          wakeUps.close();
          timers.close();
          pool.shutdownNow();
          urgent.shutdownNow();
        });
  }

  /**
   * Begins a gate, or goes on with one. Returns at once; where very many are started they begin a
   * little apart.
   */
  public RunningGate start(GateJob job) {
    if (closed) {
      throw new IllegalStateException("the host has been closed");
    }
    GateActor gate = new GateActor(job, engines.apply(job.spec()), parts, gates::remove);
    gates.add(gate);
    gate.begin(pacer.next());
    return gate;
  }

  /**
   * A Lease that is renewed with the host's own time and threads.
   *
   * @param holder who holds it: another process must have another name
   */
  public RolloutLease lease(Lease lease, String holder) {
    return new RolloutLease(lease, holder, parts.clock(), parts.timers(), parts.urgent());
  }

  /** How many gates run. */
  public int running() {
    return gates.size();
  }

  /** The time that gates run in. */
  public HostClock clock() {
    return parts.clock();
  }

  /** Leaves all gates as they are kept, and gives back what the host itself has taken. */
  @Override
  public void close() {
    closed = true;
    gates.forEach(GateActor::abandon);
    closeParts.run();
  }

  private static ExecutorService pool(String name, int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new NamedThreads(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  // A gate that is told something while its host closes has nowhere to go, and no one to tell.
  private static Executor unlessClosed(Executor pool) {
    return task -> {
      try {
        pool.execute(task);
      } catch (RejectedExecutionException over) {
        // Its session is kept; another process goes on with it.
      }
    };
  }
}
