package io.jenkins.plugins.canarygate.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the gate server answers about named checks, and to whom. */
final class ServeCheckOptions {
  @Option(
      names = "--checks",
      paramLabel = "FILE",
      description =
          "The named checks that Argo's web provider and Flagger's prometheus provider can ask for."
              + " Read again when it changes. Otherwise there are none.")
  private Path checks;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "The tokens that may ask for them, by their hashes; one a line: SHA-256 in hex,"
              + " namespaces, checks. Read again when it changes. Otherwise every question is"
              + " refused.")
  private Path tokens;

  @Option(
      names = "--checks-namespace",
      paramLabel = "NAME",
      description =
          "Where replicas agree by Leases which of them measures. Otherwise the namespace of the"
              + " kubeconfig's context, or of the pod this runs in.")
  private String namespace;

  @Mixin private EvidenceOptions evidence = new EvidenceOptions();

  Optional<Path> checks() {
    return Optional.ofNullable(checks);
  }

  Optional<Path> tokens() {
    return Optional.ofNullable(tokens);
  }

  Optional<String> namespace() {
    return Optional.ofNullable(namespace);
  }

  EvidenceOptions evidence() {
    return evidence;
  }
}
