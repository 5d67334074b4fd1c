package io.jenkins.plugins.canarygate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code plan}: verifies everything before traffic shifts. */
@Command(
    name = "plan",
    description = {
      "Verifies everything before traffic shifts: the gate file, the cluster, our rights, keys and"
          + " their rights, each query, the quota that the gate will use. Changes nothing.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:nothing stands in the way, though there may be warnings",
      " 1:there is an ERROR: the gate could not do its work; also a crash",
      " 2:the gate file or the flags are wrong; nothing was contacted"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate plan gate.yaml --set image=registry/shop/checkout:2.0",
      "  canary-gate plan gate.yaml --output json | jq '.findings[] | select(.level != \"OK\")'"
    })
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions options;
  @Mixin private EvidenceOptions evidence;
  @Mixin private SessionOptions session;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      description = "text: a line for each finding, and what to do. json: one document.")
  private ReportOptions.Output output = ReportOptions.Output.text;

  @Override
  public Integer call() {
    Planning planning = new Planning(parent, options, evidence, session.place());
    Findings found = planning.findings();
    if (output == ReportOptions.Output.json) {
      parent.surroundings().out().print(found.json());
    } else {
      planning.say(found);
    }
    return found.hasErrors() ? Failure.EXIT_CODE : 0;
  }
}
