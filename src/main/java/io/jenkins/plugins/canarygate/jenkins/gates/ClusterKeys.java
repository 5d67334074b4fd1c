package io.jenkins.plugins.canarygate.jenkins.gates;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing.Key;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out how a cluster is reached, anew at each call. */
@SuppressFBWarnings(
    value = "DMI_HARDCODED_ABSOLUTE_FILENAME",
    justification = "where a pod finds its service account is Kubernetes' own word")
final class ClusterKeys {
  /** Where a pod finds its service account, by Kubernetes' own word. */
  static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private final KeyRing administrator;
  private final Path serviceAccount;

  ClusterKeys(KeyRing administrator) {
    this(administrator, SERVICE_ACCOUNT);
  }

  ClusterKeys(KeyRing administrator, Path serviceAccount) {
    this.administrator = administrator;
    this.serviceAccount = serviceAccount;
  }

  /**
   * A credential of a build's own.
   *
   * @param keys finds it
   * @param credentialsId its id
   */
  record Own(KeyRing keys, String credentialsId) {}

  /**
   * How the cluster is reached. With a credential of the build's own only the key is another: the
   * address stays the administrator's.
   *
   * @throws RefusedException if a credential is missing or of the wrong kind
   */
  Endpoint endpoint(ClusterSettings cluster, Optional<Own> own) throws RefusedException {
    Endpoint administrators =
        own.isPresent() && !cluster.server().isEmpty()
            ? plain(cluster, Optional.empty())
            : administrators(cluster);
    return (own.isPresent() ? withKey(administrators, own.get()) : administrators)
        .verified(cluster.name());
  }

  private Endpoint administrators(ClusterSettings cluster) throws RefusedException {
    if (cluster.serviceAccount()) {
      return pod(cluster);
    }
    if (cluster.credentialsId().isEmpty()) {
      throw new RefusedException(
          "cluster "
              + cluster.name()
              + " has no credential; an administrator can choose one under Manage Jenkins");
    }
    Key key = noLogin(administrator.find(cluster.credentialsId()), cluster.credentialsId());
    if (!key.file()) {
      return plain(cluster, Optional.of(key.text().strip()));
    }
    Endpoint read = Kubeconfig.read(key.text(), "the credential " + cluster.credentialsId());
    return new Endpoint(
        cluster.server().isEmpty() ? read.server() : cluster.server(),
        certificate(cluster).or(read::certificate),
        read.token(),
        read.clientCertificate(),
        read.clientKey());
  }

  private static Endpoint plain(ClusterSettings cluster, Optional<String> token)
      throws RefusedException {
    if (cluster.server().isEmpty()) {
      throw new RefusedException(
          "cluster "
              + cluster.name()
              + " has neither a server nor a kubeconfig; an administrator can give one under Manage"
              + " Jenkins");
    }
    return new Endpoint(
        cluster.server(), certificate(cluster), token, Optional.empty(), Optional.empty());
  }

  private static Key noLogin(Key key, String id) throws RefusedException {
    if (key.user().isPresent()) {
      throw new RefusedException(
          "the credential "
              + id
              + " is a name with a password; a cluster takes secret text (a token) or a secret file"
              + " (a kubeconfig)");
    }
    return key;
  }

  private static Optional<String> certificate(ClusterSettings cluster) {
    return Optional.of(cluster.certificate()).filter(pem -> !pem.isBlank());
  }

  private static Endpoint withKey(Endpoint to, Own own) throws RefusedException {
    Key key = noLogin(own.keys().find(own.credentialsId()), own.credentialsId());
    if (!key.file()) {
      return new Endpoint(
          to.server(),
          to.certificate(),
          Optional.of(key.text().strip()),
          Optional.empty(),
          Optional.empty());
    }
    Endpoint read = Kubeconfig.read(key.text(), "the credential " + own.credentialsId());
    return new Endpoint(
        to.server(), to.certificate(), read.token(), read.clientCertificate(), read.clientKey());
  }

  private Endpoint pod(ClusterSettings cluster) throws RefusedException {
    String host = System.getenv("KUBERNETES_SERVICE_HOST");
    String port = System.getenv("KUBERNETES_SERVICE_PORT");
    try {
      String token = Files.readString(serviceAccount.resolve("token")).strip();
      Path ca = serviceAccount.resolve("ca.crt");
      String server =
          cluster.server().isEmpty() && host != null
              ? "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port
              : cluster.server();
      return new Endpoint(
          server,
          Files.exists(ca) ? Optional.of(Files.readString(ca)) : certificate(cluster),
          Optional.of(token),
          Optional.empty(),
          Optional.empty());
    } catch (IOException e) {
      throw new RefusedException(
          "cluster "
              + cluster.name()
              + " is set to the controller's own service account, and this controller runs in no"
              + " pod that has one; an administrator can choose a credential instead");
    }
  }
}
