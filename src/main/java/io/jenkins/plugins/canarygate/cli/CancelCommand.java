package io.jenkins.plugins.canarygate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code cancel}: ends a gate whose process is gone. */
@Command(
    name = "cancel",
    description = {
      "Ends a gate whose process is gone: goes on from its session just far enough to carry out"
          + " onCancel, once, however often this is called. Does nothing where the gate has ended,"
          + " or never began.",
      ""
    },
    exitCodeListHeading = ExitCodes.HEADING,
    exitCodeList = {
      " 0:the gate has ended, now or before; or there was none",
      " 1:onCancel could not be done, or the gate is still at work elsewhere; also a crash",
      ExitCodes.C2
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  canary-gate cancel gate.yaml --session gate.session",
      "  canary-gate cancel gate.yaml --session configmap:ci/checkout-gate --output json"
    })
final class CancelCommand implements Callable<Integer> {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions gate;
  @Mixin private SessionOptions session;
  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    SessionPlace place = session.place();
    if (place.isNone()) {
      throw new Misuse("--session is missing; name the session of the gate that is to end");
    }
    int code = new GateRunner(parent, gate, new EvidenceOptions(), report).cancel(place);
    return code == Failure.EXIT_CODE ? code : 0;
  }
}
