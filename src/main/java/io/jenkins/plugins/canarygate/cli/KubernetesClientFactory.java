package io.jenkins.plugins.canarygate.cli;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.frontend.Secrets;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Clients for the cluster that the flags and the surroundings name. Only the command does this. */
final class KubernetesClientFactory {
  static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final int CONNECT_MILLIS = 5_000;
  private static final int REQUEST_MILLIS = 10_000;

  private final Surroundings surroundings;
  private final Secrets secrets;
  private final Path serviceAccount;

  KubernetesClientFactory(Surroundings surroundings, Secrets secrets) {
    this(surroundings, secrets, SERVICE_ACCOUNT);
  }

  KubernetesClientFactory(Surroundings surroundings, Secrets secrets, Path serviceAccount) {
    this.surroundings = surroundings;
    this.secrets = secrets;
    this.serviceAccount = serviceAccount;
  }

  /**
   * The configuration.
   *
   * @param context the context asked for, by flag or by the gate file; empty: the current one
   * @throws Misuse if there is none, or none of that name; the message says what there is
   */
  Config config(Optional<Path> kubeconfig, Optional<String> context) {
    Config config = read(kubeconfig, context);
    // What is worth trying again is the gate's to know; here it would only cost time.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    config.setUserAgent("canary-gate/" + Version.number().replace(' ', '-'));
    Optional.ofNullable(config.getOauthToken()).ifPresent(secrets::remember);
    Optional.ofNullable(config.getAutoOAuthToken()).ifPresent(secrets::remember);
    Optional.ofNullable(config.getPassword()).ifPresent(secrets::remember);
    return config;
  }

  /** A client with connections and a few threads of its own. */
  KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new FewThreadsHttp())
        .build();
  }

  private Config read(Optional<Path> kubeconfig, Optional<String> context) {
    List<Path> files = files(kubeconfig);
    if (files.isEmpty()) {
      return inPod(context);
    }
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new Misuse(
            "the kubeconfig " + file + " cannot be read; name one with --kubeconfig or KUBECONFIG");
      }
    }
    Config config = parse(files, context.orElse(null));
    if (context.isPresent() && !names(config).contains(context.get())) {
      throw new Misuse(
          "the kubeconfig has no context called "
              + context.get()
              + "; it has "
              + (names(config).isEmpty() ? "none" : String.join(", ", names(config)))
              + "; name one of them, or another kubeconfig");
    }
    if (names(config).isEmpty()) {
      throw new Misuse(
          "the kubeconfig "
              + shown(files)
              + " holds no context, so it is none; name another with --kubeconfig or KUBECONFIG");
    }
    if (config.getCurrentContext() == null) {
      throw new Misuse(
          "the kubeconfig has no current context; name one with --context: "
              + String.join(", ", names(config)));
    }
    return config;
  }

  private static Config parse(List<Path> files, String context) {
    try {
      return files.size() == 1
          ? Config.fromKubeconfig(context, files.get(0).toFile())
          // Several are merged as kubectl merges them, from the same variable.
          : Config.autoConfigure(context);
    } catch (RuntimeException e) {
      // Which one it throws is its YAML parser's secret; the message may quote a credential.
      throw new Misuse(
          "the kubeconfig "
              + shown(files)
              + " is none: it is not valid YAML, or its form is unknown; name another with"
              + " --kubeconfig or KUBECONFIG");
    }
  }

  private static String shown(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private List<Path> files(Optional<Path> flag) {
    if (flag.isPresent()) {
      return List.of(flag.get());
    }
    Optional<String> variable = surroundings.variable("KUBECONFIG");
    if (variable.isPresent()) {
      List<Path> named =
          Arrays.stream(variable.get().split(File.pathSeparator))
              .filter(part -> !part.isBlank())
              .map(Path::of)
              .toList();
      List<Path> there = named.stream().filter(Files::exists).toList();
      // As kubectl: of several, those that are missing are passed over.
      return there.isEmpty() ? named.subList(0, 1) : there;
    }
    Path usual = surroundings.home().resolve(".kube").resolve("config");
    return Files.exists(usual) ? List.of(usual) : List.of();
  }

  private Config inPod(Optional<String> context) {
    if (!Files.exists(serviceAccount)
        || surroundings.variable("KUBERNETES_SERVICE_HOST").isEmpty()) {
      throw new Misuse(
          "there is no cluster to talk to: no --kubeconfig, no KUBECONFIG, no ~/.kube/config, and"
              + " this is no pod with a service account; name a kubeconfig with --kubeconfig");
    }
    if (context.isPresent()) {
      throw new Misuse(
          "the context "
              + context.get()
              + " needs a kubeconfig, and there is none; a pod's service account has no contexts");
    }
    return Config.autoConfigure(null);
  }

  private static List<String> names(Config config) {
    return config.getContexts() == null
        ? List.of()
        : config.getContexts().stream().map(NamedContext::getName).sorted().toList();
  }
}
