package io.jenkins.plugins.canarygate.cli;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole gates on evidence from Keptn, through the command. */
@Timeout(60)
class KeptnCommandsTest {
  @TempDir Path folder;
  private CommandBench bench;
  private SandboxKeptn keptn;

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
    keptn = bench.cluster.keptn("v1");
    values("0.001", "0.2");
    keptn
        .provider("prometheus", "prometheus")
        .template("errors", "prometheus", "errors{rs=\"{{.workload}}\"} @ end()")
        .definition("checkout", 90, 50, objective("errors", "0.05", "0.01"))
        .metric("p95", "prometheus", "p95", 1);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  /** Of whichever canary. */
  private void values(String errors, String latency) {
    bench.cluster.keptn().answers().otherwise(errors).value("p95", latency);
  }

  private static final String METRIC =
      """
          - name: p95
            keptn: {metric: {namespace: shop, name: p95}}
            fail: "> 0.3"
      """;

  private Path gate(String more) {
    return bench.write(
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
              keptn:
                analysis:
                  namespace: shop
                  definition: checkout
                  recent: 1s
                  args: {workload: "checkout-${rollout.canary}"}
                timeout: 5s
        """
            + more);
  }

  @Test
  void aGoodCanaryIsPromotedAndNothingIsLeftBehind() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);

    int code = bench.run("run", gate(""), "--output", "json");

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(rollout.step()).isEqualTo(3);
    Report report = JsonReport.read(bench.out());
    assertThat(report.outcome()).contains(Outcome.PROMOTED);
    assertThat(bench.out())
        .contains("Keptn's score 1 of 1 (100 %; pass from 90 %, warn from 50 %): errors 0.001 ");
    assertThat(bench.cluster.writes())
        .anyMatch(r -> r.method().equals("POST") && r.body().contains(rollout.currentHash()));
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void aCanaryThatKeptnFailsIsAborted() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);
    values("0.2", "0.2");

    int code = bench.run("run", gate(""));

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(10);
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  @DisplayName("M8: a value that is no number promotes nothing, though Keptn completes it")
  void noNumberPromotesNothing() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);
    int step = rollout.step();
    values("NaN", "0.2");

    int code = bench.run("run", gate(""));

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(11);
    assertThat(rollout.step()).isEqualTo(step);
    assertThat(bench.out()).contains("Keptn left no readable result");
  }

  @Test
  @DisplayName("C1: check creates the Analysis it needs, and deletes it")
  void aCheckCreatesAndDeletes() {
    bench.pausedCanary(CommandBench.GOOD);
    values("0.02", "0.2");

    int code = bench.run("check", gate(METRIC));

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(bench.out()).contains("PASS      p95: 0.2; fail > 0.3; Prometheus, fetched ");
    assertThat(bench.out()).contains("checkout: WARN");
    assertThat(bench.cluster.writes()).extracting(r -> r.method()).contains("POST", "DELETE");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  @DisplayName("C2: a dry run writes nothing, so it has no evidence of an Analysis")
  void aDryRunWritesNothing() {
    bench.pausedCanary(CommandBench.GOOD);

    int code = bench.run("run", gate(""), "--dry-run");

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(11);
    assertThat(bench.out()).contains("a dry run writes nothing to the cluster");
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void aPlanLooksAtKeptnToo() {
    bench.pausedCanary(CommandBench.GOOD);

    int code = bench.run("plan", gate(METRIC));

    assertThat(code).as(bench.out()).isZero();
    assertThat(bench.out())
        .contains("OK       keptn: metrics.keptn.sh: served, v1 is used")
        .contains("errors comes from Prometheus (shop/prometheus), fail > 0.05, warn > 0.01")
        .contains("KeptnMetric shop/p95 is 0.2, fetched from Prometheus");
    assertThat(bench.cluster.writes()).isEmpty();
  }
}
