package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R1, R2: which revision is judged, and what follows when the fence moved")
class MovedFenceTest {

  @Test
  void theFenceIsTakenAtTheFirstLookAtTheGatePoint() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay()).looked(Looks.atGatePoint());
    assertThat(fence(gate)).isEqualTo(Looks.fence("step 1"));
  }

  @Test
  void aPointWithoutAFenceIsNotJudged() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.atGatePoint().unfenced());
    assertThat(gate.session().points()).isEmpty();
  }

  @Test
  @DisplayName("R1: another revision at the gate point is waited out")
  void anotherRevisionAtTheGatePointIsNotJudged() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.untouched().atPause(1).can(Action.PROMOTE));
    assertThat(gate.session().points()).isEmpty();
    assertThat(gate.goesOn()).isTrue();
  }

  @Test
  @DisplayName("R1: a newer one after ours was seen supersedes it")
  void aNewerRevisionBeforeTheGatePointSupersedes() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.underWay());
    gate.looked(Looks.untouched());
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
    assertThat(gate.ending().reason()).contains(Looks.OTHER.toString());
  }

  @Test
  void aStatusThatIsStaleSupersedesNothing() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.underWay());
    assertThat(gate.looked(Looks.untouched().unsettled()).goesOn()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Drift.class,
      names = {"GONE", "OTHER_REVISION"})
  void anotherRevisionSupersedesWhileJudging(Drift drift) {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.underWay().revision(Looks.OTHER).drift(drift));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
  }

  @Test
  @DisplayName("D5: until it has landed, a newer revision supersedes what was judged good")
  void supersededAfterItWasJudgedGoodSaysHowFarItHadCome() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(Looks.underWay().revision(Looks.OTHER).drift(Drift.OTHER_REVISION));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
    assertThat(gate.ending().reason()).contains("judged PASS");
  }

  @Test
  @DisplayName("D5: superseded while it is followed")
  void supersededWhileItIsFollowedSaysThatItHadBeenPromoted() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    gate.looked(Looks.underWay().revision(Looks.OTHER).drift(Drift.OTHER_REVISION));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED promotedNotLanded 13");
    assertThat(gate.ending().reason()).contains("had not landed");
  }

  @Test
  @DisplayName("D5: a FAIL stays a FAIL")
  void aFailIsNotSuperseded() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(Looks.underWay().revision(Looks.OTHER).drift(Drift.OTHER_REVISION));
    assertThat(gate.ended()).isEqualTo("FAIL left 10");
    assertThat(gate.ending().reason()).contains("another revision took its place");
  }

  @Test
  void aLaterStepByAnotherHandWhileJudgingIsInconclusiveIfThatIsNotEnough() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.underWay().drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE advancedByOther 11");
  }

  @Test
  void aLaterStepByAnotherHandKeepsWhatWasJudgedGoodButExitsOne() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(Looks.underWay().drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  @DisplayName("R2: ... a FAIL sends nothing")
  void aLaterStepByAnotherHandAfterAFailSendsNothing() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(Looks.advanced().drift(Drift.MOVED_ON).can(Action.ABORT));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL advancedByOther 10");
  }

  @Test
  void thePauseThatBeganAgainIsJudgedAnew() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().checks(twice())).measured(0);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN));
    assertThat(gate.session().points()).hasSize(1);
    PointRun point = gate.session().points().get(0);
    assertThat(point.fence()).contains(Looks.fence("later"));
    assertThat(point.checks()).allMatch(run -> run.measurements().isEmpty());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void whatBeganAgainAfterItWasJudgedGoodIsNotPromoted() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    assertThat(gate.session().closing()).isEmpty();
  }

  @Test
  void whatBeganAgainAndIsNotYetBackAtItsPointIsWaitedFor() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.underWay().drift(Drift.BEGAN_AGAIN));
    assertThat(gate.session().phase()).isEqualTo(Phase.WAITING);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN));
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    assertThat(fence(gate)).isEqualTo(Looks.fence("later"));
  }

  @Test
  void judgingAnewIsBoundByTheTotalOnly() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.underWay().drift(Drift.BEGAN_AGAIN)).after(Timeouts.DEFAULT.start());
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.after(Timeouts.DEFAULT.total()).ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  @DisplayName("A1: a write that is due under a fence that moved is not sent")
  void aPromoteThatHadNotArrivedIsNotSentAgainWhenThePointBeganAgain() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN).effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  @DisplayName("A1: a write that is due under a fence that moved is not sent")
  void aPromoteThatMayHaveArrivedIsNotSentAgainWhenThePointBeganAgain() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.UNKNOWN);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN).effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
  }

  @Test
  @DisplayName("D5: what began again after a FAIL is aborted under its new fence")
  void aFailWhosePointBeganAgainIsAbortedUnderTheNewFence() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.atGatePoint().fenced("later").drift(Drift.BEGAN_AGAIN).effect(Effect.DUE));
    gate.looked(Looks.atGatePoint().fenced("later").effect(Effect.DUE));
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("later"));
  }

  @Test
  @DisplayName("R2: a person's pause: judging goes on, a promotion is refused")
  void aPersonsPauseIsNeverLifted() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    Looks paused =
        Looks.underWay()
            .atPause(1)
            .obstacle(Obstacle.Kind.PERSON_PAUSED, "a person paused it", "kubectl argo … resume")
            .can(Action.PROMOTE, Readiness.refused("a person paused it", "kubectl argo … resume"));
    gate.looked(paused);
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    gate.measured(0).looked(paused);
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("kubectl argo … resume");
  }

  @Test
  @DisplayName("R2: our own hold lifted by another: not set again; judging goes on")
  void aHoldThatAnotherHandLiftedIsNotSetAgain() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.atGatePoint().fenced("not held").drift(Drift.HOLD_LIFTED).can(Action.HOLD));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    assertThat(fence(gate)).isEqualTo(Looks.fence("not held"));
    gate.measured(0).looked(Looks.atGatePoint().fenced("not held"));
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("not held"));
  }

  @Test
  @DisplayName("A1: a decision acts only on a look that was made since")
  void aLookFromBeforeTheDecisionDoesNotDo() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    var before = gate.now();
    gate.pass(Duration.ofSeconds(2)).measured(0);
    gate.pass(Duration.ofSeconds(1)).looked(Looks.atGatePoint().madeAt(before));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }

  @Test
  @DisplayName("A1: ... also after the clock was set back")
  void aLookFromBeforeTheDecisionDoesNotDoThoughTheClockJumped() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.measured(0).jump(Duration.ofMinutes(-10)).pass(Duration.ofSeconds(1));
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }

  private static Fence fence(EngineHarness gate) {
    return gate.session().point().flatMap(PointRun::fence).orElseThrow();
  }

  private static io.jenkins.plugins.canarygate.check.Check twice() {
    return GateSpecs.check(GateSpecs.ERRORS, 2);
  }
}
