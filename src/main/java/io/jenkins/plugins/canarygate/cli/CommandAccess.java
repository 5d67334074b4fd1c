package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Clients with the keys and addresses that the flags and the surroundings give. */
final class CommandAccess implements Access, AutoCloseable {
  private final GateSpec spec;
  private final GateOptions options;
  private final EvidenceOptions evidence;
  private final Surroundings surroundings;
  private final Secrets secrets;
  private final KubernetesClientFactory clients;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private Cluster cluster;

  CommandAccess(
      CanaryGateCommand command, GateSpec spec, GateOptions options, EvidenceOptions evidence) {
    this.spec = spec;
    this.options = options;
    this.evidence = evidence;
    this.surroundings = command.surroundings();
    this.secrets = command.secrets();
    this.clients = new KubernetesClientFactory(surroundings, secrets);
  }

  /**
   * {@inheritDoc} The flag first, then the gate file's word for the cluster.
   *
   * @throws Misuse if there is no such cluster
   */
  @Override
  public Cluster cluster() {
    if (cluster == null) {
      cluster = connect();
    }
    return cluster;
  }

  private Cluster connect() {
    Optional<String> context = options.context().or(() -> spec.target().cluster());
    Config config = clients.config(options.kubeconfig(), context);
    return new Cluster(client(config), client(config));
  }

  /**
   * {@inheritDoc}
   *
   * @throws Misuse if there is no key, or the address is none
   */
  @Override
  public HoneycombAccount honeycomb() {
    OkHttpClient connections = closed(HoneycombClient.connections());
    HoneycombOptions honeycomb = evidence.honeycomb();
    try {
      return new HoneycombAccount(
          new HoneycombClient(
              connections,
              honeycomb.address(surroundings),
              honeycomb.key(surroundings, secrets),
              surroundings.clock()),
          new HoneycombQuota(honeycomb.resultsPerMinute()),
          new HoneycombAnswers(),
          "--honeycomb-results-per-minute");
    } catch (IllegalArgumentException e) {
      throw new Misuse("HONEYCOMB_API_URL: " + e.getMessage());
    }
  }

  /**
   * {@inheritDoc} The only one there is, whatever the gate file calls it.
   *
   * @throws Misuse if there is no address, or what is given does not go together
   */
  @Override
  public PrometheusClient prometheus() {
    return evidence
        .prometheus()
        .client(closed(PrometheusClient.connections()), surroundings, secrets);
  }

  private OkHttpClient closed(OkHttpClient connections) {
    closing.push(
        () -> {
          connections.dispatcher().executorService().shutdown();
          connections.connectionPool().evictAll();
        });
    return connections;
  }

  /** Closes what was made, the last first. */
  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }

  private KubernetesClient client(Config config) {
    KubernetesClient client = clients.client(config);
    closing.push(client::close);
    return client;
  }
}
