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
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** Clients with the keys and addresses that the flags and the surroundings give. */
final class CommandAccess implements Access, AutoCloseable {
  private final Function<KubernetesClientFactory, Config> place;
  private final EvidenceOptions evidence;
  private final Surroundings surroundings;
  private final Secrets secrets;
  private final KubernetesClientFactory clients;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private Cluster cluster;
  private KubernetesClient own;
  private HoneycombAccount account;
  private PrometheusClient prometheus;

  /** For a gate: the flag first, then the gate file's word for the cluster. */
  CommandAccess(
      CanaryGateCommand command, GateSpec spec, GateOptions options, EvidenceOptions evidence) {
    this(
        command.surroundings(),
        command.secrets(),
        evidence,
        clients ->
            clients.config(
                options.kubeconfig(), options.context().or(() -> spec.target().cluster())));
  }

  /**
   * @param place the configuration of the cluster
   */
  CommandAccess(
      Surroundings surroundings,
      Secrets secrets,
      EvidenceOptions evidence,
      Function<KubernetesClientFactory, Config> place) {
    this.place = place;
    this.evidence = evidence;
    this.surroundings = surroundings;
    this.secrets = secrets;
    this.clients = new KubernetesClientFactory(surroundings, secrets);
  }

  /**
   * {@inheritDoc}
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

  /**
   * A client of the cluster that this process runs in, whatever cluster the gate is about.
   *
   * @throws Misuse if it has no access to that
   */
  KubernetesClient ownCluster() {
    if (own == null) {
      own = client(clients.config(Optional.empty(), Optional.empty()));
    }
    return own;
  }

  private Cluster connect() {
    Config config = place.apply(clients);
    return new Cluster(client(config), client(config));
  }

  /**
   * {@inheritDoc} It is one for all that ask.
   *
   * @throws Misuse if there is no key, or the address is none
   */
  @Override
  public synchronized HoneycombAccount honeycomb() {
    if (account == null) {
      account = openAccount();
    }
    return account;
  }

  private HoneycombAccount openAccount() {
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
  public synchronized PrometheusClient prometheus() {
    if (prometheus == null) {
      prometheus =
          evidence
              .prometheus()
              .client(closed(PrometheusClient.connections()), surroundings, secrets);
    }
    return prometheus;
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
