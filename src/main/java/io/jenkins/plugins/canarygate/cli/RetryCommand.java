package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code retry}: clears an abort by hand (rule A7). */
@Command(
    name = "retry",
    description = {
      "Clears the abort of the gate's revision, so that the controller tries it again. Refuses"
          + " unless it is aborted; starts no gate: run one after it.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:the abort was cleared",
      " 1:it was not aborted, or clearing could not be done; also a crash",
      ExitCodes.C2,
      ExitCodes.C13,
      ExitCodes.C14
    },
    footerHeading = "%nExamples:%n",
    footer =
        "  canary-gate retry gate.yaml --set image=registry/shop/checkout:2.0 --reason \"database"
            + " is back\"")
final class RetryCommand extends HandOptions implements Callable<Integer> {
  @Override
  public Integer call() {
    return run(Action.RETRY);
  }
}
