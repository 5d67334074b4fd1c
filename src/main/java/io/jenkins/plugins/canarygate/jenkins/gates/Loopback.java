package io.jenkins.plugins.canarygate.jenkins.gates;

import java.net.URI;
import java.util.regex.Pattern;

/** Addresses that never leave this machine, so that plain HTTP betrays nothing to anybody. */
public final class Loopback {
  // Whole, since 127.0.0.1.example.com is a name that anybody may own.
  private static final Pattern HOST = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  private Loopback() {}

  /** Whether it is plain HTTP to this machine. */
  public static boolean plain(URI address) {
    return "http".equals(address.getScheme())
        && address.getHost() != null
        && HOST.matcher(address.getHost()).matches();
  }
}
