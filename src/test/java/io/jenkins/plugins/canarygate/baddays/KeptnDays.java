package io.jenkins.plugins.canarygate.baddays;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;

import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with Keptn, and with what is asked of it. */
final class KeptnDays {
  private static final String ANALYSIS =
      "{analysis: {namespace: shop, definition: checkout, recent: 5m, args: {workload: checkout}},"
          + " timeout: 1s}";
  private static final String METRIC =
      "{metric: {namespace: shop, name: p95}}\n      fail: \"> 0.3\"";
  private static final String CHECK = "check FOLDER/gate.yaml";

  private KeptnDays() {}

  static List<BadDay> all() {
    return List.of(
        BadDay.of(
            "no Keptn",
            gate(ANALYSIS)
                .andThen(place -> Resource.keptn("v1").forEach(place.sandbox.cluster()::unserve)),
            CHECK,
            1,
            "the cluster does not serve metrics.keptn.sh: name the context of the right cluster, or"
                + " install Keptn's metrics-operator there"),
        BadDay.of(
            "a Keptn that is too old",
            gate(ANALYSIS).andThen(place -> place.sandbox.cluster().keptn("v1alpha1")),
            CHECK,
            1,
            "the cluster serves metrics.keptn.sh, but none of its versions v1, v1beta1, v1alpha3"),
        BadDay.of(
            "no AnalysisDefinition",
            gate(ANALYSIS.replace("definition: checkout", "definition: chekout")),
            CHECK,
            1,
            "there is no AnalysisDefinition NAME, and Keptn would wait for it for ever"),
        BadDay.of(
            "an argument that is missing",
            gate(ANALYSIS.replace("workload: checkout", "workloads: checkout")),
            CHECK,
            1,
            "the query of NAME needs NAME, which analysis.args does not give: Keptn would ask for"
                + " <no value>"),
        BadDay.of(
            "a data source that does not answer",
            gate(ANALYSIS)
                .andThen(
                    place ->
                        place
                            .sandbox
                            .cluster()
                            .keptn()
                            .answers()
                            .failure("errors{app=\"checkout\"}", "connection refused")),
            CHECK,
            11,
            "Keptn did not complete Analysis NAME within TIME; it is Progressing: errors: connection"
                + " refused"),
        BadDay.of(
            "a value that is no number",
            gate(ANALYSIS)
                .andThen(
                    place ->
                        place
                            .sandbox
                            .cluster()
                            .keptn()
                            .answers()
                            .value("errors{app=\"checkout\"}", "NaN")),
            CHECK,
            11,
            "Keptn left no readable result: a value was no finite number (NaN), which it lets pass"),
        BadDay.of(
            "no KeptnMetric",
            gate(METRIC),
            CHECK,
            11,
            "there is no KeptnMetric NAME; see whether its name is right"),
        BadDay.of(
            "a 0 of no data",
            gate(METRIC)
                .andThen(
                    place -> {
                      place.sandbox.cluster().keptn().answers().value("p95", "0");
                      keptn(place)
                          .provider("datadog", "datadog")
                          .metric("p95", "datadog", "p95", 60);
                    }),
            CHECK,
            11,
            "of whose no data Keptn makes a 0; if it is a value, say zeroIsData: true"));
  }

  private static SandboxKeptn keptn(Place place) {
    return place.sandbox.cluster().keptn("v1");
  }

  private static Consumer<Place> gate(String section) {
    return place -> {
      keptn(place)
          .provider("prometheus", "prometheus")
          .template("errors", "prometheus", "errors{app=\"{{.workload}}\"}")
          .definition("checkout", 90, 60, objective("errors", "0.05", "0.01"));
      place.write(
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
                keptn: %s
                consecutiveErrorLimit: 0
          """
              .formatted(section));
    };
  }
}
