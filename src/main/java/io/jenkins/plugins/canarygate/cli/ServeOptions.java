package io.jenkins.plugins.canarygate.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the gate server runs. */
final class ServeOptions {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description =
          "Where it listens for probes (/healthz, /readyz), Prometheus (/metrics) and controllers"
              + " with a token, as :8080 or 127.0.0.1:0; port 0 is any that is free. Default:"
              + " ${DEFAULT-VALUE}.")
  private String listen = ":8080";

  @Option(
      names = "--flagger-listen",
      paramLabel = "ADDRESS",
      description =
          "Where it listens for Flagger's webhooks, in plain HTTP: a network policy must let Flagger"
              + " alone reach it. Default: ${DEFAULT-VALUE}.")
  private String flaggerListen = ":8081";

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      split = ",",
      description =
          "Canaries of these namespaces alone; may be given several times. Otherwise the whole"
              + " cluster's.")
  private List<String> namespaces = new ArrayList<>();

  @Mixin private ServeCheckOptions checks = new ServeCheckOptions();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "The certificate, with those that it was issued by, of the port of --listen; PEM. Read"
              + " again when it changes. Otherwise plain HTTP.")
  private Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's private key without a passphrase; PEM.")
  private Path key;

  @Option(
      names = "--caller-rate",
      paramLabel = "N",
      description =
          "How many requests a second the port of --listen takes from one address. Default:"
              + " ${DEFAULT-VALUE}.")
  private int callerRate = 100;

  @Option(
      names = "--flagger-caller-rate",
      paramLabel = "N",
      description =
          "The same for the port of --flagger-listen: one Flagger asks for all its Canaries."
              + " Default: ${DEFAULT-VALUE}.")
  private int flaggerCallerRate = 1000;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      description =
          "How long it goes on answering, no longer ready, after it was told to stop: Kubernetes"
              + " needs a while to send nobody to it any more. Default: ${DEFAULT-VALUE}.")
  private int drainSeconds = 5;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  String listen() {
    return listen;
  }

  String flaggerListen() {
    return flaggerListen;
  }

  ServeCheckOptions checks() {
    return checks;
  }

  List<String> namespaces() {
    return namespaces;
  }

  Optional<Path> certificate() {
    return Optional.ofNullable(certificate);
  }

  Optional<Path> key() {
    return Optional.ofNullable(key);
  }

  int callerRate() {
    return callerRate;
  }

  int flaggerCallerRate() {
    return flaggerCallerRate;
  }

  int drainSeconds() {
    return drainSeconds;
  }

  Optional<Path> kubeconfig() {
    return cluster.kubeconfig();
  }

  Optional<String> context() {
    return cluster.context();
  }
}
