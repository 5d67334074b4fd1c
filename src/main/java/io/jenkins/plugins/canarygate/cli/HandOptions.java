package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.ByHand;
import io.jenkins.plugins.canarygate.rollout.Action;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What the commands have in common that do by hand what a verdict would do. */
abstract class HandOptions {
  @ParentCommand private CanaryGateCommand parent;
  @Mixin private GateOptions gate;
  @Mixin private SessionOptions session;
  @Mixin private ReportOptions report;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it stands in the report, with your name.")
  private String reason;

  /** Does it, and returns the exit code. */
  int run(Action action) {
    if (reason.isBlank()) {
      throw new Misuse("--reason is empty; say why in a few words, for whoever reads the report");
    }
    ByHand decision = new ByHand(action, parent.surroundings().person(), reason.strip());
    return new GateRunner(parent, gate, new EvidenceOptions(), report)
        .run(session.place(), spec -> spec.with(decision));
  }
}
