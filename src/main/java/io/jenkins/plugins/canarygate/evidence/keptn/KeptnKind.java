package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.kube.ResourceKind;

/** The kinds of objects that Keptn's metrics-operator brings. */
enum KeptnKind {
  METRIC("KeptnMetric", "keptnmetrics"),
  ANALYSIS("Analysis", "analyses"),
  DEFINITION("AnalysisDefinition", "analysisdefinitions"),
  TEMPLATE("AnalysisValueTemplate", "analysisvaluetemplates"),
  PROVIDER("KeptnMetricsProvider", "keptnmetricsproviders");

  static final String GROUP = "metrics.keptn.sh";
  static final String PRODUCT = "Keptn's metrics-operator";

  private final String kind;
  private final String plural;

  KeptnKind(String kind, String plural) {
    this.kind = kind;
    this.plural = plural;
  }

  String kind() {
    return kind;
  }

  String plural() {
    return plural;
  }

  /** As RBAC names it. */
  String resource() {
    return plural + "." + GROUP;
  }

  ResourceKind in(String version) {
    return new ResourceKind(GROUP, version, kind, plural, PRODUCT);
  }

  /** One object, for messages: {@code KeptnMetric shop/p95}. */
  String named(String namespace, String name) {
    return kind + " " + namespace + "/" + name;
  }
}
