package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusLogin;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusTenant;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Clients of Prometheus servers. Tokens and passwords are looked up anew for each request. */
final class PrometheusServers implements AutoCloseable {
  private final KeyRing administrator;
  private final InstantSource clock;
  private final OkHttpClient connections = PrometheusClient.connections();

  PrometheusServers(KeyRing administrator, InstantSource clock) {
    this.administrator = administrator;
    this.clock = clock;
  }

  /**
   * A client for a gate; nothing is contacted.
   *
   * @throws RefusedException if the credential is missing or of the wrong kind, or a setting is
   *     none that could be used
   */
  PrometheusClient client(PrometheusSettings server, Optional<Proxy> proxy)
      throws RefusedException {
    try {
      return new PrometheusClient(
          Connections.to(server.address(), connections, proxy),
          server.address(),
          login(server),
          tenant(server),
          clock);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "Prometheus server "
              + server.name()
              + " cannot be used: "
              + e.getMessage()
              + "; an administrator can mend it under Manage Jenkins, System, Canary Gate");
    }
  }

  @Override
  public void close() {
    Connections.close(connections);
  }

  private PrometheusLogin login(PrometheusSettings server) throws RefusedException {
    String id = server.credentialsId();
    if (id.isEmpty()) {
      return PrometheusLogin.NONE;
    }
    Key key = key(id);
    return key.user().isPresent()
        ? PrometheusLogin.basic(key.user().get(), now(id, key.user()))
        : PrometheusLogin.bearer(now(id, key.user()));
  }

  /** The secret at each request; under another name it is another login, for gates that begin. */
  private Supplier<String> now(String id, Optional<String> user) {
    return () -> {
      Key key;
      try {
        key = key(id);
      } catch (RefusedException gone) {
        throw new IllegalStateException(gone.getMessage());
      }
      if (!key.user().equals(user)) {
        throw new IllegalStateException("the credential " + id + " is of another user now");
      }
      return key.text();
    };
  }

  private Key key(String id) throws RefusedException {
    Key key = administrator.find(id);
    if (key.file()) {
      throw new RefusedException(
          "the credential "
              + id
              + " is a secret file; Prometheus takes secret text (a token) or a name with a"
              + " password");
    }
    return key;
  }

  private static Map<String, String> tenant(PrometheusSettings server) {
    if (server.tenantHeader().isEmpty()) {
      return server.tenant().isEmpty()
          ? PrometheusTenant.NONE
          : PrometheusTenant.of(server.tenant());
    }
    return PrometheusTenant.of(server.tenantHeader(), server.tenant());
  }
}
