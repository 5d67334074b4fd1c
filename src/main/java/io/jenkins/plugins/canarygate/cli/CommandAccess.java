package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombAnswers;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombClient;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombQuota;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Clients with the keys and addresses that the flags and the surroundings give. */
final class CommandAccess implements Access, AutoCloseable {
  private final Supplier<Config> cluster;
  private final HoneycombOptions honeycomb;
  private final Surroundings surroundings;
  private final Secrets secrets;
  private final KubernetesClientFactory clients;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private HoneycombAccount account;

  /** For a gate: the flag first, then the gate file's word for the cluster. */
  CommandAccess(
      CanaryGateCommand command, GateSpec spec, GateOptions options, HoneycombOptions honeycomb) {
    this(
        command.surroundings(),
        command.secrets(),
        honeycomb,
        clients ->
            clients.config(
                options.kubeconfig(), options.context().or(() -> spec.target().cluster())));
  }

  /**
   * @param cluster the configuration of the cluster
   */
  CommandAccess(
      Surroundings surroundings,
      Secrets secrets,
      HoneycombOptions honeycomb,
      Function<KubernetesClientFactory, Config> cluster) {
    this.honeycomb = honeycomb;
    this.surroundings = surroundings;
    this.secrets = secrets;
    this.clients = new KubernetesClientFactory(surroundings, secrets);
    this.cluster = () -> cluster.apply(clients);
  }

  /**
   * {@inheritDoc}
   *
   * @throws Misuse if there is no such cluster
   */
  @Override
  public Cluster cluster() {
    Config config = cluster.get();
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
    OkHttpClient connections = HoneycombClient.connections();
    closing.push(
        () -> {
          connections.dispatcher().executorService().shutdown();
          connections.connectionPool().evictAll();
        });
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
