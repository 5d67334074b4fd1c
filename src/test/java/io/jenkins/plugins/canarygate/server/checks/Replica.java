package io.jenkins.plugins.canarygate.server.checks;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.gatefile.Checks;
import io.jenkins.plugins.canarygate.gatefile.ChecksFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.host.Timers;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The measuring of one replica, in virtual time; everything runs on the test's thread. */
final class Replica implements AutoCloseable {
  static final String CHECKS =
      """
      apiVersion: canary-gate/v1
      kind: Checks
      spec:
        arguments: {service: {pattern: "[a-z0-9-]{1,40}"}}
        checks:
          - name: error-rate
            honeycomb: {dataset: "${service}", query: {calculations: [{op: AVG, column: error}]}}
            minimumSamples: 10
      """;

  final VirtualTime time;
  final List<String> said = new ArrayList<>();
  final ScriptedSource source = new ScriptedSource(ScriptedSource.value(0.01, 100));
  final ChecksMetrics metrics = new ChecksMetrics(new PrometheusRegistry());
  final Cells cells;
  Checks checks = read(CHECKS);
  private boolean killed;
  private KubernetesClient client;
  private LeaseSharing leases;

  /** One that measures for itself. */
  Replica(VirtualTime time) {
    this.time = time;
    this.cells = cells(key -> Share.ALONE, asked -> source);
  }

  /** One that agrees with others by Leases in namespace {@code canary-gate}. */
  Replica(VirtualTime time, SandboxCluster cluster, String identity) {
    this(time, cluster, identity, Optional.empty());
  }

  /**
   * The same, with sources of the test's choice.
   *
   * @param sources given the cluster; empty: the scripted one
   */
  Replica(
      VirtualTime time,
      SandboxCluster cluster,
      String identity,
      Optional<Function<KubernetesClient, CheckSources>> sources) {
    this.time = time;
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(cluster.url())
            .withOauthToken(cluster.token())
            .withRequestTimeout(3_000)
            .build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.leases = new LeaseSharing(client, "canary-gate", identity, time, metrics, said::add);
    this.cells = cells(leases, sources.map(of -> of.apply(client)).orElse(asked -> source));
  }

  private Cells cells(Sharing sharing, CheckSources sources) {
    return new Cells(
        sources,
        sharing,
        new CheckRuntime(
            time,
            new Timers() {
              @Override
              public Cancellable schedule(Duration delay, Runnable task) {
                return time.schedule(delay, () -> alive(task));
              }

              @Override
              public void close() {
                killed = true;
              }
            },
            task -> time.execute(() -> alive(task)),
            new Random(7),
            said::add),
        metrics);
  }

  private void alive(Runnable task) {
    if (!killed) {
      task.run();
    }
  }

  /** As a process that is killed: nothing of it runs any more. */
  void kill() {
    killed = true;
  }

  LeaseSharing leases() {
    return leases;
  }

  static Checks read(String yaml) {
    try {
      return ChecksFile.read(yaml.getBytes(StandardCharsets.UTF_8), "checks.yaml");
    } catch (GateFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Asks for one service's error rate. */
  CompletableFuture<Answered> ask(String service) throws RefusedException {
    return ask(service, "caller");
  }

  CompletableFuture<Answered> ask(String service, String caller) throws RefusedException {
    return cells
        .ask(
            checks.check("error-rate").orElseThrow(),
            Map.of("service", service),
            caller,
            Duration.ofSeconds(4))
        .toCompletableFuture();
  }

  /** What is answered within a caller's patience. */
  Answered answer(String service) throws RefusedException {
    CompletableFuture<Answered> answer = ask(service);
    time.runUntilIdle();
    if (!answer.isDone()) {
      time.advance(Duration.ofSeconds(4));
    }
    return answer.join();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
