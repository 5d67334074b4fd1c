package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S1: started again from its session")
class ResumingTest {

  @Test
  void aFinishedGateContactsNothing() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.landed());
    Ending ending = gate.ending();
    gate.restarted();
    assertThat(gate.todos()).containsExactly(new Todo.Finish());
    assertThat(gate.ending()).isEqualTo(ending);
  }

  @Test
  void whileWaitingItLooksAgain() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).restarted();
    assertThat(gate.wantsLook()).isTrue();
    assertThat(gate.timeline()).contains("the gate goes on in another process");
  }

  @Test
  void itsDeadlinesAreInstantsAndStayWhereTheyWere() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.pass(Duration.ofMinutes(9)).restarted();
    assertThat(gate.after(Duration.ofMinutes(1)).ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void whileJudgingItMeasuresAgainWhatWasLost() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).restarted();
    assertThat(gate.measures()).isPresent();
    gate.measured(0).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.PROMOTE);
  }

  @Test
  void whileJudgingItKeepsWhatWasMeasured() {
    EngineHarness gate =
        EngineHarness.judging(GateSpecs.gate().checks(GateSpecs.check(GateSpecs.ERRORS, 2)));
    gate.measured(0).restarted();
    assertThat(gate.session().point().orElseThrow().checks().get(0).measurements()).hasSize(1);
  }

  @Test
  @DisplayName("R2: another uid when it goes on is another object")
  void anotherUidIsSuperseded() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).restarted();
    assertThat(gate.looked(Looks.atGatePoint().uid("uid-2")).ended())
        .isEqualTo("SUPERSEDED left 13");
  }

  @Test
  @DisplayName("promise 4: what was written down may have been sent")
  void aPromoteThatWasWrittenDownIsReadBackBeforeItIsSent() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).restarted();
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.wantsLook()).isTrue();
    gate.looked(Looks.atGatePoint().effect(Effect.STANDING));
    assertThat(gate.acted()).isEmpty();
    gate.looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
  }

  @Test
  void aPromoteThatWasSentBeforeTheRestartIsRecognized() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).restarted();
    gate.looked(Looks.advanced().drift(Drift.MOVED_ON).effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void aPromoteThatLandedWhileNobodyLookedIsRecognized() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).restarted();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void anAbortThatTookEffectWhileNobodyLookedIsRecognized() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).restarted();
    assertThat(gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT)).ended())
        .isEqualTo("FAIL aborted 10");
  }

  @Test
  void aHoldThatWasSentBeforeTheRestartIsReadBack() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().at(At.nextPause().held()));
    gate.looked(Looks.underWay().atTimedPause(1).can(Action.HOLD)).restarted();
    gate.looked(Looks.underWay().atTimedPause(1).effect(Effect.IN_EFFECT));
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void restartsCountForNoSends() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate());
    for (int i = 0; i < 20; i++) {
      gate.restarted();
    }
    assertThat(gate.session().intent().orElseThrow().sends()).hasSizeLessThanOrEqualTo(20);
    gate.looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
  }

  @Test
  void whileFollowingItGoesOnFollowing() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT)).restarted();
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void aDecisionThatWasKeptIsActedOnOnAFreshLook() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0).restarted();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }
}
