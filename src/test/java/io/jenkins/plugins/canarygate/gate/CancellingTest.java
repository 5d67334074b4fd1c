package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D8, A6: stopping a gate")
class CancellingTest {
  private static final Duration TO_STOP = Duration.ofSeconds(20);

  @Test
  void leavesTheRolloutAsItIsByDefault() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).cancelled();
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.ending().reason()).isEqualTo("stopped by SIGTERM");
  }

  @Test
  void abortsWhereAskedWithinTwentySeconds() {
    EngineHarness gate = stopping().looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("CANCELLED aborted 14");
  }

  @Test
  @DisplayName("A6: after 20 s it ends, whatever was seen")
  void anAbortThatIsNotSeenInTimeIsLeft() {
    EngineHarness gate = stopping().looked(Looks.atGatePoint()).sent(Receipt.Result.DONE);
    assertThat(gate.after(TO_STOP.minusSeconds(1)).goesOn()).isTrue();
    gate.after(Duration.ofSeconds(1));
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.ending().reason()).contains("abort recorded, not yet seen");
  }

  @Test
  @DisplayName("A6: three tries, no long waiting between them")
  void looksThatFailWhileStoppingAreTriedAgainSoon() {
    EngineHarness gate = stopping();
    int tries = 0;
    while (gate.goesOn()) {
      gate.lookFailed("timed out");
      Duration wait = Duration.between(gate.now(), gate.last().lookAgain());
      gate.after(wait);
      tries += gate.wantsLook() ? 1 : 0;
    }
    assertThat(tries).isGreaterThanOrEqualTo(3);
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.now()).isEqualTo(EngineHarness.START.plus(TO_STOP));
  }

  @Test
  void noEvidenceIsWaitedFor() {
    EngineHarness gate = stopping();
    assertThat(gate.session().phase()).isEqualTo(Phase.ACTING);
    gate.measured(0).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void aGateThatNeverSawItsRolloutWaitsForOneLook() {
    EngineHarness gate = new EngineHarness(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.seen(new Seen.Began()).cancelled();
    assertThat(gate.goesOn()).isTrue();
    gate.looked(Looks.underWay().can(Action.ABORT));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.underWay().can(Action.ABORT)).acted()).contains(Action.ABORT);
  }

  @Test
  void aGateThatNeverSeesItsRolloutEndsInTwentySeconds() {
    EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began()).cancelled();
    assertThat(gate.after(TO_STOP).ended()).isEqualTo("CANCELLED left 14");
  }

  @Test
  @DisplayName("D8: nothing is taken back once the promotion is written down")
  void afterThePromotionWasWrittenDownNothingIsAborted() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.cancelled();
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("CANCELLED promotedNotLanded 14");
  }

  @Test
  @DisplayName("D8: what was decided PASS is never aborted")
  void betweenTheDecisionAndThePromotionNothingIsAborted() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.measured(0).cancelled();
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.ending().reason()).contains("it had been judged PASS");
  }

  @Test
  @DisplayName("D8: an earlier point's landed promotion does not count")
  void betweenTwoPointsAnAbortIsStillPossible() {
    EngineHarness gate =
        EngineHarness.promoting(GateSpecs.gate().at(At.eachPause()).onCancel(Reaction.ABORT));
    gate.sent(Receipt.Result.DONE).looked(Looks.advanced().effect(Effect.IN_EFFECT));
    gate.cancelled().looked(Looks.underWay().can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  @DisplayName("D8: an earlier point's landed promotion does not count")
  void atTheSecondPointAnAbortIsPossible() {
    EngineHarness gate =
        EngineHarness.promoting(GateSpecs.gate().at(At.eachPause()).onCancel(Reaction.ABORT));
    gate.sent(Receipt.Result.DONE).looked(Looks.advanced().effect(Effect.IN_EFFECT));
    gate.looked(Looks.advanced().atPause(3)).cancelled();
    gate.looked(Looks.advanced().atPause(3).can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  @DisplayName("D5: a FAIL, once decided, stays FAIL, cancelled or not")
  void aFailThatIsStoppedIsStillAbortedAndStaysAFail() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5).cancelled();
    assertThat(gate.goesOn()).isTrue();
    gate.looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 10");
  }

  @Test
  void aFailThatIsStoppedEndsInTwentySeconds() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5).cancelled();
    assertThat(gate.after(TO_STOP).ended()).isEqualTo("FAIL left 10");
  }

  @Test
  void aSecondCancelChangesNothing() {
    EngineHarness gate = stopping();
    GateSession before = gate.session();
    gate.pass(Duration.ofSeconds(5)).cancelled();
    assertThat(gate.session().cancel()).isEqualTo(before.cancel());
    assertThat(gate.pass(Duration.ofSeconds(15)).seen(new Seen.Time()).ending().verdict())
        .isEqualTo(Verdict.CANCELLED);
  }

  @Test
  void aTimeoutThatIsBeingActedOnStaysATimeout() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onDoubt(Reaction.ABORT));
    gate.looked(Looks.underWay()).after(Timeouts.DEFAULT.start()).cancelled();
    gate.looked(Looks.underWay().can(Action.ABORT)).sent(Receipt.Result.DONE);
    gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("TIMEOUT aborted 12");
  }

  @Test
  void onCancelPauseAtAnIndefinitePauseSendsNothing() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.PAUSE));
    gate.cancelled().looked(Looks.atGatePoint());
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("CANCELLED paused 14");
  }

  @Test
  void aCancelSurvivesARestart() {
    EngineHarness gate = stopping().restarted();
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.ABORT);
  }

  @Test
  void whatLandedBeforeTheAbortOfACancelWasSentStaysCancelled() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.looked(Looks.underWay()).cancelled().looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("CANCELLED advancedByOther 14");
  }

  private static EngineHarness stopping() {
    return EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT)).cancelled();
  }
}
