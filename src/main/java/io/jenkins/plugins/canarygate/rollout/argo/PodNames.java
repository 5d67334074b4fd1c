package io.jenkins.plugins.canarygate.rollout.argo;

/** What the names of a ReplicaSet's pods look like (rule M13). */
final class PodNames {
  /** Kubernetes cuts what it generates names from, so that five more characters fit into 63. */
  private static final int LONGEST_BASE = 58;

  private PodNames() {}

  /** A regular expression that RE2 and Java read alike, and that needs no backslash in a string. */
  static String of(String replicaSet) {
    String base = replicaSet + "-";
    String cut = base.length() > LONGEST_BASE ? base.substring(0, LONGEST_BASE) : base;
    return cut.replace(".", "[.]") + "[a-z0-9]{5}";
  }
}
