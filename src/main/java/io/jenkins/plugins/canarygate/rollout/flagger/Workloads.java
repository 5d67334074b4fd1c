package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.kube.ResourceKind;

/** The kinds of target that a gate can judge (rule FL1). */
final class Workloads {
  private static final ResourceKind DEPLOYMENTS =
      new ResourceKind("apps", "v1", "Deployment", "deployments", "Kubernetes");
  private static final ResourceKind DAEMON_SETS =
      new ResourceKind("apps", "v1", "DaemonSet", "daemonsets", "Kubernetes");

  private Workloads() {}

  /** The kind of a Canary's target, which must be {@link CanaryView#gateable}. */
  static ResourceKind of(CanaryView canary) {
    return canary.targetKind().equals("DaemonSet") ? DAEMON_SETS : DEPLOYMENTS;
  }
}
