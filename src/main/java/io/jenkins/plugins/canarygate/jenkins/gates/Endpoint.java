package io.jenkins.plugins.canarygate.jenkins.gates;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * How a cluster is reached.
 *
 * @param server the API server's address
 * @param certificate the CA certificates of the server, PEM; empty: those that this JVM trusts
 * @param token the bearer token; empty where there is a client certificate
 * @param clientCertificate PEM
 * @param clientKey PEM
 */
record Endpoint(
    String server,
    Optional<String> certificate,
    Optional<String> token,
    Optional<String> clientCertificate,
    Optional<String> clientKey) {

  /**
   * Sees to it that a secret goes nowhere unencrypted.
   *
   * @throws RefusedException if the address is none, or plain HTTP to another machine
   */
  Endpoint verified(String cluster) throws RefusedException {
    URI address;
    try {
      address = new URI(server);
    } catch (URISyntaxException e) {
      throw new RefusedException(
          "the server of cluster " + cluster + " is no address; an administrator can mend it");
    }
    boolean https = "https".equals(address.getScheme());
    if (address.getHost() == null
        || address.getUserInfo() != null
        || !https && !Loopback.plain(address)) {
      throw new RefusedException(
          "the server of cluster "
              + cluster
              + " must be an https address without a user; an administrator can mend it");
    }
    return this;
  }

  /** The same but for the token, which may change while a client lives. */
  Endpoint withoutToken() {
    return new Endpoint(server, certificate, Optional.empty(), clientCertificate, clientKey);
  }

  @Override
  public String toString() {
    return "Endpoint[" + server + "]";
  }
}
