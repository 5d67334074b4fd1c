package io.jenkins.plugins.canarygate.sandbox.http;

/** What a request asks of a simulated service; faults are laid on these. */
public enum Call {
  // Kubernetes
  VERSION,
  DISCOVERY,
  SSAR,
  GET_ROLLOUT,
  LIST_ROLLOUTS,
  GET_REPLICASET,
  LIST_REPLICASETS,
  GET_ANALYSISRUN,
  LIST_ANALYSISRUNS,
  GET_CANARY,
  LIST_CANARIES,
  /** A Deployment or DaemonSet. */
  GET_WORKLOAD,
  LIST_WORKLOADS,
  GET_LEASE,
  GET_OTHER,
  LIST_OTHER,
  WATCH,
  CREATE,
  PATCH,
  PATCH_STATUS,
  UPDATE,
  UPDATE_STATUS,
  DELETE,
  // Honeycomb
  AUTH,
  CREATE_QUERY,
  CREATE_RESULT,
  GET_RESULT,
  SLO,
  TRIGGER,
  MARKER,
  // The gate server, asked by Flagger
  CONFIRM_ROLLOUT,
  CONFIRM_TRAFFIC_INCREASE,
  CONFIRM_PROMOTION,
  ROLLBACK,
  /** Whatever no other constant names. */
  OTHER
}
