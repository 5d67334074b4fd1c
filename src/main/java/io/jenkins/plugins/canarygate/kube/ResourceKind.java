package io.jenkins.plugins.canarygate.kube;

/**
 * A kind of object that a controller brings, as the API server's addresses name it.
 *
 * @param group as {@code argoproj.io}
 * @param version as {@code v1alpha1}
 * @param kind as {@code Rollout}
 * @param plural as {@code rollouts}
 * @param product what is installed where it is served, as {@code Argo Rollouts}
 */
public record ResourceKind(
    String group, String version, String kind, String plural, String product) {

  /** As RBAC names it: {@code rollouts.argoproj.io}. */
  public String resource() {
    return plural + "." + group;
  }

  /** With its version: {@code rollouts.argoproj.io/v1alpha1}. */
  public String versioned() {
    return resource() + "/" + version;
  }

  /** Where the API server lists what it serves of the group: {@code /apis/argoproj.io/v1alpha1}. */
  public String groupPath() {
    return "/apis/" + group + "/" + version;
  }

  /** Where the objects of a namespace are. */
  public String path(String namespace) {
    return groupPath() + "/namespaces/" + KubeApi.encode(namespace) + "/" + plural;
  }

  /** Where one object is. */
  public String path(String namespace, String name) {
    return path(namespace) + "/" + KubeApi.encode(name);
  }
}
