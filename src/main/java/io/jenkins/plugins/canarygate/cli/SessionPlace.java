package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.host.ConfigMapSessionStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the state of a gate is kept; at most one of the two.
 *
 * @param file a file
 * @param configMap a ConfigMap
 * @param owner what the ConfigMap goes away with
 * @param ownCluster whether the ConfigMap is in the cluster that this process runs in, with its
 *     owner, though the gate's rollout is in another
 */
record SessionPlace(
    Optional<Path> file,
    Optional<ConfigMapSessionStore.Name> configMap,
    Optional<ConfigMapSessionStore.Owner> owner,
    boolean ownCluster) {

  /** Nowhere: it ends with the process. */
  static final SessionPlace NONE =
      new SessionPlace(Optional.empty(), Optional.empty(), Optional.empty(), false);

  boolean isNone() {
    return file.isEmpty() && configMap.isEmpty();
  }
}
