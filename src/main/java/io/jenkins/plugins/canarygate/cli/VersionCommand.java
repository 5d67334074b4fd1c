package io.jenkins.plugins.canarygate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code version}: says which version this is. */
@Command(
    name = "version",
    description = {"Prints the version of the command and of Java.", ""})
final class VersionCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Override
  public Integer call() {
    parent.surroundings().out().println(Version.line());
    return 0;
  }
}
