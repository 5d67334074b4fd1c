package io.jenkins.plugins.canarygate.harness;

import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A simulated cluster and Honeycomb on ports of their own; they outlive a Jenkins. */
final class Bench implements AutoCloseable {
  private final Sandbox sandbox = new Sandbox(InstantSource.system());
  private final ScheduledExecutorService controller = Executors.newSingleThreadScheduledExecutor();

  Bench() {
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 50, 50, TimeUnit.MILLISECONDS);
  }

  String cluster() {
    return sandbox.cluster().url();
  }

  String honeycomb() {
    return sandbox.honeycomb().url();
  }

  /** An administrator allows all that the gates of these tests want. */
  void open() throws Exception {
    Administrator.allows(cluster(), honeycomb());
  }

  /** How often anything was asked, of the cluster or of Honeycomb. */
  int requests() {
    return sandbox.cluster().requests().size() + sandbox.honeycomb().requests().size();
  }

  /** How often anything was written to the cluster. */
  int writes() {
    return sandbox.cluster().writes().size();
  }

  /** Whether nobody watches any more; a server notices a client that has gone when it writes. */
  boolean unwatched() {
    sandbox.cluster().sendBookmarks();
    return sandbox.cluster().openWatches() == 0;
  }

  void forget() {
    sandbox.cluster().forgetRequests();
    sandbox.honeycomb().forgetRequests();
  }

  /**
   * A rollout that has waited at its pause for some time.
   *
   * @param errors share of errors of its canary
   */
  SandboxRollout waiting(String name, double errors) {
    Instant since = Instant.now().minus(Duration.ofMinutes(10));
    return sandbox.waiting("shop", name, since, 0.001, errors);
  }

  /** Keptn with a metric {@code p95} and a definition {@code checkout}, both good. */
  void keptn() {
    sandbox.cluster().keptn().answers().otherwise("0.001");
    sandbox
        .cluster()
        .keptn("v1")
        .provider("prometheus", "prometheus")
        .metric("p95", "prometheus", "p95", 1)
        .template("errors", "prometheus", "errors{rs=\"{{.workload}}\"}")
        .definition("checkout", 90, 60, SandboxKeptn.objective("errors", "0.05", "0.01"));
  }

  static boolean aborted(SandboxRollout rollout) {
    return rollout.status().path("abort").asBoolean();
  }

  /** Waits for what other threads do. */
  static void until(BooleanSupplier there) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!there.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come within 30 s");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() {
    controller.shutdownNow();
    sandbox.close();
  }
}
