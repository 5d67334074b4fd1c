package io.jenkins.plugins.canarygate.jenkins.gates;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.host.NamedThreads;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Clients for clusters, shared by all gates that reach one in the same way, for as long as one of
 * them does. A token is looked up anew for each request; gates that begin after a client
 * certificate, an address or the proxy was changed get another client.
 */
final class ClusterClients implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 10_000;

  private final ClusterKeys keys;
  private final Map<Way, Shared> shared = new HashMap<>();

  ClusterClients(ClusterKeys keys) {
    this.keys = keys;
  }

  /** All that makes one client another. A build's own credential is its own way. */
  private record Way(
      String cluster, Endpoint endpoint, String credential, String build, Optional<Proxy> proxy) {}

  private static final class Shared {
    final Access.Cluster clients;
    int users;

    Shared(Access.Cluster clients) {
      this.clients = clients;
    }
  }

  /** A cluster's clients in the hands of one gate, until it is closed. */
  interface Lease extends AutoCloseable {
    Access.Cluster clients();

    @Override
    void close();
  }

  /**
   * Clients for a gate; nothing is contacted.
   *
   * @param build whose gate it is, where it brings a credential of its own
   * @throws RefusedException if a credential is missing or of the wrong kind
   */
  Lease lease(
      ClusterSettings cluster, Optional<ClusterKeys.Own> own, String build, Optional<Proxy> proxy)
      throws RefusedException {
    Endpoint endpoint = keys.endpoint(cluster, own);
    Optional<Proxy> through = proxy.filter(p -> p.covers(URI.create(endpoint.server()).getHost()));
    Way way =
        new Way(
            cluster.name(),
            endpoint.withoutToken(),
            own.map(ClusterKeys.Own::credentialsId).orElse(cluster.credentialsId()),
            own.isPresent() ? build : "",
            through);
    synchronized (shared) {
      Shared there = shared.computeIfAbsent(way, none -> make(cluster, own, endpoint, through));
      there.users++;
      return new OneLease(way, there);
    }
  }

  /** Clients that are not shared, for a look at a cluster that no gate need have. */
  Access.Cluster unshared(ClusterSettings cluster, Optional<Proxy> proxy) throws RefusedException {
    Endpoint endpoint = keys.endpoint(cluster, Optional.empty());
    return make(
            cluster,
            Optional.empty(),
            endpoint,
            proxy.filter(p -> p.covers(URI.create(endpoint.server()).getHost())))
        .clients;
  }

  @Override
  public void close() {
    synchronized (shared) {
      shared.values().forEach(ClusterClients::close);
      shared.clear();
    }
  }

  private Shared make(
      ClusterSettings cluster,
      Optional<ClusterKeys.Own> own,
      Endpoint endpoint,
      Optional<Proxy> proxy) {
    return new Shared(
        new Access.Cluster(
            client(cluster, own, endpoint, proxy), client(cluster, own, endpoint, proxy)));
  }

  private KubernetesClient client(
      ClusterSettings cluster,
      Optional<ClusterKeys.Own> own,
      Endpoint endpoint,
      Optional<Proxy> proxy) {
    // Never from the surroundings: a kubeconfig that lies around could run a command.
    Config config = Config.empty();
    config.setMasterUrl(endpoint.server());
    endpoint.certificate().map(ClusterClients::base64).ifPresent(config::setCaCertData);
    endpoint.clientCertificate().map(ClusterClients::base64).ifPresent(config::setClientCertData);
    endpoint.clientKey().map(ClusterClients::base64).ifPresent(config::setClientKeyData);
    if (endpoint.token().isPresent()) {
      config.setOauthTokenProvider(() -> token(cluster, own));
    }
    proxy.ifPresent(through -> go(config, through));
    // What is worth trying again is the gate's to know.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setUserAgent("canary-gate-jenkins");
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new NoRedirects())
        .build();
  }

  private String token(ClusterSettings cluster, Optional<ClusterKeys.Own> own) {
    try {
      return keys.endpoint(cluster, own).token().orElse("");
    } catch (RefusedException gone) {
      // The server answers 401, which says of the gate what there is to say.
      return "";
    }
  }

  private static void go(Config config, Proxy through) {
    String address = "http://" + through.host() + ":" + through.port();
    config.setHttpsProxy(address);
    config.setHttpProxy(address);
    through.user().ifPresent(config::setProxyUsername);
    through.password().ifPresent(config::setProxyPassword);
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private static void close(Shared all) {
    all.clients.client().close();
    all.clients.urgent().close();
  }

  /** Few threads; and a redirect would take the token to whatever address it names. */
  private static final class NoRedirects extends OkHttpClientFactory {
    /** Threads that are idle for longer than this are given back. */
    private static final int IDLE_SECONDS = 5;

    @Override
    protected Dispatcher initDispatcher() {
      Dispatcher dispatcher =
          new Dispatcher(
              new ThreadPoolExecutor(
                  0,
                  Integer.MAX_VALUE,
                  IDLE_SECONDS,
                  TimeUnit.SECONDS,
                  new SynchronousQueue<>(),
                  new NamedThreads("canary-gate-http")));
      // Each open watch keeps a place; how many calls there are is bounded by who makes them.
      dispatcher.setMaxRequests(Integer.MAX_VALUE);
      dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
      return dispatcher;
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
      builder.followRedirects(false).followSslRedirects(false);
    }
  }

  private final class OneLease implements Lease {
    private final Way way;
    private final Shared there;
    private boolean closed;

    OneLease(Way way, Shared there) {
      this.way = way;
      this.there = there;
    }

    @Override
    public Access.Cluster clients() {
      return there.clients;
    }

    @Override
    public void close() {
      synchronized (shared) {
        if (closed) {
          return;
        }
        closed = true;
        there.users--;
        if (there.users > 0 || !shared.remove(way, there)) {
          return;
        }
      }
      ClusterClients.close(there);
    }
  }
}
