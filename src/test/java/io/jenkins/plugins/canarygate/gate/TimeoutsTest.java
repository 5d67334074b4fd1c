package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D7: TIMEOUT names what stood in the way")
class TimeoutsTest {
  private static final Duration START = Timeouts.DEFAULT.start();
  private static final Duration TOTAL = Timeouts.DEFAULT.total();

  @Test
  void theStartRanOutBeforeTheFirstGatePoint() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(
        Looks.underWay()
            .where("step 0 of 7")
            .obstacle(Obstacle.Kind.PERSON_PAUSED, "a person paused it"));
    assertThat(gate.after(START.minusSeconds(1)).goesOn()).isTrue();
    gate.after(Duration.ofSeconds(1));
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason())
        .contains("within 10m")
        .contains("step 0 of 7")
        .contains("a person paused it");
  }

  @Test
  void theStartBoundsNothingOnceTheGatePointIsReached() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    assertThat(gate.after(START).goesOn()).isTrue();
  }

  @Test
  void theTotalRanOutWhileJudging() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("within 45m");
  }

  @Test
  void checksThatCouldNotBeVerifiedInTimeAreNamed() {
    EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
    gate.looked(Looks.atGatePoint());
    gate.seen(new Seen.Prepared(false, java.util.Optional.of("connection reset"), ""));
    gate.after(START);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("the checks could not be verified");
  }

  @Test
  void goodButNotReadyToBePromotedUntilTheTotalNamesWhatItWaitedFor() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.looked(
        Looks.atGatePoint().can(Action.PROMOTE, Readiness.waitFor("2 of 5 pods are available")));
    assertThat(gate.acted()).isEmpty();
    gate.after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("2 of 5 pods are available");
  }

  @Test
  void promotedAndNotLandedIsNotAborted() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate().onDoubt(Reaction.ABORT));
    gate.sent(Receipt.Result.DONE).after(TOTAL);
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
  }

  @Test
  void promotedAndNotLandedNamesWhatItWaitedFor() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.atGatePoint().effect(Effect.STANDING, "the controller has not taken it up"));
    gate.after(TOTAL);
    assertThat(gate.ending().reason()).contains("the controller has not taken it up");
  }

  @Test
  void followedUntilTheTotalSaysHowFarItCame() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().where("step 2 of 7, 40 %").effect(Effect.IN_EFFECT));
    gate.after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
    assertThat(gate.ending().reason()).contains("step 2 of 7, 40 %");
  }

  @Test
  @DisplayName("sent means that the intent is written")
  void aPromotionThatIsWrittenDownCountsAsSent() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
  }

  @Test
  void aFailStaysAFailWhoseAbortWasNotSeen() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.after(TOTAL);
    assertThat(gate.ended()).isEqualTo("FAIL left 10");
    assertThat(gate.ending().reason()).contains("abort recorded, not yet seen");
  }

  @Test
  void aFailThatCouldNotBeActedOnStaysAFail() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(Looks.atGatePoint().can(Action.ABORT, Readiness.waitFor("a hook is running")));
    gate.after(TOTAL);
    assertThat(gate.ended()).isEqualTo("FAIL left 10");
    assertThat(gate.ending().reason()).contains("a hook is running");
  }

  @Test
  void aFailWhoseAbortWasOverruledIsNotHonoured() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.OVERRULED, "promoteFull is set"));
    assertThat(gate.ended()).isEqualTo("FAIL notHonoured 1");
    assertThat(gate.ending().reason()).contains("promoteFull is set");
  }

  @Test
  void aWarnWhoseAbortWasNotSeenSaysThatItIsRecorded() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onWarn(Reaction.ABORT));
    gate.measured(0.007).looked(Looks.atGatePoint()).sent(Receipt.Result.DONE).after(TOTAL);
    assertThat(gate.ending().outcome().text()).isEqualTo("left");
    assertThat(gate.ending().reason()).contains("abort recorded, not yet seen");
  }

  @Test
  void onTimeoutActsBeforeTheTotalRanOutSoThatThereIsTimeToSeeIt() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onTimeout(Reaction.ABORT));
    gate.after(TOTAL.minusSeconds(20)).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("TIMEOUT aborted 12");
  }

  @Test
  void aShortTotalLeavesTimeToJudgeBeforeOnTimeoutActs() {
    GateSpecs specs =
        GateSpecs.gate()
            .onTimeout(Reaction.ABORT)
            .timeouts(Duration.ofSeconds(10), Duration.ofSeconds(16));
    EngineHarness gate = EngineHarness.waiting(specs);
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.after(Duration.ofSeconds(7)).goesOn()).isTrue();
    assertThat(gate.session().closing()).isEmpty();
  }

  @Test
  void theStartRanOutAbortsWhereAsked() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onTimeout(Reaction.ABORT));
    gate.looked(Looks.underWay()).after(START);
    assertThat(gate.wantsLook()).isTrue();
    gate.looked(Looks.underWay().can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void theStartRanOutBeforeOurRevisionCameAbortsNothing() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onTimeout(Reaction.ABORT));
    gate.looked(Looks.untouched().can(Action.ABORT)).after(START);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
  }
}
