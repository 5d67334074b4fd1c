package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code promote}: promotes by hand. */
@Command(
    name = "promote",
    description = {
      "Promotes the gate's revision at its gate point by hand, with the same fence and reading back"
          + " as a verdict would have. Measures nothing.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:promoted, and seen to land",
      " 1:not honoured, or could not be done; also a crash",
      ExitCodes.C2,
      "10:FAIL: taken back by the controller",
      "12:TIMEOUT: the gate point did not come, or it did not land in time",
      ExitCodes.C13,
      ExitCodes.C14,
      ExitCodes.C15
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate promote gate.yaml --set image=registry/shop/checkout:2.0 --reason \"looks good\"",
      "  canary-gate promote gate.yaml --full --reason \"hotfix, seen in staging\""
    })
final class PromoteCommand extends HandOptions implements Callable<Integer> {
  @Option(
      names = "--full",
      description = "Skip all later steps and analyses. No abort works after it. Argo only.")
  private boolean full;

  @Override
  public Integer call() {
    return run(full ? Action.PROMOTE_FULLY : Action.PROMOTE);
  }
}
