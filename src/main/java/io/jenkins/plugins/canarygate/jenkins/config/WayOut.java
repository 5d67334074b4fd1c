package io.jenkins.plugins.canarygate.jenkins.config;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import java.util.Optional;

/** Jenkins' own proxy, for clients that do not ask Jenkins by themselves. */
final class WayOut {
  private WayOut() {}

  /**
   * The proxy that an administrator has set.
   *
   * @param proxy Jenkins' settings; null where there are none
   */
  static Optional<Proxy> of(ProxyConfiguration proxy) {
    if (proxy == null) {
      return Optional.empty();
    }
    Secret password = proxy.getSecretPassword();
    return of(
        proxy.getName(),
        proxy.getPort(),
        proxy.getUserName(),
        password == null ? null : password.getPlainText(),
        proxy.getNoProxyHost());
  }

  static Optional<Proxy> of(
      String host, int port, String user, String password, String noProxyHost) {
    if (host == null || host.isBlank()) {
      return Optional.empty();
    }
    Optional<String> who = Optional.ofNullable(user).filter(name -> !name.isBlank());
    return Optional.of(
        new Proxy(
            host.strip(),
            port,
            who,
            who.flatMap(name -> Optional.ofNullable(password)),
            Lines.hosts(noProxyHost)));
  }
}
