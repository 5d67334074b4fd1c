package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.config.FormRules.Rule;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;

/** Which credential can be used for what. */
final class KeyRules {

  /** What a credential is for. */
  enum Use {
    CLUSTER,
    HONEYCOMB,
    PROMETHEUS;

    private String wrong(String id) {
      return switch (this) {
        case CLUSTER -> Messages.KeyRules_cluster(id);
        case HONEYCOMB -> Messages.KeyRules_honeycomb(id);
        case PROMETHEUS -> Messages.KeyRules_prometheus(id);
      };
    }
  }

  private KeyRules() {}

  /**
   * What is to be said of a cluster's credential: a token or a kubeconfig.
   *
   * @param id its id; empty where none is chosen
   * @param serviceAccount whether the controller's own service account is used in its place
   */
  static Rule ofCluster(String id, boolean serviceAccount, KeyRing keys) {
    if (serviceAccount) {
      return empty(id) ? Rule.OK : Rule.doubtful(Messages.KeyRules_notUsed());
    }
    return empty(id) ? Rule.doubtful(Messages.KeyRules_none()) : found(id, Use.CLUSTER, keys);
  }

  /** What is to be said of a Honeycomb key: secret text. */
  static Rule ofHoneycomb(String id, KeyRing keys) {
    return empty(id) ? Rule.doubtful(Messages.KeyRules_none()) : found(id, Use.HONEYCOMB, keys);
  }

  /** What is to be said of who asks Prometheus: a token, a name with a password, or nobody. */
  static Rule ofPrometheus(String id, KeyRing keys) {
    return empty(id) ? Rule.OK : found(id, Use.PROMETHEUS, keys);
  }

  /** Whether there is one, of a kind that can be used. */
  static Rule found(String id, Use use, KeyRing keys) {
    try {
      Key key = keys.find(id);
      boolean right =
          switch (use) {
            case CLUSTER -> key.user().isEmpty();
            case HONEYCOMB -> !key.file() && key.user().isEmpty();
            case PROMETHEUS -> !key.file();
          };
      return right ? Rule.OK : Rule.wrong(use.wrong(id));
    } catch (RefusedException e) {
      return Rule.wrong(e.getMessage());
    }
  }

  private static boolean empty(String id) {
    return id == null || id.isBlank();
  }
}
