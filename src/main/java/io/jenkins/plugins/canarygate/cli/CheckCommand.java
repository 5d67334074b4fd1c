package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code check}: measures and judges. */
@Command(
    name = "check",
    description = {
      "Measures and judges now. Waits for no rollout and touches none; needs a cluster only if one"
          + " of the checks does.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:PASS or WARN",
      " 1:ERROR: no judgement; also a crash",
      ExitCodes.C2,
      "10:FAIL: judged bad",
      ExitCodes.C11,
      "12:TIMEOUT: the evidence did not come in time",
      ExitCodes.C14
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate check gate.yaml --set image=registry/shop/checkout:2.0",
      "  canary-gate check gate.yaml --output json | jq '.checks[] | {name, verdict, line}'"
    })
final class CheckCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions gate;
  @Mixin private SessionOptions session;
  @Mixin private ReportOptions report;
  @Mixin private EvidenceOptions evidence;

  @Override
  public Integer call() {
    return new GateRunner(parent, gate, evidence, report)
        .run(session.place(), spec -> spec.with(Mode.CHECK));
  }
}
