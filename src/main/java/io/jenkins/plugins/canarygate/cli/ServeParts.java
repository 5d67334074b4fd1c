package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerPart;
import io.jenkins.plugins.canarygate.server.flagger.FlaggerHooks;
import java.util.List;
import java.util.function.Consumer;

/** What the gate server consists of, by its flags. */
final class ServeParts {
  private final ServeOptions options;
  private final Surroundings surroundings;
  private final Secrets secrets;
  private final Consumer<String> say;

  /**
   * @param say takes a line for whoever runs the server
   */
  ServeParts(
      ServeOptions options, Surroundings surroundings, Secrets secrets, Consumer<String> say) {
    this.options = options;
    this.surroundings = surroundings;
    this.secrets = secrets;
    this.say = say;
  }

  /**
   * Makes them; nothing is contacted yet.
   *
   * @throws Misuse if a flag or a file that one names is wrong
   */
  List<ServerPart> make(KubernetesClient client, ServerMetrics metrics) {
    ServerPart checks =
        new ServeChecks(options.checks(), surroundings, secrets, say).make(client, metrics);
    return List.of(
        new FlaggerHooks(client, options.namespaces(), metrics, surroundings.clock(), say), checks);
  }
}
