package io.jenkins.plugins.canarygate.evidence;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;

/** What can go wrong on the way to a service and back, and what a person can do about it. */
public enum NetworkTrouble {
  NO_ANSWER_IN_TIME("gave no answer in time"),
  NO_SUCH_NAME("could not be found by name; look at the address and at the DNS"),
  NOT_REACHED("could not be reached; look at the network and its proxies"),
  NOT_TRUSTED("could not be trusted (TLS); look at the certificates and proxies"),
  BROKEN_OFF("broke off before its answer was whole");

  private final String text;

  NetworkTrouble(String text) {
    this.text = text;
  }

  /** What an exchange over HTTP failed of. */
  public static NetworkTrouble of(IOException e) {
    if (e instanceof InterruptedIOException) {
      return NO_ANSWER_IN_TIME;
    }
    if (e instanceof UnknownHostException) {
      return NO_SUCH_NAME;
    }
    if (e instanceof ConnectException) {
      return NOT_REACHED;
    }
    return e.getCause() instanceof GeneralSecurityException ? NOT_TRUSTED : BROKEN_OFF;
  }

  /** Goes on from the name of a service: {@code could not be reached; look at …}. */
  public String text() {
    return text;
  }
}
