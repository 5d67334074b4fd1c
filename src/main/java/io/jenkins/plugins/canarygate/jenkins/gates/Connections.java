package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.net.InetSocketAddress;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** Connections to sources of evidence, through Jenkins' proxy where it has one. */
final class Connections {
  private Connections() {}

  /**
   * The same connections on the way to an address. This machine itself is never reached through a
   * proxy: a secret may go there unencrypted.
   */
  static OkHttpClient to(String address, OkHttpClient connections, Optional<Proxy> proxy) {
    HttpUrl url = HttpUrl.parse(address);
    Optional<Proxy> through =
        proxy.filter(p -> url != null && !Loopback.plain(url.uri()) && p.covers(url.host()));
    if (through.isEmpty()) {
      return connections.newBuilder().proxy(java.net.Proxy.NO_PROXY).build();
    }
    Proxy by = through.get();
    return connections
        .newBuilder()
        .proxy(
            new java.net.Proxy(
                java.net.Proxy.Type.HTTP, InetSocketAddress.createUnresolved(by.host(), by.port())))
        .proxyAuthenticator(
            (route, response) ->
                by.user().isEmpty() || response.request().header("Proxy-Authorization") != null
                    ? null
                    : response
                        .request()
                        .newBuilder()
                        .header(
                            "Proxy-Authorization",
                            Credentials.basic(by.user().get(), by.password().orElse("")))
                        .build())
        .build();
  }

  /** Ends them, so that they keep no thread. */
  static void close(OkHttpClient connections) {
    connections.dispatcher().executorService().shutdown();
    connections.connectionPool().evictAll();
  }
}
