package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerPart;
import java.util.List;

/** What the gate server consists of, by its flags. */
final class ServeParts {
  private final ServeOptions options;
  private final Surroundings surroundings;

  ServeParts(ServeOptions options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  /**
   * Makes them; nothing is contacted yet.
   *
   * @throws Misuse if a flag or a file that one names is wrong
   */
  List<ServerPart> make(KubernetesClient client, ServerMetrics metrics) {
    return List.of();
  }
}
