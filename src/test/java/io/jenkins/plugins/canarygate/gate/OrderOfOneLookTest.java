package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D0: one look may show several things at once; the first match decides")
class OrderOfOneLookTest {
  private static final Duration TOTAL = Timeouts.DEFAULT.total();

  @Test
  void anotherUidComesBeforeLanded() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.landed().uid("uid-2"));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
    assertThat(gate.ending().reason()).contains("deleted and made anew");
  }

  @Test
  void goneComesBeforeTheEffectOfOurPromote() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.absent().effect(Effect.IN_EFFECT).drift(Drift.GONE));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED promotedNotLanded 13");
  }

  @Test
  void landedComesBeforeTheFence() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.landed().drift(Drift.OTHER_REVISION));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void landedComesBeforeTheDeadline() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.pass(TOTAL).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void takenBackComesBeforeTheEffectOfOurPromote() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void takenBackComesBeforeTheFenceAndTheDeadline() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.pass(TOTAL).looked(Looks.takenBack().drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void beingTakenBackIsWaitedForBeforeTheFenceIsCompared() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takingBack().drift(Drift.MOVED_ON));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void beingTakenBackIsWaitedForBeforeTheStartRunsOut() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(Looks.takingBack()).after(Timeouts.DEFAULT.start());
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void beingTakenBackIsWaitedForBeforeACancelAsLongAsStoppingMayTake() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.looked(Looks.takingBack()).cancelled();
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void beingTakenBackIsWaitedForAfterACancelForTwentySecondsAtMost() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takingBack()).cancelled().after(Duration.ofSeconds(20));
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
  }

  @Test
  void beingTakenBackEndsByTheTotalAllTheSame() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(Looks.takingBack()).after(TOTAL);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void beingTakenBackComesBeforeMeasurementsThatAreAllGood() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onPass(Reaction.NONE));
    gate.looked(Looks.takingBack()).measured(0);
    assertThat(gate.goesOn()).as("no PASS while it is being taken back").isTrue();
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void theEffectOfOurPromoteComesBeforeTheFence() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.UNKNOWN);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT).drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void theEffectOfOurPromoteComesBeforeTheDeadline() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.pass(TOTAL).looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void theFenceComesBeforeTheDeadline() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.pass(TOTAL).looked(Looks.underWay().drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE advancedByOther 11");
  }

  @Test
  void theFenceComesBeforeACancel() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.cancelled().looked(Looks.underWay().drift(Drift.OTHER_REVISION).can(Action.ABORT));
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
  }

  @Test
  void theDeadlineComesBeforeAPromotionThatThisLookWouldAllow() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    gate.pass(TOTAL).looked(Looks.atGatePoint());
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.session().actions()).isEmpty();
  }

  @Test
  void theDeadlineComesBeforeAWriteThatIsDueAgain() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.pass(TOTAL).looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
  }

  @Test
  void theDeadlineComesBeforeTheMeasurements() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.pass(TOTAL).measured(0);
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void aCancelComesBeforeTheGatePointIsHeldOrJudged() {
    EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
    gate.cancelled().prepared().looked(Looks.atGatePoint());
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.session().points()).isEmpty();
  }

  @Test
  void aCancelComesBeforeTheMeasurements() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.cancelled().measured(0).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void measurementsDecideWhereNothingElseDoes() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    assertThat(gate.wantsLook()).as("the fence is compared immediately before (A1)").isTrue();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }
}
