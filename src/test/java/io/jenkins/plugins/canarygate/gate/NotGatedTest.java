package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D6: healthy at the start is never PASS")
class NotGatedTest {
  private static final Duration START = Timeouts.DEFAULT.start();
  private static final Duration TOTAL = Timeouts.DEFAULT.total();

  @Test
  void ourImageStableAlreadyIsNotGated() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
    assertThat(gate.ending().reason()).contains("already stable");
  }

  @Test
  void ourImageStableAlreadyPassesWhereAsked() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onNotGatedPass());
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 0");
  }

  @Test
  void anotherImageIsWaitedForUntilTheStartRanOut() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).looked(Looks.untouched());
    assertThat(gate.goesOn()).isTrue();
    gate.after(START);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason())
        .as("R1: the message says so")
        .contains(Looks.OTHER.toString())
        .contains(GateSpecs.IMAGE);
  }

  @Test
  void withAnyRevisionTheOldOneIsWaitedOutAndThenNotGated() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().anyRevision());
    gate.looked(Looks.untouched()).after(START);
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
    assertThat(gate.ending().reason()).contains("nothing changed");
  }

  @Test
  void withAnyRevisionNothingChangedPassesWhereAsked() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().anyRevision().onNotGatedPass());
    gate.looked(Looks.untouched()).after(START);
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 0");
  }

  @Test
  void landedAfterItWasSeenInProgressWithoutAGatePoint() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay()).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
    assertThat(gate.ending().reason()).contains("without a gate point");
  }

  @Test
  void thePointThatLiesBehindIsNotGatedAtOnce() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(passed());
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
    assertThat(gate.ending().reason()).isEqualTo("step 2 lies behind");
  }

  @Test
  void whereNotGatedPassesWhatIsUnderWayIsFollowedUntilItHasLanded() {
    EngineHarness gate = passing().looked(passed()).after(START);
    assertThat(gate.goesOn()).as("start no longer bounds it").isTrue();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 0");
  }

  @Test
  void whatIsFollowedUngatedAndTakenBackIsAFail() {
    EngineHarness gate = passing().looked(passed()).looked(Looks.takenBack());
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void whatIsFollowedUngatedTimesOutAtTheTotal() {
    EngineHarness gate = passing().looked(passed()).after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void whatIsFollowedUngatedAndReplacedIsSuperseded() {
    EngineHarness gate = passing().looked(passed()).looked(Looks.untouched());
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
  }

  @Test
  void whatIsFollowedUngatedIsNotJudgedAtALaterPause() {
    EngineHarness gate = passing().looked(passed()).looked(Looks.atGatePoint());
    assertThat(gate.session().points()).isEmpty();
  }

  @Test
  @DisplayName("AR2: a rollout that never pauses is said at the first look")
  void whatNeverPausesIsSaidAndFollowedWhereNotGatedPasses() {
    EngineHarness gate = passing();
    gate.looked(Looks.underWay().obstacle(Obstacle.Kind.NEVER_PAUSES, "it has no pause"));
    assertThat(gate.timeline()).contains("it has no pause");
    assertThat(gate.after(START).goesOn()).isTrue();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 0");
  }

  @Test
  void whatNeverPausesIsNotGatedOnceItHasLanded() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.underWay().obstacle(Obstacle.Kind.NEVER_PAUSES, "it has no pause"));
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 15");
  }

  @Test
  @DisplayName("AR8: a hold of ours on what has landed is lifted first")
  void aHoldThatStandsOnWhatHasLandedIsLifted() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.landed().can(Action.LIFT));
    assertThat(gate.acted()).contains(Action.LIFT);
    gate.sent(Receipt.Result.DONE).looked(Looks.landed().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
  }

  private static EngineHarness passing() {
    return EngineHarness.waiting(GateSpecs.gate().onNotGatedPass());
  }

  private static Looks passed() {
    return Looks.underWay().obstacle(Obstacle.Kind.POINT_PASSED, "step 2 lies behind");
  }
}
