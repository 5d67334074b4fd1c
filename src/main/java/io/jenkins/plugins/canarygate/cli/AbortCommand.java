package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code abort}: takes the revision back by hand. */
@Command(
    name = "abort",
    description = {
      "Takes the gate's revision back by hand, and follows it until the canary gets no traffic.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:aborted, and seen in effect",
      " 1:not honoured, or could not be done; also a crash",
      ExitCodes.C2,
      "12:TIMEOUT: it was not seen in effect in time",
      ExitCodes.C13,
      ExitCodes.C14,
      ExitCodes.C15
    },
    footerHeading = "%nExamples:%n",
    footer =
        "  canary-gate abort gate.yaml --set image=registry/shop/checkout:2.0 --reason \"errors in"
            + " EU\"")
final class AbortCommand extends HandOptions implements Callable<Integer> {
  @Override
  public Integer call() {
    return run(Action.ABORT);
  }
}
