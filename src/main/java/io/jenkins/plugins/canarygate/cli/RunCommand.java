package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code run}: the whole job. */
@Command(
    name = "run",
    description = {
      "Waits for the rollout to reach its gate, judges it, promotes or aborts it, and follows it"
          + " until it has landed.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      ExitCodes.C0,
      ExitCodes.C1,
      ExitCodes.C2,
      ExitCodes.C10,
      ExitCodes.C11,
      ExitCodes.C12,
      ExitCodes.C13,
      ExitCodes.C14,
      ExitCodes.C15
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate run gate.yaml --set image=registry/shop/checkout:2.0",
      "  canary-gate run gate.yaml --dry-run --context staging",
      "  canary-gate run gate.yaml --session gate.session --report reports --output json"
    })
final class RunCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions gate;
  @Mixin private SessionOptions session;
  @Mixin private ReportOptions report;
  @Mixin private EvidenceOptions evidence;

  @Option(
      names = "--dry-run",
      description =
          "Everything but what writes: no hold, no marker, no action. Ends at the decision, with"
              + " the exit code as judged.")
  private boolean dryRun;

  @Override
  public Integer call() {
    return new GateRunner(parent, gate, evidence, report)
        .run(session.place(), spec -> dryRun ? spec.with(Mode.DRY_RUN) : spec);
  }
}
