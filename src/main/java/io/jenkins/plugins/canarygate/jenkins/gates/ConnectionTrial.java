package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombGate;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombPreflight;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusGate;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusPreflight;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** "Test connection": what a gate would find, before there is one. Blocks; changes nothing. */
final class ConnectionTrial {
  private final ClusterClients clusters;
  private final HoneycombAccounts honeycombs;
  private final PrometheusServers prometheusServers;
  private final Supplier<Settings> settings;
  private final Secrets secrets;
  private final InstantSource clock;

  ConnectionTrial(
      ClusterClients clusters,
      HoneycombAccounts honeycombs,
      PrometheusServers prometheusServers,
      Supplier<Settings> settings,
      Secrets secrets,
      InstantSource clock) {
    this.clusters = clusters;
    this.honeycombs = honeycombs;
    this.prometheusServers = prometheusServers;
    this.settings = settings;
    this.secrets = secrets;
    this.clock = clock;
  }

  List<Finding> cluster(ClusterSettings cluster, String namespace) {
    Access.Cluster clients;
    try {
      clients = clusters.unshared(cluster, settings.get().proxy());
    } catch (RefusedException e) {
      return refused("cluster " + cluster.name(), e);
    }
    try {
      return hidden(new ClusterTrial(clients.client()).look(namespace));
    } finally {
      clients.client().close();
      clients.urgent().close();
    }
  }

  List<Finding> honeycomb(HoneycombSettings environment) {
    HoneycombAccount account;
    try {
      account = honeycombs.account(environment, Optional.empty(), settings.get().proxy());
    } catch (RefusedException e) {
      return refused("honeycomb " + environment.name(), e);
    }
    HoneycombGate nothing = new HoneycombGate(Map.of(), Map.of(), Map.of(), Map.of());
    return hidden(
        new HoneycombPreflight(account.client(), nothing, false, environment.resultsPerMinute())
            .look(Map.of(), clock.instant(), Duration.ofMinutes(1)));
  }

  List<Finding> prometheus(PrometheusSettings server) {
    PrometheusClient client;
    try {
      client = prometheusServers.client(server, settings.get().proxy());
    } catch (RefusedException e) {
      return refused("prometheus " + server.name(), e);
    }
    PrometheusGate nothing = new PrometheusGate(Map.of(), Map.of(), Map.of());
    return hidden(new PrometheusPreflight(client, nothing).look(Map.of(), clock.instant()));
  }

  private static List<Finding> refused(String subject, RefusedException why) {
    return List.of(Finding.error(subject, why.getMessage(), "mend it and try again"));
  }

  private List<Finding> hidden(List<Finding> findings) {
    return findings.stream()
        .map(
            f ->
                new Finding(
                    f.level(),
                    secrets.scrub(f.subject()),
                    secrets.scrub(f.message()),
                    f.remedy().map(secrets::scrub)))
        .toList();
  }
}
