package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4: what the controller or another hand does while we look is a verdict too")
class TakenBackTest {

  @Test
  void beforeItWasJudged() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
    assertThat(gate.ending().reason()).contains("before it had been judged");
  }

  @Test
  void whileItIsJudged() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
    assertThat(gate.ending().reason()).contains("before it had been judged");
  }

  @Test
  void afterItWasJudgedGoodAndBeforeWePromoted() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
    assertThat(gate.ending().reason()).contains("after it had been judged PASS");
  }

  @Test
  void whileOurPromoteIsFollowed() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT)).looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
    assertThat(gate.ending().reason()).contains("after it had been judged PASS");
  }

  @Test
  void afterAFailThatWeHadNotSentYetIsNotOurAbort() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
    assertThat(gate.ending().reason()).startsWith("error rate");
  }

  @Test
  void afterOurOwnAbortIsAborted() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL aborted 10");
  }

  @Test
  void anAbortOfOursThatNeverArrivedIsNotOurs() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void aFailureThatServesAllTheSameIsAFailAtOnce() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    assertThat(gate.looked(Looks.failedServing()).ended()).isEqualTo("FAIL advancedByOther 10");
  }

  @Test
  void aFailureThatServesAfterOurPromoteWasNotLanded() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    assertThat(gate.looked(Looks.failedServing()).ended()).isEqualTo("FAIL promotedNotLanded 10");
  }

  @Test
  void anAbortThatIsClearedAgainLetsJudgingGoOn() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(Looks.takingBack());
    gate.measured(0).looked(Looks.atGatePoint());
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }

  @Test
  @DisplayName("AR8: an abort by the controller under our hold needs the hold lifted")
  void ourHoldIsLiftedForTheControllersAbort() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takingBack().can(Action.LIFT));
    assertThat(gate.acted()).contains(Action.LIFT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takingBack().effect(Effect.IN_EFFECT));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  @DisplayName("AR8: a hold that is still there when the abort is in effect is lifted, then D4")
  void ourHoldIsLiftedOnceTheAbortIsInEffect() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takenBack().can(Action.LIFT));
    assertThat(gate.acted()).contains(Action.LIFT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void aHoldThatCannotBeLiftedInTimeDoesNotHideThatItWasTakenBack() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takenBack().can(Action.LIFT)).sent(Receipt.Result.UNKNOWN);
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void aCancelDoesNotHideThatItWasTakenBack() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.looked(Looks.takenBack().can(Action.LIFT)).sent(Receipt.Result.UNKNOWN).cancelled();
    assertThat(gate.goesOn()).isTrue();
    gate.after(Duration.ofSeconds(20));
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  @DisplayName("AR8: a hold by another is not ours to lift")
  void anAbortUnderAHoldByAnotherIsWaitedForAndNamed() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(
        Looks.takingBack()
            .obstacle(
                io.jenkins.plugins.canarygate.rollout.Obstacle.Kind.OTHER_GATE,
                "gate cart holds it",
                "kubectl patch …"));
    assertThat(gate.acted()).isEmpty();
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("gate cart holds it");
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.contains("kubectl patch …"));
  }
}
