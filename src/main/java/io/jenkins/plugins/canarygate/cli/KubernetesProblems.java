package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a cluster's silence or refusal means to a person. */
final class KubernetesProblems {
  private KubernetesProblems() {}

  /** One line: what was wrong, where, and what to do. */
  static String describe(Throwable problem, String server) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause, server);
      if (known.isPresent()) {
        return known.get();
      }
      if (cause.getCause() == cause) {
        break;
      }
    }
    return "the cluster " + server + " could not be asked: " + problem.getClass().getSimpleName();
  }

  private static Optional<String> known(Throwable cause, String server) {
    if (cause instanceof KubernetesClientException refused && refused.getCode() == 401) {
      return Optional.of(
          "the cluster "
              + server
              + " does not accept our credentials (401): the token or certificate has expired or is"
              + " another cluster's; log in again, or name another --context");
    }
    if (cause instanceof KubernetesClientException refused && refused.getCode() == 403) {
      return Optional.of(
          "the cluster " + server + " knows us and lets us do nothing (403); see the rights that"
              + " \"canary-gate plan\" lists");
    }
    if (cause instanceof KubernetesClientException refused && refused.getCode() >= 500) {
      return Optional.of(
          "the cluster " + server + " cannot answer now (" + refused.getCode() + "); try again");
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of(
          "the name of the cluster " + server + " is not known here; see the kubeconfig and the DNS");
    }
    if (cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException) {
      return Optional.of(
          "the cluster "
              + server
              + " did not answer in time; see whether it is up and no firewall or VPN is between");
    }
    if (cause instanceof SSLException) {
      return Optional.of(
          "the certificate of the cluster "
              + server
              + " is not trusted; see certificate-authority in the kubeconfig");
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return Optional.of(
          "the cluster " + server + " cannot be reached; see whether it is up, and the kubeconfig");
    }
    return Optional.empty();
  }
}
