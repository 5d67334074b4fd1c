package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Write;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("FL4: writes that keep, renew and withdraw what an action left")
class UpkeepTest {

  private static EngineHarness sent(EngineHarness gate, String what, Receipt.Result result) {
    Receipt receipt = new Receipt(result, result == Receipt.Result.DONE ? "" : "the server said");
    return gate.seen(new Seen.Sent(what, "wrote " + what, gate.now(), receipt));
  }

  private static EngineHarness promoted() {
    return EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
  }

  @Test
  void whatIsDueAfterThePromoteIsSentBeforeItCountsAsInEffect() {
    EngineHarness gate = promoted().looked(Looks.underWay().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
    assertThat(gate.session().phase()).isEqualTo(Phase.ACTING);
    sent(gate, Write.WITHDRAW, Receipt.Result.DONE).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void anAbortIsNotOverBeforeItsTraceIsTakenAway() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.takingBack().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.ABORT);
    sent(gate, Write.WITHDRAW, Receipt.Result.DONE);
    gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 10");
  }

  @ParameterizedTest
  @EnumSource(Receipt.Result.class)
  void whatBecomesOfAWithdrawalChangesNoVerdict(Receipt.Result result) {
    EngineHarness gate = promoted();
    for (int i = 0; i < 8; i++) {
      sent(gate.looked(Looks.underWay().effect(Effect.DUE)), Write.WITHDRAW, result);
    }
    assertThat(gate.session().ending()).isEmpty();
    gate.looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void aRenewalThatIsRefusedLeavesTheGateFollowing() {
    EngineHarness gate = promoted().looked(Looks.atGatePoint().effect(Effect.DUE));
    sent(gate, Write.RENEW, Receipt.Result.REFUSED);
    assertThat(gate.session().intent()).isPresent();
    assertThat(gate.wantsLook()).isTrue();
  }

  @Test
  void ofRenewalsThatWorkedTheLastIsKeptAndNoneIsNoted() {
    EngineHarness gate = promoted();
    int notes = gate.session().timeline().size();
    for (int i = 0; i < 3; i++) {
      sent(gate.looked(Looks.atGatePoint().effect(Effect.DUE)), Write.RENEW, Receipt.Result.DONE);
    }
    assertThat(gate.session().intent().orElseThrow().sends())
        .extracting(Send::what)
        .containsExactly("write", Write.RENEW);
    assertThat(gate.session().timeline()).hasSize(notes);
  }

  @Test
  void anotherWriteThatIsRefusedStillEndsTheGate() {
    EngineHarness gate = promoted().looked(Looks.atGatePoint().effect(Effect.DUE));
    gate.sent(Receipt.Result.REFUSED);
    assertThat(gate.ended()).isEqualTo("PASS notHonoured 1");
  }
}
