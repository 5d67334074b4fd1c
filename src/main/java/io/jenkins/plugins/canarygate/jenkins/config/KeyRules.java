package io.jenkins.plugins.canarygate.jenkins.config;

import io.jenkins.plugins.canarygate.jenkins.config.FormRules.Rule;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;

/** Which credential can be used for what. */
final class KeyRules {
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
    return empty(id) ? Rule.doubtful(Messages.KeyRules_none()) : found(id, true, keys);
  }

  /** What is to be said of a Honeycomb key: secret text. */
  static Rule ofHoneycomb(String id, KeyRing keys) {
    return empty(id) ? Rule.doubtful(Messages.KeyRules_none()) : found(id, false, keys);
  }

  /**
   * Whether there is one, of a kind that can be used.
   *
   * @param fileToo whether it may be a secret file
   */
  static Rule found(String id, boolean fileToo, KeyRing keys) {
    try {
      return keys.find(id).file() && !fileToo ? Rule.wrong(Messages.KeyRules_file(id)) : Rule.OK;
    } catch (RefusedException e) {
      return Rule.wrong(e.getMessage());
    }
  }

  private static boolean empty(String id) {
    return id == null || id.isBlank();
  }
}
