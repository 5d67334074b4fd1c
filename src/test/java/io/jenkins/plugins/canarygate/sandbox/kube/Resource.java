package io.jenkins.plugins.canarygate.sandbox.kube;

import java.util.List;
import java.util.Optional;

/**
 * A kind of objects that the simulated API server serves.
 *
 * @param group the API group; empty for the core group
 * @param plural as in paths
 * @param statusSubresource whether the object's own endpoint ignores status
 */
public record Resource(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    boolean statusSubresource) {

  private static final String ARGO = "argoproj.io";

  public static final Resource ROLLOUTS =
      new Resource(ARGO, "v1alpha1", "rollouts", "Rollout", true, true);
  // Argo's CRD of AnalysisRuns and the next two declare no status subresource: status is part of
  // the object.
  public static final Resource ANALYSIS_RUNS =
      new Resource(ARGO, "v1alpha1", "analysisruns", "AnalysisRun", true, false);
  public static final Resource ANALYSIS_TEMPLATES =
      new Resource(ARGO, "v1alpha1", "analysistemplates", "AnalysisTemplate", true, false);
  public static final Resource EXPERIMENTS =
      new Resource(ARGO, "v1alpha1", "experiments", "Experiment", true, false);
  public static final Resource REPLICA_SETS =
      new Resource("apps", "v1", "replicasets", "ReplicaSet", true, true);
  public static final Resource DEPLOYMENTS =
      new Resource("apps", "v1", "deployments", "Deployment", true, true);
  public static final Resource DAEMON_SETS =
      new Resource("apps", "v1", "daemonsets", "DaemonSet", true, true);
  public static final Resource CONFIG_MAPS =
      new Resource("", "v1", "configmaps", "ConfigMap", true, false);
  public static final Resource SECRETS = new Resource("", "v1", "secrets", "Secret", true, false);
  public static final Resource LEASES =
      new Resource("coordination.k8s.io", "v1", "leases", "Lease", true, false);
  public static final Resource CANARIES =
      new Resource("flagger.app", "v1beta1", "canaries", "Canary", true, true);
  public static final Resource SERVICES = new Resource("", "v1", "services", "Service", true, true);
  public static final Resource NAMESPACES =
      new Resource("", "v1", "namespaces", "Namespace", false, true);
  public static final Resource CRDS =
      new Resource(
          "apiextensions.k8s.io",
          "v1",
          "customresourcedefinitions",
          "CustomResourceDefinition",
          false,
          true);

  /** The kinds of Keptn's metrics-operator in one of its versions. */
  public static List<Resource> keptn(String version) {
    String group = "metrics.keptn.sh";
    return List.of(
        new Resource(group, version, "keptnmetrics", "KeptnMetric", true, true),
        new Resource(group, version, "analyses", "Analysis", true, true),
        new Resource(group, version, "analysisdefinitions", "AnalysisDefinition", true, true),
        new Resource(group, version, "analysisvaluetemplates", "AnalysisValueTemplate", true, true),
        new Resource(group, version, "keptnmetricsproviders", "KeptnMetricsProvider", true, true));
  }

  /** What a cluster serves unless told otherwise. */
  public static final List<Resource> USUAL =
      List.of(
          ROLLOUTS,
          ANALYSIS_RUNS,
          ANALYSIS_TEMPLATES,
          EXPERIMENTS,
          REPLICA_SETS,
          DEPLOYMENTS,
          SERVICES,
          NAMESPACES,
          CRDS,
          DAEMON_SETS,
          new Resource("", "v1", "pods", "Pod", true, true),
          CONFIG_MAPS,
          SECRETS,
          new Resource("", "v1", "events", "Event", true, false),
          LEASES,
          CANARIES,
          keptn("v1").get(0),
          keptn("v1").get(1),
          keptn("v1").get(2),
          keptn("v1").get(3),
          keptn("v1").get(4));

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Whether a CustomResourceDefinition brought it; Kubernetes' own kinds are treated otherwise. */
  public boolean isCustom() {
    return group.contains(".") && !group.endsWith("k8s.io");
  }

  public String singular() {
    return kind.toLowerCase(java.util.Locale.ROOT);
  }

  /** As messages of the API server name it: {@code rollouts.argoproj.io}. */
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The collection's address. */
  public String path(Optional<String> namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return root + namespace.map(name -> "/namespaces/" + name).orElse("") + "/" + plural;
  }
}
