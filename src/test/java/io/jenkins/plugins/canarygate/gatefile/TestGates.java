package io.jenkins.plugins.canarygate.gatefile;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gate files for tests. */
final class TestGates {
  /** A gate in order, up to its checks. */
  static final String HEAD =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: any
      """;

  /** A check in order but for a criterion. */
  static final String QUERY =
      "honeycomb: {dataset: d, query: {calculations: [{op: AVG, column: error}]}}";

  static final String FILTERS =
      """
        cohorts:
          canary: {honeycomb: [{column: v, op: "=", value: "${rollout.canary}"}]}
          stable: {honeycomb: [{column: v, op: "=", value: "${rollout.stable}"}]}
      """;

  static final String CHECKS = "  checks: [{name: a, " + QUERY + ", fail: '> 1%'}]\n";

  private TestGates() {}

  static Gate read(String yaml, String... parameters) {
    try {
      return GateFile.read(bytes(yaml), "gate.yaml", map(parameters));
    } catch (GateFileException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** A gate with one check of these fields beside its name. */
  static Gate withCheck(String fields) {
    return read(checkFile(fields));
  }

  static String checkFile(String fields) {
    return HEAD + "  checks: [{name: a, " + fields + "}]\n";
  }

  /** What is wrong with it, each as {@code path: message}; empty if nothing is. */
  static List<String> faults(String yaml, String... parameters) {
    return raw(yaml, parameters).stream().map(f -> f.path() + ": " + f.message()).toList();
  }

  static List<Fault> raw(String yaml, String... parameters) {
    try {
      GateFile.read(bytes(yaml), "gate.yaml", map(parameters));
      return List.of();
    } catch (GateFileException e) {
      return e.faults();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> map(String... pairs) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
