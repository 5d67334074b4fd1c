package io.jenkins.plugins.canarygate.jenkins.gates;

import io.jenkins.plugins.canarygate.gatefile.Fragment;
import io.jenkins.plugins.canarygate.gatefile.GateFileException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be taken from a kubeconfig in Jenkins: server, CA data, token, client certificate data.
 * All that would run a command, read a file of the controller, go by another address or trust
 * anybody is refused by name.
 */
final class Kubeconfig {
  private static final List<String> REFUSED_OF_CLUSTERS =
      List.of("certificate-authority", "insecure-skip-tls-verify", "proxy-url");
  private static final List<String> REFUSED_OF_USERS =
      List.of(
          "exec",
          "auth-provider",
          "tokenFile",
          "client-certificate",
          "client-key",
          "username",
          "password");

  private final String name;
  private final Map<?, ?> file;

  private Kubeconfig(String name, Map<?, ?> file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Reads the current context.
   *
   * @param text the kubeconfig
   * @param name what messages call it, as {@code credential prod-kubeconfig}
   * @throws RefusedException if it is none, or holds what is refused; never with any of its content
   */
  static Endpoint read(String text, String name) throws RefusedException {
    Object tree;
    try {
      tree = Fragment.read(text, name);
    } catch (GateFileException e) {
      // What is wrong with it may quote what it holds.
      throw new RefusedException(name + " is no kubeconfig: it is not valid YAML; store it again");
    }
    if (!(tree instanceof Map<?, ?> file)) {
      throw new RefusedException(name + " is no kubeconfig; store one");
    }
    return new Kubeconfig(name, file).endpoint();
  }

  private Endpoint endpoint() throws RefusedException {
    String current =
        text(file, "current-context")
            .orElseThrow(() -> new RefusedException(name + " has no current-context; set one"));
    Map<?, ?> context = entry("contexts", current, "context");
    Map<?, ?> cluster = entry("clusters", text(context, "cluster").orElse(""), "cluster");
    Map<?, ?> user = entry("users", text(context, "user").orElse(""), "user");
    List<String> refused = new ArrayList<>();
    refuse(cluster, REFUSED_OF_CLUSTERS, refused);
    refuse(user, REFUSED_OF_USERS, refused);
    if (!refused.isEmpty()) {
      throw new RefusedException(
          name
              + " holds "
              + String.join(", ", refused)
              + ", which is not used in Jenkins; store one with server,"
              + " certificate-authority-data, and token or client-certificate-data and"
              + " client-key-data alone");
    }
    return new Endpoint(
        text(cluster, "server")
            .orElseThrow(() -> new RefusedException(name + " names no server; store a whole one")),
        decoded(cluster, "certificate-authority-data"),
        text(user, "token"),
        decoded(user, "client-certificate-data"),
        decoded(user, "client-key-data"));
  }

  private Map<?, ?> entry(String list, String wanted, String field) throws RefusedException {
    if (file.get(list) instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map
            && wanted.equals(map.get("name"))
            && map.get(field) instanceof Map<?, ?> value) {
          return value;
        }
      }
    }
    throw new RefusedException(
        name + " has no " + field + " for its current context; store a whole kubeconfig");
  }

  private static void refuse(Map<?, ?> map, List<String> names, List<String> refused) {
    names.stream()
        .filter(field -> map.containsKey(field) && !Boolean.FALSE.equals(map.get(field)))
        .forEach(refused::add);
  }

  private static Optional<String> text(Map<?, ?> map, String field) {
    return map.get(field) instanceof String text && !text.isBlank()
        ? Optional.of(text.strip())
        : Optional.empty();
  }

  private Optional<String> decoded(Map<?, ?> map, String field) throws RefusedException {
    Optional<String> data = text(map, field);
    try {
      return data.map(
          d -> new String(Base64.getMimeDecoder().decode(d), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(name + " has a " + field + " that is not base64; store it again");
    }
  }
}
