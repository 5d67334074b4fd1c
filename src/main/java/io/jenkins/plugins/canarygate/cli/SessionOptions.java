package io.jenkins.plugins.canarygate.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the state of a gate is kept. */
final class SessionOptions {
  @Option(
      names = "--session",
      paramLabel = "FILE",
      description =
          "Keep the gate's state in this file, and go on from it: the same command started again"
              + " neither begins anew nor acts twice.")
  private Path file;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
