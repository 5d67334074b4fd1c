package io.jenkins.plugins.canarygate.harness;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A verdict becomes the build's result, and what the Pipeline is told. */
@WithJenkins
class VerdictTest {
  private static final String ECHO = "\necho \"${r.verdict}, ${r.outcome}, ${r.exitCode}\"";

  private final Bench bench = new Bench();
  private static JenkinsRule jenkins;
  private static Pipelines pipelines;

  @BeforeAll
  static void start(JenkinsRule rule) {
    jenkins = rule;
    pipelines = new Pipelines(rule);
  }

  @BeforeEach
  void begin() throws Exception {
    bench.open();
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void aGoodCanaryIsPromotedAndTheStepReturnsAMap() throws Exception {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    String step = "def r = " + Pipelines.step(GateYaml.quick("checkout"), "archive: true, ");

    WorkflowRun run =
        pipelines.run(
            "good",
            Result.SUCCESS,
            "node { " + step + ECHO + "\necho readFile('canary-gate/checkout/report.md') }");

    jenkins.assertLogContains("PASS, promoted, 0", run);
    jenkins.assertLogContains("error rate measured 1 of 1: PASS", run);
    jenkins.assertLogContains("checkout: PASS, promoted", run);
    assertEquals(3, rollout.step());
    assertEquals("PASS", Pipelines.report(run).orElseThrow().verdictText());
    String saved = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
    assertThat(saved, containsString("<verdict>PASS</verdict>"));
    assertFalse(saved.contains("sandbox-token") || saved.contains("sandbox-honeycomb-key"));
  }

  @Test
  void aGateOfSymbolsIsTheSameGate() throws Exception {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);

    pipelines.run(
        "symbols",
        Result.SUCCESS,
        Pipelines.declarative(
            "canaryGate name: 'checkout', parameters: [image: 'registry.example/checkout:2'],",
            "rollout: argoRollout(namespace: 'shop', name: 'checkout', image: '${image}'),",
            "cohorts: [canary: [honeycomb: [[column: 'k8s.replicaset.name', op: '=',",
            "  value: 'checkout-${rollout.canary}']]]],",
            "checks: [honeycombQuery(name: 'errors', dataset: 'checkout',",
            "  query: '{calculations: [{op: AVG, column: error}]}', fail: '> 1%')],",
            "onPass: 'promote'"));

    assertEquals(3, rollout.step());
  }

  @Test
  void symbolsOfKeptnJudgeAsAGateFileDoes() throws Exception {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    bench.keptn();

    WorkflowRun run =
        pipelines.run(
            "keptn",
            Result.SUCCESS,
            Pipelines.declarative(
                "canaryGate name: 'checkout',",
                "rollout: argoRollout(namespace: 'shop', name: 'checkout',",
                "  image: 'registry.example/checkout:2'),",
                "checks: [keptnMetric(name: 'latency', namespace: 'shop', metric: 'p95',",
                "    fail: '> 0.3'),",
                "  keptnAnalysis(name: 'objectives', namespace: 'shop', definition: 'checkout',",
                "    recent: '1m', args: [workload: 'checkout-${rollout.canary}'])],",
                "onPass: 'promote'"));

    jenkins.assertLogContains("latency measured 1 of 1: PASS", run);
    jenkins.assertLogContains("objectives measured 1 of 1: PASS", run);
    assertEquals(3, rollout.step());
  }

  @Test
  void aCanaryOnAServerThatNobodyNamedIsRefusedBeforeAnythingIsContacted() throws Exception {
    bench.forget();

    WorkflowRun run =
        pipelines.run(
            "unnamed",
            Result.FAILURE,
            Pipelines.declarative(
                "canaryGate name: 'checkout', prometheus: 'main',",
                "rollout: flaggerCanary(namespace: 'shop', name: 'checkout', image: 'app:2'),",
                "checks: [prometheusQuery(name: 'errors', query: 'sum(errors)', fail: '> 1%')],",
                "onPass: 'promote'"));

    jenkins.assertLogContains("no Prometheus server is called 'main'; see the spelling", run);
    assertEquals(0, bench.requests());
  }

  @Test
  void aBadCanaryIsAbortedAndFailsTheBuild() throws Exception {
    SandboxRollout rollout = bench.waiting("checkout", 0.05);

    WorkflowRun run =
        pipelines.run("bad", Result.FAILURE, Pipelines.step(GateYaml.quick("checkout")));

    jenkins.assertLogContains("ERROR: checkout: FAIL, aborted: error rate", run);
    assertTrue(Bench.aborted(rollout));
  }

  @Test
  void withoutThrowingTheStepReturnsABadVerdict() throws Exception {
    bench.waiting("checkout", 0.05);
    String step = Pipelines.step(GateYaml.quick("checkout"), "throwOnFailure: false, ");

    WorkflowRun run = pipelines.run("quiet", Result.SUCCESS, "def r = " + step + ECHO);

    jenkins.assertLogContains("FAIL, aborted, 10", run);
  }

  @Test
  void aWarningMakesTheBuildAndTheStepUnstableAndThePipelineGoesOn() throws Exception {
    bench.waiting("checkout", 0.005);

    WorkflowRun run =
        pipelines.run(
            "warn",
            Result.UNSTABLE,
            "def r = " + Pipelines.step(GateYaml.warning("checkout")) + ECHO);

    jenkins.assertLogContains("WARN, promoted, 0", run);
    List<String> warnings =
        new DepthFirstScanner()
            .allNodes(run.getExecution()).stream()
                .filter(node -> node.getPersistentAction(WarningAction.class) != null)
                .map(node -> node.getPersistentAction(WarningAction.class).getMessage())
                .toList();
    assertEquals(1, warnings.size());
    assertThat(warnings.get(0), containsString("checkout: WARN, promoted"));
  }

  @Test
  void anotherRevisionLeavesTheBuildNotBuilt() throws Exception {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    WorkflowRun run =
        pipelines.waiting(pipelines.job("late", Pipelines.step(GateYaml.waiting("checkout"))));

    rollout.deploy("registry.example/checkout:3");

    pipelines.ended(run, Result.NOT_BUILT);
    jenkins.assertLogContains("checkout: SUPERSEDED", run);
    assertEquals(0, bench.writes());
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    bench.waiting("checkout", 0.001);

    pipelines.run(
        "dry", Result.SUCCESS, Pipelines.step(GateYaml.quick("checkout"), "dryRun: true, "));

    assertEquals(0, bench.writes());
  }
}
