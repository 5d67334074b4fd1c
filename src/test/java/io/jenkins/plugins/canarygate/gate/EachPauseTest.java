package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R3, R4: one pause, or each")
class EachPauseTest {

  @Test
  void theNextPauseEndsWhenTheLaterOneIsReachedAndSaysHowFar() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
    assertThat(gate.ending().reason()).contains("promoted (step 3 of 7, 40 %)");
  }

  @Test
  void aPromoteInEffectIsFollowedUntilItHasLanded() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.session().phase()).isEqualTo(Phase.FOLLOWING);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void promoteFullyIsFollowedBeyondLaterPauses() {
    EngineHarness gate =
        EngineHarness.judging(GateSpecs.gate().onPass(Reaction.PROMOTE_FULLY)).measured(0);
    gate.looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.PROMOTE_FULLY);
    gate.sent(Receipt.Result.DONE).looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void eachPauseIsJudgedAnewUnderItsOwnFence() {
    EngineHarness gate = atTheSecondPause();
    assertThat(gate.session().points()).hasSize(2);
    assertThat(gate.session().point().orElseThrow().number()).isEqualTo(2);
    assertThat(gate.session().point().flatMap(PointRun::fence)).contains(Looks.fence("step 3"));
    gate.measured(0).looked(secondPause());
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("step 3"));
  }

  @Test
  void eachPausePassesWhenTheLastHasLanded() {
    EngineHarness gate = atTheSecondPause().measured(0).looked(secondPause());
    gate.sent(Receipt.Result.DONE).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
    assertThat(gate.session().points()).hasSize(2);
  }

  @Test
  void landedBetweenTwoPausesIsPassAsWell() {
    EngineHarness gate = each().sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT)).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void aFailAtTheSecondPauseEndsIt() {
    EngineHarness gate = atTheSecondPause().measured(0.5).looked(secondPause());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 10");
  }

  @Test
  @DisplayName("R3: any other verdict than PASS ends it")
  void aWarnIsPromotedAndEndsIt() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().at(At.eachPause()));
    gate.measured(0.007).looked(Looks.atGatePoint()).sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("WARN promoted 0");
  }

  @Test
  void aDoubtBetweenTwoPausesIsInconclusive() {
    EngineHarness gate = each().sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT));
    gate.looked(
        Looks.underWay().obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, "analysis in doubt"));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE left 11");
  }

  @Test
  void theTotalBoundsAllPausesTogether() {
    EngineHarness gate = atTheSecondPause();
    assertThat(gate.after(Timeouts.DEFAULT.start()).goesOn()).isTrue();
    assertThat(gate.after(Timeouts.DEFAULT.total()).ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void takenBackBetweenTwoPausesIsAFail() {
    EngineHarness gate = each().sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT)).looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void anotherHandAtTheSecondPauseIsNotOurPromotion() {
    EngineHarness gate = atTheSecondPause();
    gate.looked(Looks.underWay().drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE advancedByOther 11");
  }

  @Test
  @DisplayName("AR5: a later inconclusive analysis ends the promotion at once")
  void aDoubtWhileItIsFollowedIsInconclusiveAndPromotedNotLanded() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(
        Looks.underWay()
            .effect(Effect.IN_EFFECT)
            .obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, "analysis in doubt"));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE promotedNotLanded 11");
  }

  @Test
  @DisplayName("R3: the step named by step: N edited away is an error")
  void theStepThatIsNoPauseIsAnError() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().at(At.step(4)));
    gate.looked(Looks.underWay().obstacle(Obstacle.Kind.POINT_MISSING, "step 4 is no pause"));
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
  }

  @Test
  @DisplayName("R3: the step named by step: N edited away while it was judged is an error")
  void theStepThatWasEditedAwayWhileItWasJudgedIsAnError() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().at(At.step(1)));
    Looks edited =
        Looks.underWay()
            .drift(Drift.BEGAN_AGAIN)
            .obstacle(Obstacle.Kind.POINT_MISSING, "step 1 is no pause");
    gate.looked(edited);
    if (gate.goesOn()) {
      gate.looked(edited);
    }
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
  }

  private static EngineHarness each() {
    return EngineHarness.promoting(GateSpecs.gate().at(At.eachPause()));
  }

  private static EngineHarness atTheSecondPause() {
    EngineHarness gate = each().sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT)).looked(secondPause());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    return gate;
  }

  private static Looks secondPause() {
    return Looks.advanced().atPause(3).can(Action.PROMOTE, Action.ABORT);
  }
}
