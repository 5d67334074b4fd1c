package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A sandbox in this process for gates in others. */
final class ChildBench implements AutoCloseable {
  final Sandbox sandbox = new Sandbox(InstantSource.system());
  final SandboxRollout rollout =
      sandbox.waiting("shop", "checkout", Instant.now().minusSeconds(900), 0.001, 0.001);
  final Map<String, String> env;
  private final Path folder;
  private final ScheduledExecutorService controller = Executors.newScheduledThreadPool(1);

  ChildBench(Path folder) {
    this.folder = folder;
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 100, 100, TimeUnit.MILLISECONDS);
    write("kubeconfig", kubeconfig(sandbox));
    env =
        Map.of(
            "KUBECONFIG", folder.resolve("kubeconfig").toString(),
            "HONEYCOMB_API_KEY", sandbox.honeycomb().key(),
            "HONEYCOMB_API_URL", sandbox.honeycomb().url());
  }

  static String kubeconfig(Sandbox sandbox) {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: there, user: ci}}
        clusters:
        - {name: there, cluster: {server: "%s"}}
        users:
        - {name: ci, user: {token: "%s"}}
        """
        .formatted(sandbox.cluster().url(), sandbox.cluster().token());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A gate file.
   *
   * @param image what is waited for
   * @param delay before anything is measured: that long it is judging for sure
   * @param more further lines of its spec
   */
  Path gate(String image, String delay, String more) {
    return write(
        "gate.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {image: "registry.example/checkout:%s"}
          cohorts:
            canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
          checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%%"
            window: 5m
            initialDelay: %s
        """
                .formatted(image, delay)
            + more);
  }

  /** A gate on an Analysis of Keptn's, which it creates. */
  Path analysisGate() {
    return write(
        "gate.yaml",
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: any
          checks:
          - name: objectives
            keptn: {analysis: {namespace: shop, definition: checkout, recent: 1s}}
        """);
  }

  Path session() {
    return folder.resolve("session.json");
  }

  Path reports() {
    return folder.resolve("reports");
  }

  ChildGate run(Path gate) {
    return ChildGate.start(env, "run", gate, "--session", session(), "--report", reports());
  }

  /** Whether the kept session says so. */
  boolean kept(String text) {
    try {
      return Files.exists(session()) && Files.readString(session()).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  Report report() {
    try {
      return JsonReport.read(Files.readString(reports().resolve("report.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many writes to the status have been asked for. */
  long patches() {
    return sandbox.cluster().writes().stream()
        .filter(write -> write.call() == Call.PATCH_STATUS)
        .count();
  }

  /** How many promotes were carried out: each begins a later pause. */
  long acceptedPromotes() {
    return sandbox.cluster().writes().stream()
        .filter(write -> write.call() == Call.PATCH_STATUS)
        .filter(write -> write.json().path("status").path("pauseConditions").isNull())
        .map(write -> write.resourceVersion().orElse(""))
        .distinct()
        .count();
  }

  @Override
  public void close() {
    controller.shutdownNow();
    sandbox.close();
  }
}
