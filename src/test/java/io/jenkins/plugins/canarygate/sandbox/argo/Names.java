package io.jenkins.plugins.canarygate.sandbox.argo;

/** The words of Argo Rollouts. */
final class Names {
  static final String HASH = "rollouts-pod-template-hash";
  static final String REVISION = "rollout.argoproj.io/revision";
  static final String DESIRED_REPLICAS = "rollout.argoproj.io/desired-replicas";
  static final String WORKLOAD_GENERATION = "rollout.argoproj.io/workload-generation";
  static final String SCALE_DOWN_DEADLINE = "scale-down-deadline";
  static final String MANAGED_BY = "argo-rollouts.argoproj.io/managed-by-rollouts";

  static final String CANARY_PAUSE = "CanaryPauseStep";
  static final String BLUE_GREEN_PAUSE = "BlueGreenPause";
  static final String INCONCLUSIVE = "InconclusiveAnalysisRun";

  private Names() {}
}
