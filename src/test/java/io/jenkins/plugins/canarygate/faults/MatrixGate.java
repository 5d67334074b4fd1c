package io.jenkins.plugins.canarygate.faults;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGate;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection;
import io.jenkins.plugins.canarygate.gatefile.Gate;
import io.jenkins.plugins.canarygate.gatefile.GateFile;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The gate that goes through every cell of the matrix. */
final class MatrixGate {
  private static final String FILE =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: {image: "registry.example/checkout:2"}
        cohorts:
          canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
        checks:
          - name: error rate
            honeycomb:
              dataset: checkout
              query: {calculations: [{op: AVG, column: error}]}
            fail: "> 1%"
            window: 5m
            interval: 1m
            count: 2
            failureLimit: 1
            consecutiveErrorLimit: 2
            minimumSamples: 100
        timeouts: {start: 4m, total: 9m}
        honeycomb: {marker: {dataset: checkout}}
      """;

  static final Gate GATE = read();

  private MatrixGate() {}

  private static Gate read() {
    try {
      return GateFile.read(FILE.getBytes(StandardCharsets.UTF_8), "gate.yaml", Map.of());
    } catch (GateFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  static HoneycombGate honeycomb() {
    Map<String, HoneycombSection> sections = new LinkedHashMap<>();
    Map<String, Check> checks = new LinkedHashMap<>();
    GATE.sources()
        .forEach(
            (name, section) -> {
              sections.put(name, (HoneycombSection) section);
              checks.put(name, GATE.spec().check(name));
            });
    Map<String, String> values = Map.of("rollout.name", "checkout", "rollout.namespace", "shop");
    return new HoneycombGate(sections, checks, GATE.honeycombCohorts(), values);
  }
}
