package io.jenkins.plugins.canarygate.server;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a port listens, as {@code :8080}, {@code 127.0.0.1:8080} or {@code [::1]:8080}; port 0 is
 * any that is free.
 *
 * @param host empty for all addresses
 * @param port 0 to 65535
 */
public record ListenAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s/]*):(?<port>\\d{1,5})");
  private static final int HIGHEST = 65_535;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  public static ListenAddress of(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches() || Integer.parseInt(matcher.group("port")) > HIGHEST) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address to listen at; write :8080, 127.0.0.1:8080 or [::1]:8080");
    }
    return new ListenAddress(matcher.group("host"), Integer.parseInt(matcher.group("port")));
  }

  InetSocketAddress socket() {
    return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(bare(), port);
  }

  private String bare() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  ListenAddress bound(int actual) {
    return new ListenAddress(host, actual);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
