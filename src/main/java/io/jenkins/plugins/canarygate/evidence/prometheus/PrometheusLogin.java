package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a server is told who asks. Token and password are looked up at each use, so that those that
 * were rotated are picked up.
 */
public final class PrometheusLogin {
  /** Nobody is named. */
  public static final PrometheusLogin NONE = new PrometheusLogin(Optional.empty(), null);

  private static final String HIDDEN = "***";

  private final Optional<String> user;
  private final Supplier<String> secret;

  private PrometheusLogin(Optional<String> user, Supplier<String> secret) {
    this.user = user;
    this.secret = secret;
  }

  /** By a bearer token. */
  public static PrometheusLogin bearer(Supplier<String> token) {
    return new PrometheusLogin(Optional.empty(), token);
  }

  /**
   * By name and password.
   *
   * @throws IllegalArgumentException if no header could carry the name
   */
  public static PrometheusLogin basic(String user, Supplier<String> password) {
    if (user.isEmpty()
        || user.indexOf(':') >= 0
        || user.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the user name must be one line, not empty, and without a colon");
    }
    return new PrometheusLogin(Optional.of(user), password);
  }

  boolean hasSecret() {
    return secret != null;
  }

  /** What goes out with one request, and what must not come back out of its answer. */
  record Shown(Optional<String> header, String plain) {

    /** A text that another wrote, without the secret in any form that was sent. */
    String hide(String text) {
      if (header.isEmpty()) {
        return text;
      }
      String sent = header.get().substring(header.get().indexOf(' ') + 1);
      return text.replace(sent, HIDDEN).replace(plain, HIDDEN);
    }

    @Override
    public String toString() {
      return "Shown[not shown]";
    }
  }

  Shown now() throws PrometheusException {
    if (secret == null) {
      return new Shown(Optional.empty(), "");
    }
    String what = user.isPresent() ? "password" : "token";
    String read;
    try {
      read = secret.get();
    } catch (RuntimeException e) {
      throw new PrometheusException(
          Kind.NO_SECRET,
          "the "
              + what
              + " for Prometheus could not be read ("
              + e.getClass().getSimpleName()
              + "); look where it is kept");
    }
    String plain = read == null ? "" : read.strip();
    if (plain.isEmpty()) {
      throw new PrometheusException(
          Kind.NO_SECRET, "the " + what + " for Prometheus is empty; look where it is kept");
    }
    if (user.isPresent()) {
      byte[] both = (user.get() + ":" + plain).getBytes(StandardCharsets.UTF_8);
      return new Shown(Optional.of("Basic " + Base64.getEncoder().encodeToString(both)), plain);
    }
    // Checked here because an HTTP client would quote a bad one.
    if (!plain.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new PrometheusException(
          Kind.NO_SECRET,
          "the token for Prometheus holds a space, a line break or a character that no token has;"
              + " store it again");
    }
    return new Shown(Optional.of("Bearer " + plain), plain);
  }

  @Override
  public String toString() {
    return "PrometheusLogin[not shown]";
  }
}
