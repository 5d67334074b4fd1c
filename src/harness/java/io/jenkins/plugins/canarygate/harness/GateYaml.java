package io.jenkins.plugins.canarygate.harness;

import java.util.List;

/** Gate files for the rollouts of {@link Bench}. */
final class GateYaml {
  private GateYaml() {}

  /** Judges at once: more than 1 % errors fail it. */
  static String quick(String rollout, String... more) {
    return gate(rollout, "fail: \"> 1%\"", more);
  }

  /** Warns from 0.2 % errors on. */
  static String warning(String rollout) {
    return gate(rollout, "fail: \"> 1%\"\n      warn: \"> 0.2%\"");
  }

  /** Is at its gate point, and measures nothing before ten minutes have passed. */
  static String waiting(String rollout, String... more) {
    return gate(rollout, "initialDelay: 10m\n      fail: \"> 1%\"", more);
  }

  private static String gate(String rollout, String criteria, String... more) {
    String yaml =
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: NAME}
        spec:
          rollout:
            argo: {namespace: shop, name: NAME}
            revision: {image: "registry.example/NAME:2"}
          cohorts:
            canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "NAME-${rollout.canary}"}]}
            stable: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "NAME-${rollout.stable}"}]}
          checks:
            - name: error rate
              honeycomb:
                dataset: NAME
                query: {calculations: [{op: AVG, column: error}]}
              CRITERIA
        """;
    return yaml.replace("NAME", rollout).replace("CRITERIA", criteria)
        + String.join("\n", List.of(more)).indent(2);
  }
}
