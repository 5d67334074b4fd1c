package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Through Jenkins' proxy or past it. */
class ConnectionsTest {
  private static final Optional<Proxy> PROXY =
      Optional.of(
          new Proxy(
              "proxy.example", 3128, Optional.empty(), Optional.empty(), List.of("*.internal")));

  private static java.net.Proxy to(String address, Optional<Proxy> proxy) {
    return Connections.to(address, new OkHttpClient(), proxy).proxy();
  }

  @Test
  void whatIsOutsideIsReachedThroughTheProxy() {
    assertThat(to("https://prometheus.example", PROXY).address().toString())
        .contains("proxy.example");
  }

  @Test
  void whatNeedsNoProxyIsReachedDirectly() {
    assertThat(to("https://prometheus.internal", PROXY)).isEqualTo(java.net.Proxy.NO_PROXY);
    assertThat(to("https://prometheus.example", Optional.empty()))
        .isEqualTo(java.net.Proxy.NO_PROXY);
  }

  @Test
  void aSecretForThisMachineDoesNotPassAProxyUnencrypted() {
    assertThat(to("http://127.0.0.1:9090", PROXY)).isEqualTo(java.net.Proxy.NO_PROXY);
    assertThat(to("http://localhost:9090", PROXY)).isEqualTo(java.net.Proxy.NO_PROXY);
  }
}
