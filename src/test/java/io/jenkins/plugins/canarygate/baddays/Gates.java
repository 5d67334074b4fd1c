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

  /** Ten faults, each of another kind, in lines that the tests know. */
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

  private Gates() {}
}
