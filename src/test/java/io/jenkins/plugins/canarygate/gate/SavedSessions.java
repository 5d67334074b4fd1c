package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;

/** The sessions that stand in {@code src/test/resources/sessions}, as this code makes them. */
final class SavedSessions {
  private SavedSessions() {}

  private static GateSpecs specs() {
    return GateSpecs.gate().checks(GateSpecs.check(GateSpecs.ERRORS, 3));
  }

  static GateSpec spec() {
    return specs().build();
  }

  /** One of three measurements made, the next one due. */
  static GateSession judging() {
    EngineHarness gate = EngineHarness.waiting(specs());
    gate.looked(
        Looks.atGatePoint()
            .where("step 1 of 7, 20 %")
            .phase("Paused")
            .serving("20 %", EngineHarness.START)
            .note("the preview service is not used"));
    gate.pass(Duration.ofSeconds(3)).measured(0.004);
    return gate.session();
  }

  /** Judged good; the promotion is written down and an answer to it never came. */
  static GateSession promoting() {
    EngineHarness gate = EngineHarness.judging(specs());
    for (int i = 0; i < 3; i++) {
      gate.measured(0.002).after(Duration.ofMinutes(1));
    }
    gate.looked(Looks.atGatePoint()).pass(Duration.ofSeconds(2)).sent(Receipt.Result.UNKNOWN);
    return gate.session();
  }
}
