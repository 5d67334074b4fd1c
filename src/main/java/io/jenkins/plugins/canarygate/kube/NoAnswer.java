package io.jenkins.plugins.canarygate.kube;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why no answer came, in words that say what to do. */
final class NoAnswer {
  private NoAnswer() {}

  /** One line without a secret. */
  static String why(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    if (any(causes, UnknownHostException.class) || any(causes, UnresolvedAddressException.class)) {
      return "its name is not known; look at the address in the kubeconfig and at the DNS";
    }
    if (any(causes, CertificateException.class) || any(causes, CertPathBuilderException.class)) {
      return "its certificate is not trusted; give the kubeconfig the certificate-authority-data"
          + " of this cluster, and see whether a proxy answers in its place";
    }
    if (causes.stream()
        .anyMatch(cause -> cause.getClass().getName().startsWith("javax.net.ssl."))) {
      return "it does not speak TLS as it should ("
          + said(causes)
          + "); see whether the address is that of an API server";
    }
    if (causes.stream().anyMatch(cause -> cause.getClass().getSimpleName().contains("Timeout"))) {
      return "it did not come in time; look at the network and at proxies in between";
    }
    // The JDK's client says of a refused connection only that its channel is closed.
    if (any(causes, ConnectException.class) || any(causes, ClosedChannelException.class)) {
      return "the connection was refused or closed; look at the address and port, and whether the"
          + " way there needs a VPN or a proxy";
    }
    return "the connection broke off (" + said(causes) + ")";
  }

  private static boolean any(List<Throwable> causes, Class<? extends Throwable> kind) {
    return causes.stream().anyMatch(kind::isInstance);
  }

  private static List<Throwable> causes(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      if (!(cause instanceof ExecutionException || cause instanceof CompletionException)) {
        causes.add(cause);
      }
    }
    return causes;
  }

  /** The first that says anything. */
  private static String said(List<Throwable> causes) {
    return causes.stream()
        .filter(cause -> cause.getMessage() != null)
        .findFirst()
        .map(cause -> cause.getClass().getSimpleName() + ": " + line(cause.getMessage()))
        .orElseGet(() -> causes.isEmpty() ? "unknown" : causes.get(0).getClass().getSimpleName());
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
