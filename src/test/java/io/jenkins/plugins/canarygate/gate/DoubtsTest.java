package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R5: before the gate point, and the controller's own doubts")
class DoubtsTest {
  private static final String DOUBT = "the analysis of step 0 is inconclusive";

  @Test
  void anInconclusiveAnalysisBeforeTheGatePointIsInconclusiveAtOnce() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(doubtful());
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE left 11");
    assertThat(gate.ending().reason()).isEqualTo(DOUBT);
  }

  @Test
  void onInconclusiveAppliesToIt() {
    EngineHarness gate =
        EngineHarness.waiting(GateSpecs.gate().onInconclusive(Reaction.ABORT)).looked(doubtful());
    gate.looked(doubtful().can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE aborted 11");
  }

  @Test
  void whileJudgingAFailMayAbort() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(doubtfulAtThePoint());
    assertThat(gate.goesOn()).as("judging goes on").isTrue();
    gate.measured(0.5).looked(doubtfulAtThePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void whileJudgingWhatIsGoodIsInconclusive() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(doubtfulAtThePoint());
    gate.measured(0);
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE left 11");
    assertThat(gate.ending().reason()).contains(DOUBT);
  }

  @Test
  void aDoubtThatComesBetweenTheDecisionAndThePromotionIsNotPromotedPast() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(doubtfulAtThePoint());
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE left 11");
  }

  @Test
  void aDoubtThatComesWithAPromoteThatMustBeSentAgainIsNotPromotedPast() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(doubtfulAtThePoint().effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
  }

  @Test
  void aPersonsPauseBeforeTheGatePointIsWaitedFor() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay().obstacle(Obstacle.Kind.PERSON_PAUSED, "a person paused it"));
    assertThat(gate.goesOn()).isTrue();
    gate.looked(Looks.atGatePoint());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void aDeadlineOfTheControllerWithoutAnAbortIsWaitedFor() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(
        Looks.underWay().phase("Degraded").obstacle(Obstacle.Kind.WAIT, "deadline exceeded"));
    assertThat(gate.goesOn()).isTrue();
  }

  @Test
  void anInvalidSpecIsAnError() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay().obstacle(Obstacle.Kind.INVALID_SPEC, "no such service"));
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
    assertThat(gate.ending().reason()).isEqualTo("no such service");
  }

  @Test
  void aDoubtAboutAnotherRevisionIsNotOurs() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.untouched().obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, DOUBT));
    assertThat(gate.goesOn()).isTrue();
  }

  private static Looks doubtful() {
    return Looks.underWay().obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, DOUBT);
  }

  private static Looks doubtfulAtThePoint() {
    return Looks.atGatePoint().obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, DOUBT);
  }
}
