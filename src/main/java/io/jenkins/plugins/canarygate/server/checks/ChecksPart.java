package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.host.Timers;
import io.jenkins.plugins.canarygate.server.Endpoint;
import io.jenkins.plugins.canarygate.server.Port;
import io.jenkins.plugins.canarygate.server.Route;
import io.jenkins.plugins.canarygate.server.ServerPart;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Named checks as a part of the gate server: files, measuring, endpoints. */
public final class ChecksPart implements ServerPart {
  private static final Duration FILES = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofMinutes(30);
  private static final Duration TO_RELEASE = Duration.ofSeconds(5);

  private final Optional<WatchedFile<Checks>> checks;
  private final Optional<WatchedFile<Tokens>> tokens;
  private final Optional<LeaseSharing> leases;
  private final CheckRuntime runtime;
  private final ExecutorService pool;
  private final Timers timers;
  private final CheckSources sources;
  private final Cells cells;
  private final ArgoMeasure argo;
  private final PrometheusQuery prometheus;

  ChecksPart(
      Optional<WatchedFile<Checks>> checks,
      Optional<WatchedFile<Tokens>> tokens,
      Optional<LeaseSharing> leases,
      CheckSources sources,
      CheckRuntime runtime,
      ExecutorService pool,
      ChecksMetrics metrics) {
    this.checks = checks;
    this.tokens = tokens;
    this.leases = leases;
    this.runtime = runtime;
    this.pool = pool;
    this.timers = runtime.timers();
    this.sources = sources;
    Sharing sharing = leases.<Sharing>map(all -> all).orElse(key -> Share.ALONE);
    this.cells = new Cells(sources, sharing, runtime, metrics);
    CheckDesk desk =
        new CheckDesk(
            () -> checks.map(WatchedFile::current),
            () -> tokens.map(WatchedFile::current),
            cells,
            metrics);
    this.argo = new ArgoMeasure(desk);
    this.prometheus = new PrometheusQuery(desk, () -> runtime.clock().now().now());
    metrics.watch(cells::sizes, cells::oldest);
  }

  @Override
  public List<Route> routes() {
    Endpoint measure = Endpoint.later(argo::answer);
    return List.of(
        new Route(Port.GATE, "GET", ArgoMeasure.PATH, measure),
        new Route(Port.GATE, "POST", ArgoMeasure.PATH, measure),
        new Route(Port.GATE, "GET", PrometheusQuery.PATH, Endpoint.later(prometheus::answer)));
  }

  @Override
  public void start() {
    strangers();
    every(FILES, this::look);
    leases.ifPresent(all -> every(SWEEP, all::sweep));
  }

  private void every(Duration interval, Runnable task) {
    timers.schedule(
        interval,
        () -> {
          try {
            pool.execute(
                () -> {
                  task.run();
                  every(interval, task);
                });
          } catch (RejectedExecutionException stopping) {
            // Nothing more is to be done.
          }
        });
  }

  private void look() {
    boolean changed = checks.map(WatchedFile::look).orElse(false);
    if (changed) {
      cells.keep(checks.orElseThrow().current());
    }
    if (tokens.map(WatchedFile::look).orElse(false) || changed) {
      strangers();
    }
  }

  /**
   * Tokens for checks that are not there: no fault, for the two files change one after the other.
   */
  private void strangers() {
    if (checks.isEmpty() || tokens.isEmpty()) {
      return;
    }
    Set<String> unknown = new TreeSet<>(tokens.get().current().checks());
    unknown.removeAll(checks.get().current().checks().keySet());
    if (!unknown.isEmpty()) {
      runtime
          .say()
          .accept("the token file names checks that are not there: " + String.join(", ", unknown));
    }
  }

  @Override
  public void close() {
    try {
      // Others would wait for its Leases to run out.
      cells.close().get(TO_RELEASE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      // They do run out.
    }
    timers.close();
    pool.shutdownNow();
    sources.close();
  }
}
