package io.jenkins.plugins.canarygate.jenkins.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a gate put together by symbols is the gate that a file says. */
class SymbolsTest {
  private static final String FILE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: {container: app, image: "registry.example/checkout:2"}
        cohorts:
          canary: {honeycomb: [{column: rs, op: "=", value: "${rollout.canary}"}]}
          stable: {honeycomb: [{column: rs, op: "=", value: "${rollout.stable}"}]}
        checks:
      """;

  @Test
  void aQueryWithEveryFieldIsTheCheckOfTheFile() throws Exception {
    HoneycombQuery check =
        new HoneycombQuery(
            "error rate",
            "checkout",
            "{calculations: [{op: AVG, column: error}, {op: COUNT}], filters: [{column: a, op: exists}]}");
    check.setResult("AVG(error)");
    check.setFail("[{value: \"> 1%\"}, {ratio: \"> 1.5\", value: \"> 0.2%\"}]");
    check.setWarn("> 0.5%");
    check.setWindow("6m");
    check.setInitialDelay("2m");
    check.setInterval("90s");
    check.setCount(5);
    check.setFailureLimit(1);
    check.setInconclusiveLimit(2);
    check.setConsecutiveErrorLimit(3);
    check.setMinimumSamples("{stored: 50}");
    check.setWeight(2.5);
    check.setKey(true);
    check.setOptional(true);

    same(
        """
        - name: error rate
          honeycomb:
            dataset: checkout
            query: {calculations: [{op: AVG, column: error}, {op: COUNT}], filters: [{column: a, op: exists}]}
            result: AVG(error)
          fail: [{value: "> 1%"}, {ratio: "> 1.5", value: "> 0.2%"}]
          warn: "> 0.5%"
          window: 6m
          initialDelay: 2m
          interval: 90s
          count: 5
          failureLimit: 1
          inconclusiveLimit: 2
          consecutiveErrorLimit: 3
          minimumSamples: {stored: 50}
          weight: 2.5
          key: true
          optional: true
        """,
        check);
  }

  @Test
  void aQueryCanBeGivenAsMapsToo() throws Exception {
    HoneycombQuery check =
        new HoneycombQuery(
            "errors",
            "checkout",
            Map.of("calculations", List.of(Map.of("op", "AVG", "column", "error"))));
    check.setPass("<= 1%");
    check.setMinimumSamples(200);

    same(
        """
        - name: errors
          honeycomb: {dataset: checkout, query: {calculations: [{op: AVG, column: error}]}}
          pass: "<= 1%"
          minimumSamples: 200
        """,
        check);
  }

  @Test
  void anSloIsTheCheckOfTheFile() throws Exception {
    HoneycombSlo check = new HoneycombSlo("budget", "orders", "2LBq9LckbcA");
    check.setResult("budget_remaining");
    check.setFail("< 0");
    HoneycombQuery counted = new HoneycombQuery("load", "orders", "{calculations: [{op: COUNT}]}");
    counted.setFail("> 1000000");
    check.setDryRun(true);

    same(
        """
        - name: budget
          honeycomb: {slo: {dataset: orders, id: 2LBq9LckbcA}, result: budget_remaining}
          fail: "< 0"
          dryRun: true
        - name: load
          honeycomb: {dataset: orders, query: {calculations: [{op: COUNT}]}}
          fail: "> 1000000"
        """,
        check,
        counted);
  }

  @Test
  void aTriggerAndTheControllersOwnAnalysisAreTheChecksOfTheFile() throws Exception {
    ArgoAnalysisRuns analysis = new ArgoAnalysisRuns("argo agrees");
    analysis.setCount(1);

    same(
        """
        - name: no alert
          honeycomb: {trigger: {dataset: orders, id: bj9BwOb1uKz}}
        - name: argo agrees
          argo: {analysisRuns: required}
          count: 1
        """,
        new HoneycombTrigger("no alert", "orders", "bj9BwOb1uKz"),
        analysis);
  }

  @Test
  void aKeptnMetricIsTheCheckOfTheFile() throws Exception {
    KeptnMetric check = new KeptnMetric("p95", "shop", "p95-${cohort}");
    check.setMaxAge("90s");
    check.setZeroIsData(true);
    check.setFail("[{ratio: \"> 1.5\"}]");

    same(
        """
        - name: p95
          keptn: {metric: {namespace: shop, name: "p95-${cohort}"}, maxAge: 90s, zeroIsData: true}
          fail: [{ratio: "> 1.5"}]
        """,
        check);
  }

  @Test
  void aKeptnAnalysisIsTheCheckOfTheFileWhetherItIsCreatedOrExists() throws Exception {
    KeptnAnalysis created = new KeptnAnalysis("objectives", "shop");
    created.setDefinition("checkout");
    created.setDefinitionNamespace("catalogue");
    created.setRecent("5m");
    created.setArgs(Map.of("workload", "checkout-${rollout.canary}"));
    created.setTimeout("4m");
    created.setKeep(true);
    created.setCount(1);
    KeptnAnalysis there = new KeptnAnalysis("nightly", "shop");
    there.setAnalysis("nightly");
    there.setZeroIsData(true);

    same(
        """
        - name: objectives
          keptn:
            analysis:
              namespace: shop
              definition: checkout
              definitionNamespace: catalogue
              recent: 5m
              args: {workload: "checkout-${rollout.canary}"}
            timeout: 4m
            keep: true
          count: 1
        - name: nightly
          keptn: {analysis: {namespace: shop, name: nightly}, zeroIsData: true}
        """,
        created,
        there);
  }

  @Test
  void aPrometheusQueryIsTheCheckOfTheFile() throws Exception {
    PrometheusQuery check =
        new PrometheusQuery("errors", "rate(errors{pod=~\"${cohort.pods}\"}[${window}])");
    check.setSamples("sum(increase(requests{pod=~\"${cohort.pods}\"}[${window}]))");
    check.setReduce("max");
    check.setFresh("{selector: 'requests{pod=~\"${cohort.pods}\"}', maxAge: 1m}");
    check.setMinimumSamples(200);
    check.setWindow("5m");
    check.setFail("> 1%");

    same(
        """
        - name: errors
          prometheus:
            query: 'rate(errors{pod=~"${cohort.pods}"}[${window}])'
            samples: 'sum(increase(requests{pod=~"${cohort.pods}"}[${window}]))'
            reduce: max
            fresh: {selector: 'requests{pod=~"${cohort.pods}"}', maxAge: 1m}
          minimumSamples: 200
          window: 5m
          fail: "> 1%"
        """,
        check);
  }

  @Test
  void aCanaryOfFlaggerIsTheRolloutOfTheFile() throws Exception {
    FlaggerCanary canary = new FlaggerCanary("shop", "checkout");
    canary.setImage("registry.example/checkout:2");
    canary.setContainer("app");

    assertThat(canary.toTree())
        .isEqualTo(
            Map.of(
                "flagger",
                Map.of("namespace", "shop", "name", "checkout"),
                "revision",
                Map.of("image", "registry.example/checkout:2", "container", "app")));
    canary.setRevision("any");
    assertThatThrownBy(canary::toTree).hasMessageStartingWith("flaggerCanary is given");
  }

  @Test
  void anyRevisionIsAWord() throws Exception {
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setRevision("any");

    assertThat(rollout.toTree())
        .isEqualTo(
            Map.of("argo", Map.of("namespace", "shop", "name", "checkout"), "revision", "any"));
  }

  @Test
  void anImageIsNotPassedOverWhereAnyRevisionIsAskedFor() {
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setImage("registry.example/checkout:2");
    rollout.setRevision("any");

    assertThatThrownBy(rollout::toTree)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("two ways")
        .hasMessageContaining("revision: 'any'");
  }

  @Test
  void whatIsLeftEmptyInAFormIsNotGiven() throws Exception {
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setImage("registry.example/checkout:2");
    rollout.setContainer("");
    rollout.setRevision(" ");
    HoneycombQuery check = new HoneycombQuery("load", "orders", "{calculations: [{op: COUNT}]}");
    check.setFail("");
    check.setWindow(" ");
    check.setMinimumSamples("");
    check.setResult("");

    assertThat(rollout.toTree().get("revision"))
        .isEqualTo(Map.of("image", "registry.example/checkout:2"));
    assertThat(check.toTree()).containsOnlyKeys("name", "honeycomb");
  }

  @Test
  void aTextThatIsNoPieceOfAGateFileIsRefusedByName() {
    HoneycombQuery check = new HoneycombQuery("load", "orders", "{calculations: [");

    assertThatThrownBy(check::toTree)
        .isInstanceOf(GateFileException.class)
        .hasMessageContaining("check 'load', query");
  }

  /** What the file says that the checks are written into, and what symbols say. */
  private static void same(String checks, CheckSymbol... symbols) throws Exception {
    Gate file =
        GateFile.read(
            (FILE + checks.indent(4)).getBytes(StandardCharsets.UTF_8), "gate.yaml", Map.of());
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setImage("registry.example/checkout:2");
    rollout.setContainer("app");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("rollout", rollout.toTree());
    spec.put("cohorts", Map.of("canary", cohort("canary"), "stable", cohort("stable")));
    List<Object> trees = new ArrayList<>();
    for (CheckSymbol symbol : symbols) {
      trees.add(symbol.toTree());
    }
    spec.put("checks", trees);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", "canary-gate/v1");
    tree.put("kind", "Gate");
    tree.put("metadata", Map.of("name", "checkout"));
    tree.put("spec", spec);
    Gate gate = GateFile.read(tree, "gate.yaml", Map.of());

    assertThat(gate)
        .usingRecursiveComparison()
        // Of the bytes, which differ.
        .ignoringFields("spec.digest")
        .isEqualTo(file);
  }

  private static Map<String, Object> cohort(String name) {
    return Map.of(
        "honeycomb",
        List.of(Map.of("column", "rs", "op", "=", "value", "${rollout." + name + "}")));
  }
}
