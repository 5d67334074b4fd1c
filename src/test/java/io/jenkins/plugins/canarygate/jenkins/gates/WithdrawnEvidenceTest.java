package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator takes away what a gate that runs may ask: nothing more is measured with it. */
@Timeout(90)
class WithdrawnEvidenceTest {
  private static final String PROMETHEUS =
      "prometheus: {query: 'sum(errors{pod=~\"${cohort.pods}\"})'}\n      fail: \"> 1%\"";
  private static final String METRIC =
      "keptn: {metric: {namespace: shop, name: p95}}\n      fail: \"> 0.3\"";
  private static final String ANALYSIS =
      "keptn: {analysis: {namespace: shop, definition: checkout, recent: 1m}}";

  @TempDir Path home;
  private final FakePrometheus prometheus =
      new FakePrometheus().answer(FakePrometheus.vector("{}=0.001"));
  private GatesBench bench;
  private SandboxRollout rollout;
  private SandboxKeptn keptn;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
    keptn = bench.sandbox.cluster().keptn("v1");
    bench.sandbox.cluster().keptn().answers().value("p95", "0.2").value("errors", "0.001");
    keptn
        .provider("prometheus", "prometheus")
        .metric("p95", "prometheus", "p95", 10)
        .template("errors", "prometheus", "errors")
        .definition("checkout", 90, 60, SandboxKeptn.objective("errors", "0.05", "0.01"));
    rollout = bench.waiting(0.001);
    servers(server("main", "shop/*"));
    allow(everything(true));
  }

  @AfterEach
  void end() {
    bench.close();
    prometheus.close();
  }

  private PrometheusSettings server(String name, String... jobs) {
    return new PrometheusSettings(name, prometheus.url(), "", "", "", List.of(jobs));
  }

  private void servers(PrometheusSettings... servers) {
    Settings all = bench.settings;
    bench.settings =
        new Settings(
            all.clusters(),
            all.honeycombs(),
            List.of(servers),
            all.floor(),
            all.limits(),
            all.actingStopped(),
            all.proxy());
  }

  private void environments(HoneycombSettings... environments) {
    Settings all = bench.settings;
    bench.settings =
        new Settings(
            all.clusters(),
            List.of(environments),
            all.prometheusServers(),
            all.floor(),
            all.limits(),
            all.actingStopped(),
            all.proxy());
  }

  private static Allowance everything(boolean analyses) {
    Allowance all = GatesBench.everything();
    return new Allowance(all.jobs(), all.namespaces(), all.actions(), analyses);
  }

  private void allow(Allowance... allowances) {
    Settings all = bench.settings;
    ClusterSettings cluster = all.clusters().get(0);
    bench.settings =
        new Settings(
            List.of(
                new ClusterSettings(
                    cluster.name(),
                    cluster.server(),
                    "",
                    cluster.credentialsId(),
                    false,
                    List.of(allowances))),
            all.honeycombs(),
            all.prometheusServers(),
            all.floor(),
            all.limits(),
            all.actingStopped(),
            all.proxy());
  }

  /** A gate of one check that is measured once, after an administrator had time to act. */
  private static String gate(String check, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("onInconclusive: abort");
    return GatesBench.gate()
        .replaceAll("(?s)  cohorts:.*  checks:.*", "")
        .concat(
            """
              checks:
                - name: evidence
                  CHECK
                  initialDelay: 2s
                  consecutiveErrorLimit: 0
            """
                .replace("CHECK", check))
        .concat(String.join("\n", all).indent(2));
  }

  /** The gate begins, judges, and waits for its first measurement. */
  private MemoryBuild judging(String gate) {
    MemoryBuild build = bench.begin(gate);
    Waiting.until(() -> build.said().contains("judging begins") || build.over());
    assertThat(build.over()).as(build.said()).isFalse();
    return build;
  }

  private void endsWithoutEvidence(MemoryBuild build, String... why) {
    GateEnd end = build.end();
    assertThat(end.kind()).as(build.said()).isEqualTo(GateEnd.Kind.FAILS);
    Report report = end.report().orElseThrow();
    assertThat(report.verdict()).contains(Verdict.INCONCLUSIVE);
    assertThat(report.outcome()).as(build.said()).contains(Outcome.ABORTED);
    assertThat(end.message()).contains(why);
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aServerThatTheJobMayNotAskAnyMoreIsNotAsked() {
    MemoryBuild build = judging(gate(PROMETHEUS));
    int asked = prometheus.asked().size();

    servers(server("main", "bank/*"));

    endsWithoutEvidence(
        build,
        "no longer allowed: the job shop/checkout is not allowed to ask Prometheus server main;"
            + " an administrator can allow it under Manage Jenkins");
    assertThat(prometheus.asked()).hasSize(asked);
  }

  @Test
  void aServerThatIsCalledOtherwiseNowIsNotAsked() {
    MemoryBuild build = judging(gate(PROMETHEUS));
    int asked = prometheus.asked().size();

    servers(server("eu", "shop/*"));

    endsWithoutEvidence(build, "there is no Prometheus server 'main' any more", "Manage Jenkins");
    assertThat(prometheus.asked()).hasSize(asked);
  }

  @Test
  void anEnvironmentThatTheJobMayNotAskAnyMoreIsNotAsked() {
    MemoryBuild build =
        bench.begin(
            GatesBench.gate("onInconclusive: abort")
                .replace("fail:", "initialDelay: 2s\n      consecutiveErrorLimit: 0\n      fail:"));
    Waiting.until(() -> build.said().contains("judging begins"));
    HoneycombSettings prod = bench.settings.honeycombs().get(0);

    environments(
        new HoneycombSettings(prod.name(), prod.address(), prod.credentialsId(), 60, List.of()));

    endsWithoutEvidence(
        build, "the job shop/checkout is not allowed to ask Honeycomb environment prod");
    assertThat(bench.sandbox.honeycomb().requests())
        .noneMatch(request -> request.path().contains("query_results"));
  }

  @Test
  void aMetricInANamespaceThatIsNoLongerAllowedIsNotRead() {
    allow(
        GatesBench.everything(),
        new Allowance(List.of("shop/**"), List.of("keptn"), Set.of(), false));
    MemoryBuild build = judging(gate(METRIC.replace("namespace: shop", "namespace: keptn")));
    bench.sandbox.cluster().forgetRequests();

    allow(GatesBench.everything());

    endsWithoutEvidence(
        build,
        "no longer allowed: the job shop/checkout is not allowed in namespace keptn of cluster"
            + " prod");
    assertThat(bench.sandbox.cluster().requests())
        .noneMatch(request -> request.path().contains("/namespaces/keptn/"));
  }

  @Test
  void noAnalysisIsCreatedWhereThatIsNoLongerAllowed() {
    MemoryBuild build = judging(gate(ANALYSIS));

    allow(everything(false));

    endsWithoutEvidence(
        build,
        "no longer allowed: the job shop/checkout is not allowed to create Keptn Analyses in"
            + " namespace shop of cluster prod");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void anotherCheckGoesOn() {
    MemoryBuild build =
        judging(
            gate(PROMETHEUS + "\n      optional: true")
                .replace("  checks:\n", "  checks:\n    - name: p95\n      " + METRIC + "\n"));

    servers();

    assertThat(build.end().values()).as(build.said()).containsEntry("verdict", "PASS");
    assertThat(build.said()).contains("there is no Prometheus server 'main' any more");
  }

  /** Jenkins stops, an administrator acts, and it is there again. */
  private MemoryBuild restarted(Runnable meanwhile) {
    bench.gates.close();
    meanwhile.run();
    bench.restart();
    MemoryBuild again = bench.build(1);
    bench.gates.begin(
        again.key(),
        GatesBench.order(),
        order -> {
          throw new AssertionError("the gate is kept");
        },
        again);
    return again;
  }

  @Test
  void aGateGoesOnAfterARestartWithoutWhatWasTakenAwayMeanwhile() {
    judging(gate(PROMETHEUS));
    int asked = prometheus.asked().size();

    MemoryBuild again = restarted(() -> servers(server("main", "bank/*")));

    endsWithoutEvidence(again, "is not allowed to ask Prometheus server main");
    assertThat(prometheus.asked()).hasSize(asked);
    assertThat(bench.gates.abandoned()).isEmpty();
  }

  @Test
  void aGateWhoseServerIsGoneAfterARestartGoesOnWithoutIt() {
    judging(gate(PROMETHEUS));

    endsWithoutEvidence(
        restarted(() -> servers()), "there is no Prometheus server 'main' any more");
  }

  @Test
  void afterARestartTheOnlyServerIsNotAnotherOne() throws Exception {
    MemoryBuild build = judging(gate(PROMETHEUS));
    assertThat(Files.readString(build.folder().resolve("order.json"))).contains("\"main\"");
    int asked = prometheus.asked().size();

    endsWithoutEvidence(
        restarted(() -> servers(server("eu", "shop/*"))),
        "there is no Prometheus server 'main' any more");
    assertThat(prometheus.asked()).hasSize(asked);
  }

  @Test
  void aGateWhoseSecretIsGoneAfterARestartSaysSoOfItsCheck() {
    bench.credentials.put("bearer", new KeyRing.Key(false, "t0ken"));
    servers(new PrometheusSettings("main", prometheus.url(), "bearer", "", "", List.of("shop/*")));
    judging(gate(PROMETHEUS));

    endsWithoutEvidence(
        restarted(() -> bench.credentials.remove("bearer")), "there is no credential bearer");
  }

  @Test
  void whatIsAsAllowedAsBeforeIsMeasuredAfterARestart() {
    judging(gate(PROMETHEUS));

    MemoryBuild again = restarted(() -> {});

    assertThat(again.end().values()).as(again.said()).containsEntry("verdict", "PASS");
  }
}
