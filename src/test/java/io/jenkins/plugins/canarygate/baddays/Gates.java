package io.jenkins.plugins.canarygate.baddays;

/** Gate files. */
final class Gates {
  /** Needs a cluster and Honeycomb, and has one parameter with a default. */
  static final String USUAL =
      """
      apiVersion: canary-gate/v1
      kind: Gate
      metadata: {name: checkout}
      spec:
        parameters: {image: {default: "registry.example/checkout:2"}}
        rollout:
          argo: {namespace: shop, name: checkout}
          revision: {container: app, image: "${image}"}
        cohorts:
          canary: {honeycomb: [{column: k8s.replicaset.name, op: "=", value: "checkout-${rollout.canary}"}]}
        checks:
          - name: error rate
            honeycomb: {dataset: checkout, query: {calculations: [{op: AVG, column: error}]}}
            fail: "> 1%"
            consecutiveErrorLimit: 0
        timeouts: {start: 2s, total: 10m}
      """;

  /** More than ten faults, each of another kind. */
  static final String TEN_FAULTS =
      """
      apiVersion: canary-gate/v2
      kind: Gate
      metadata: {nam: checkout}
      spec:
        rollout:
          argo: {namespace: shop, name: Checkout}
          revision: {contaner: app, image: "${imag}"}
        at: {pause: nxt}
        parameters: {image: {required: true}}
        checks:
          - name: error rate
            honeycomb: {dataset: checkout, query: {calculations: [{op: AGV, column: error}]}}
            fial: "> 1%"
            windw: 5m
        onFail: abrot
        timeouts: {start: 5 minutes}
      """;

  /** What is said of them: line, path, and the nearest word where there is one. */
  static final String[] TEN_FAULTS_SAID = {
    "FILE:13:7: spec.checks[0].fial: unknown field; did you mean 'fail'?",
    "FILE:1:13: apiVersion: 'canary-gate/v2' must be 'canary-gate/v1'",
    "FILE:3:11: metadata.name: is missing",
    "FILE:3:12: metadata.nam: unknown field; did you mean 'name'?",
    "FILE:6:35: spec.rollout.argo.name: no name of a Kubernetes object: small letters, digits, - and"
        + " .",
    "FILE:7:16: spec.rollout.revision.contaner: unknown field; did you mean 'container'?",
    "FILE:7:38: spec.rollout.revision.image: unknown placeholder ${imag}; did you mean 'image'?",
    "FILE:8:15: spec.at.pause: 'nxt' must be one of next, each; did you mean 'next'?",
    "FILE:9:23: spec.parameters.image: has no value in this run",
    "FILE:12:66: spec.checks[0].honeycomb.query.calculations[0].op: Honeycomb has no such"
        + " calculation; did you mean 'AVG'?",
    "FILE:14:7: spec.checks[0].windw: unknown field; did you mean 'window'?",
    "FILE:15:11: spec.onFail: 'abrot' must be one of abort, pause, none; did you mean 'abort'?",
    "FILE:16:21: spec.timeouts.start: must be a length of time, as 5m, 1h30m, 90s or 500ms"
  };

  /** A gate on Honeycomb alone; {@code check} needs no cluster for it. */
  static String honeycomb(String source) {
    return """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: checkout}
        spec:
          rollout:
            argo: {namespace: shop, name: checkout}
            revision: any
          checks:
            - name: error rate
              honeycomb: %s
              consecutiveErrorLimit: 0
        """
        .formatted(source);
  }

  static String query(String dataset, String column) {
    return honeycomb(
        "{dataset: %s, query: {calculations: [{op: AVG, column: %s}]}}\n      fail: \"> 1%%\""
            .formatted(dataset, column));
  }

  /** A gate on Prometheus alone. */
  static String prometheus(String section) {
    String source = "prometheus: {" + section + "}\n      fail: \"> 1\"";
    return honeycomb("?").replace("honeycomb: ?", source) + "  timeouts: {start: 5s, total: 10m}\n";
  }

  private Gates() {}
}
