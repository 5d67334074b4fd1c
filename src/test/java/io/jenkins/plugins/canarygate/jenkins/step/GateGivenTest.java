package io.jenkins.plugins.canarygate.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoAnalysisRuns;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoRollout;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombQuery;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombSlo;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombTrigger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gate is given in exactly one of three ways, and is the same gate in each. */
class GateGivenTest {

  @Test
  void theGateMayBeAFileInTheWorkspace() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setGate("deploy/gate.yaml");
    step.setParameters(Map.of("image", "registry.example/checkout:2"));
    step.setCluster("prod");
    step.setHoneycomb("prod");

    assertThat(step.given()).isEqualTo(new GateGiven.InWorkspace("deploy/gate.yaml"));
    assertThat(step.order().file()).contains("deploy/gate.yaml");
    assertThat(step.order().parameters()).containsEntry("image", "registry.example/checkout:2");
    assertThat(step.order().cluster()).contains("prod");
    assertThat(step.order().throwOnFailure()).isTrue();
  }

  @Test
  void symbolsAreTheSameGateAsAFile() throws Exception {
    CanaryGateStep step = symbols();
    step.setOnPass("promote");

    assertSameGate(
        step,
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: {image: registry.example/checkout:2}
          checks:
            - name: errors
              honeycomb:
                dataset: checkout
                query: {calculations: [{op: AVG, column: error}]}
              fail: "> 1%"
          onPass: promote
        """);
  }

  @Test
  void whateverAFileCanSaySymbolsCanSay() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setName("checkout");
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setRevision("any");
    step.setRollout(rollout);
    HoneycombQuery query =
        new HoneycombQuery(
            "errors",
            "checkout",
            Map.of("calculations", List.of(Map.of("op", "AVG", "column", "error"))));
    query.setFail("[{value: '> 1%'}, {ratio: '> 1.5', value: '> 0.2%'}]");
    query.setWarn("> 0.5%");
    query.setCount(3);
    query.setMinimumSamples(Map.of("stored", 50));
    query.setWeight(2.0);
    query.setKey(true);
    HoneycombSlo slo = new HoneycombSlo("budget", "orders", "2LBq9LckbcA");
    slo.setResult("budget_remaining");
    slo.setFail("< 0");
    slo.setOptional(true);
    ArgoAnalysisRuns runs = new ArgoAnalysisRuns("argo agrees");
    runs.setCount(1);
    step.setChecks(List.of(query, slo, new HoneycombTrigger("no alert", "orders", "bj9B"), runs));
    step.setAt(Map.of("pause", "each", "hold", true));
    step.setCohorts(
        "{canary: {honeycomb: [{column: c, op: '=', value: '${rollout.canary}'}]},"
            + " stable: {honeycomb: [{column: c, op: '=', value: '${rollout.stable}'}]}}");
    step.setDefaults(Map.of("window", "10m", "interval", "2m"));
    step.setScore(Map.of("pass", 90, "warn", 75));
    step.setTimeouts(Map.of("start", "5m", "total", "1h"));
    step.setMarker(Map.of("type", "deploy", "dataset", "checkout"));
    step.setOnPass("promoteFully");
    step.setOnWarn("pause");
    step.setOnFail("pause");
    step.setOnInconclusive("abort");
    step.setOnTimeout("abort");
    step.setOnCancel("abort");
    step.setOnNotGated("pass");

    assertSameGate(
        step,
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout: {argo: {namespace: shop, name: checkout}, revision: any}
          at: {pause: each, hold: true}
          cohorts:
            canary: {honeycomb: [{column: c, op: "=", value: "${rollout.canary}"}]}
            stable: {honeycomb: [{column: c, op: "=", value: "${rollout.stable}"}]}
          defaults: {window: 10m, interval: 2m}
          checks:
            - name: errors
              honeycomb:
                dataset: checkout
                query: {calculations: [{op: AVG, column: error}]}
              fail: [{value: "> 1%"}, {ratio: "> 1.5", value: "> 0.2%"}]
              warn: "> 0.5%"
              count: 3
              minimumSamples: {stored: 50}
              weight: 2
              key: true
            - name: budget
              honeycomb: {slo: {dataset: orders, id: 2LBq9LckbcA}, result: budget_remaining}
              fail: "< 0"
              optional: true
            - name: no alert
              honeycomb: {trigger: {dataset: orders, id: bj9B}}
            - name: argo agrees
              argo: {analysisRuns: required}
              count: 1
          score: {pass: 90, warn: 75}
          onPass: promoteFully
          onWarn: pause
          onFail: pause
          onInconclusive: abort
          onTimeout: abort
          onCancel: abort
          onNotGated: pass
          timeouts: {start: 5m, total: 1h}
          honeycomb: {marker: {type: deploy, dataset: checkout}}
        """);
  }

  @Test
  void withoutAnyOfTheThreeTheMessageNamesAll() {
    assertThatThrownBy(() -> new CanaryGateStep().given())
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll("no gate", "gate:", "gateText:", "rollout:");
  }

  @Test
  void twoGatesAreOneTooMany() {
    CanaryGateStep step = new CanaryGateStep();
    step.setGate("deploy/gate.yaml");
    step.setGateText("kind: Gate");
    assertThatThrownBy(step::given).hasMessageContaining("given two gates");
  }

  @Test
  void aPieceBesideAFileIsRefusedAndNotPassedOver() {
    CanaryGateStep step = new CanaryGateStep();
    step.setGate("deploy/gate.yaml");
    step.setOnPass("none");
    assertThatThrownBy(step::given)
        .hasMessageStartingWith("canaryGate is given onPass beside gate, which says that itself");
  }

  @Test
  void aPieceThatIsNoYamlIsNamed() {
    CanaryGateStep step = symbols();
    step.setAt("{pause: ");
    assertThatThrownBy(() -> text(step))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("canaryGate at:1:");
  }

  private static CanaryGateStep symbols() {
    CanaryGateStep step = new CanaryGateStep();
    step.setName("checkout");
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setImage("registry.example/checkout:2");
    step.setRollout(rollout);
    HoneycombQuery query =
        new HoneycombQuery("errors", "checkout", "{calculations: [{op: AVG, column: error}]}");
    query.setFail("> 1%");
    step.setChecks(List.of(query));
    return step;
  }

  private static GateText text(CanaryGateStep step) throws RefusedException {
    return ((GateGiven.Here) step.given()).source().read(step.order());
  }

  private static void assertSameGate(CanaryGateStep step, String file) throws Exception {
    GateText text = text(step);
    assertThat(text.gate(step.order().parameters()).spec())
        .usingRecursiveComparison()
        .ignoringFields("digest", "gateId", "commands")
        .isEqualTo(
            GateFile.read(file.getBytes(StandardCharsets.UTF_8), "canaryGate", Map.of()).spec());
  }
}
