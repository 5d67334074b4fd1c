package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.frontend.NamedCheckWiring;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.gate.Moment;
import io.jenkins.plugins.canarygate.gatefile.NamedCheck;
import io.jenkins.plugins.canarygate.host.HostClock;
import io.jenkins.plugins.canarygate.server.ServerMetrics;
import io.jenkins.plugins.canarygate.server.ServerPart;
import io.jenkins.plugins.canarygate.server.StartFaults;
import io.jenkins.plugins.canarygate.server.checks.CheckSources;
import io.jenkins.plugins.canarygate.server.checks.ChecksSetup;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The named checks of the gate server, by its flags. */
final class ServeChecks {
  private final ServeCheckOptions options;
  private final Surroundings surroundings;
  private final Secrets secrets;
  private final Consumer<String> say;

  ServeChecks(
      ServeCheckOptions options, Surroundings surroundings, Secrets secrets, Consumer<String> say) {
    this.options = options;
    this.surroundings = surroundings;
    this.secrets = secrets;
    this.say = say;
  }

  /**
   * Makes them; nothing is contacted yet.
   *
   * @throws Misuse with all that is wrong with the files
   */
  ServerPart make(KubernetesClient client, ServerMetrics metrics) {
    CommandAccess access =
        new CommandAccess(
            surroundings, secrets, options.evidence(), clients -> client.getConfiguration());
    ChecksSetup setup =
        new ChecksSetup(
            options.checks(),
            options.tokens(),
            client,
            options.namespace().or(() -> Optional.ofNullable(client.getNamespace())),
            identity(),
            new Sources(access, new NamedCheckWiring(access, () -> client)),
            clock(),
            say);
    try {
      return setup.open(metrics);
    } catch (StartFaults e) {
      access.close();
      throw new Misuse(e.lines());
    }
  }

  /** The pod's name tells people who it is; the rest that it is not the one before. */
  private String identity() {
    String host = surroundings.variable("HOSTNAME").orElse("canary-gate");
    return host + "_" + UUID.randomUUID();
  }

  private HostClock clock() {
    String boot = UUID.randomUUID().toString();
    return () ->
        new Moment(
            surroundings.clock().instant(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), boot);
  }

  private record Sources(CommandAccess access, NamedCheckWiring wiring) implements CheckSources {
    @Override
    public EvidenceSource source(NamedCheck.Asked asked) {
      return wiring.source(asked);
    }

    @Override
    public void close() {
      access.close();
    }
  }
}
