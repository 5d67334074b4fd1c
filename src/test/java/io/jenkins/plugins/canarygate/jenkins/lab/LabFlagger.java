package io.jenkins.plugins.canarygate.jenkins.lab;

import io.jenkins.plugins.canarygate.demo.GateServerHere;
import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Flagger in the cluster of a {@link LabBench}, with the gate server that it asks, with Keptn, and
 * with a Prometheus beside it. Canaries whose name begins with {@code bad} have errors.
 */
final class LabFlagger implements AutoCloseable {
  static final String TOKEN = "prometheus-token-5";
  private static final Duration LOOKS = Duration.ofMillis(300);

  final SandboxKeptn keptn;
  final FakePrometheus prometheus = new FakePrometheus().answers(LabFlagger::answer);
  private final LabBench bench;
  private final SandboxCluster cluster;
  private final GateServerHere server;

  LabFlagger(LabBench bench) throws Exception {
    this.bench = bench;
    this.cluster = bench.sandbox.cluster();
    this.keptn = cluster.keptn("v1");
    this.server = new GateServerHere(cluster);
    cluster.flagger().shortestInterval(LOOKS);
    cluster.flagger().controlLoop(LOOKS);
    cluster.keptn().answers().otherwise("0.001").value("p95", "0.2");
    keptn
        .provider("prometheus", "prometheus")
        .metric("checkout-p95", "prometheus", "p95", 1)
        .template("errors", "prometheus", "errors{workload=\"{{.workload}}\"}")
        .definition("checkout", 90, 60, SandboxKeptn.objective("errors", "0.05", "0.01"));
  }

  private static String answer(String query) {
    if (query.contains("increase(")) {
      return FakePrometheus.vector("{}=5000");
    }
    if (query.contains("memory")) {
      return FakePrometheus.vector("{}=1000000");
    }
    boolean bad = query.contains("\"bad") && !query.contains("-primary-");
    return FakePrometheus.vector("{}=" + (bad ? "0.05" : "0.001"));
  }

  /**
   * An administrator names the Prometheus {@code main} for jobs {@code shop/**}, another {@code
   * bank} for jobs {@code bank/**}, and lets jobs {@code shop/gated-*} create Analyses.
   */
  void configure() throws IOException {
    bench.jenkins.script(
        """
        import com.cloudbees.plugins.credentials.*
        import com.cloudbees.plugins.credentials.domains.Domain
        import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl
        import io.jenkins.plugins.canarygate.jenkins.config.*
        def store = SystemCredentialsProvider.instance.store
        store.addCredentials(Domain.global(), new StringCredentialsImpl(CredentialsScope.GLOBAL,
            'prometheus-token', '', hudson.util.Secret.fromString('%s')))
        def main = new PrometheusConfiguration('main')
        main.url = '%s'
        main.credentialsId = 'prometheus-token'
        main.jobs = 'shop/**'
        def bank = new PrometheusConfiguration('bank')
        bank.url = '%s'
        bank.jobs = 'bank/**'
        def analyses = new AllowanceConfiguration('shop/gated-*', 'shop')
        analyses.analyses = true
        def all = CanaryGateConfiguration.get()
        all.prometheusServers = [main, bank]
        def cluster = all.clusters[0]
        cluster.allowances = cluster.allowances + [analyses]
        all.clusters = [cluster]
        """
            .formatted(TOKEN, prometheus.url(), prometheus.url()));
  }

  /** A canary that Flagger has let wait for its promotion for ten minutes. */
  SandboxCanary waiting(String name) {
    String image = "registry.example/" + name;
    return cluster
        .canary("shop", name)
        .weighted(20, 60)
        .interval("1s")
        .image(image + ":1")
        .gatedBy(server.url())
        .create()
        .awaitPhase("Initialized")
        .deploy(image + ":2")
        .awaitPhase("WaitingPromotion")
        .inPhaseSince(Instant.now().minus(Duration.ofMinutes(10)));
  }

  @Override
  public void close() {
    server.close();
    prometheus.close();
  }
}
