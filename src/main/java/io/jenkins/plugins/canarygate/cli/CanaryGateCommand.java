package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.frontend.Secrets;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself; what it does is its subcommands'. */
@Command(
    name = "canary-gate",
    versionProvider = Version.class,
    description = {
      "Decides whether a freshly deployed canary is promoted or taken back: waits for the rollout to"
          + " reach its gate, gathers evidence about the canary, judges it, promotes or aborts"
          + " exactly the revision that was judged, and shows why.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate plan gate.yaml --set image=registry/shop/checkout:2.0",
      "  canary-gate run gate.yaml --set image=registry/shop/checkout:2.0 --report reports",
      "  canary-gate abort gate.yaml --set image=registry/shop/checkout:2.0 --reason \"errors in EU\"",
      "",
      "\"canary-gate COMMAND --help\" says more. CANARY_GATE_DEBUG=1 shows where an unexpected"
          + " error comes from."
    },
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      PlanCommand.class,
      PromoteCommand.class,
      AbortCommand.class,
      RetryCommand.class,
      CancelCommand.class,
      TaskCommand.class,
      SchemaCommand.class,
      VersionCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
final class CanaryGateCommand implements Runnable {
  private final Surroundings surroundings;
  private final Secrets secrets = new Secrets();
  private final Stopping stopping;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  CanaryGateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.stopping = new Stopping(surroundings);
    // From the start: a key that is also given where it does not belong must not be quoted.
    surroundings.variable("HONEYCOMB_API_KEY").ifPresent(secrets::remember);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Secrets secrets() {
    return secrets;
  }

  Stopping stopping() {
    return stopping;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do, as: canary-gate run GATE");
  }
}
