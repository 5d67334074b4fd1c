package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A1 to A5: acting and reading back")
class ActingTest {

  @Test
  @DisplayName("A1: look again, write the intent, send")
  void aDecisionLooksAgainAndThenWritesTheIntentDownBeforeItIsSent() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0);
    assertThat(gate.wantsLook()).isTrue();
    assertThat(gate.session().intent()).isEmpty();
    gate.looked(Looks.atGatePoint());
    Intent intent = gate.session().intent().orElseThrow();
    assertThat(intent.fence()).isEqualTo(Looks.fence("step 1"));
    assertThat(intent.sends()).isEmpty();
    assertThat(gate.todos()).contains(new Todo.Act(intent));
    assertThat(gate.last().durable()).isTrue();
  }

  @Test
  @DisplayName("A1: up to 5 rounds under the same fence")
  void aConflictIsTriedAgainFiveTimesInAll() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate());
    for (int round = 1; round < 5; round++) {
      gate.sent(Receipt.Result.CONFLICT);
      assertThat(gate.wantsLook()).as("round " + round).isTrue();
      gate.looked(Looks.atGatePoint().effect(Effect.DUE));
      assertThat(gate.acted()).as("round " + round).contains(Action.PROMOTE);
    }
    gate.sent(Receipt.Result.CONFLICT);
    assertThat(gate.ended()).isEqualTo("PASS notHonoured 1");
    assertThat(gate.ending().reason()).contains("5 times");
  }

  @Test
  void aConflictThatIsFollowedByASuccessIsForgotten() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.atGatePoint().effect(Effect.DUE)).sent(Receipt.Result.DONE);
    assertThat(gate.session().conflicts()).isZero();
  }

  @Test
  @DisplayName("A1: ERROR only where nothing was judged")
  void conflictsWhereNothingWasJudgedAreAnError() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onTimeout(Reaction.ABORT));
    gate.looked(Looks.underWay()).after(Timeouts.DEFAULT.start());
    gate.looked(Looks.underWay().can(Action.ABORT));
    for (int round = 1; round < 5; round++) {
      gate.sent(Receipt.Result.CONFLICT).looked(Looks.underWay().effect(Effect.DUE));
    }
    assertThat(gate.sent(Receipt.Result.CONFLICT).ended()).isEqualTo("ERROR notHonoured 1");
  }

  @Test
  @DisplayName("A1: an answer that never came counts as sent: reading back tells")
  void anUnknownAnswerIsReadBack() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.UNKNOWN);
    assertThat(gate.wantsLook()).isTrue();
    gate.looked(Looks.atGatePoint().effect(Effect.STANDING));
    assertThat(gate.acted()).isEmpty();
    gate.looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void anUnknownAnswerThatTheDriverFindsUnsentIsSentAgain() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.UNKNOWN);
    gate.looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
    assertThat(gate.act().orElseThrow().sends()).hasSize(1);
  }

  @Test
  @DisplayName("A1: where the look shows that it has been done already, nothing is sent")
  void whatHasBeenDoneAlreadyIsNotSent() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(Looks.atGatePoint().can(Action.ABORT, Readiness.done("an abort was asked")));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.session().actions()).isEmpty();
    assertThat(gate.ending().reason()).contains("nothing was sent: an abort was asked");
  }

  @Test
  void aBusyServerIsAskedAgainInASecondOrTwo() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.BUSY);
    assertThat(gate.last().lookAgain())
        .isBetween(gate.now().plusSeconds(1), gate.now().plusSeconds(5));
    gate.after(Duration.ofSeconds(2)).looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
  }

  @Test
  void aServerThatStaysBusyIsAskedUntilTheTotalAndTheSessionStaysSmall() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate());
    while (gate.goesOn()) {
      gate.sent(Receipt.Result.BUSY).after(Duration.ofSeconds(2));
      if (gate.goesOn()) {
        gate.looked(Looks.atGatePoint().effect(Effect.DUE));
      }
    }
    assertThat(gate.ending().verdict()).isEqualTo(Verdict.TIMEOUT);
    assertThat(gate.session().intent().orElseThrow().sends()).isEmpty();
    assertThat(SessionJson.write(gate.session()).length()).isLessThan(100_000);
  }

  @Test
  void aRefusalByTheServerEndsItNotHonoured() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.REFUSED);
    assertThat(gate.ended()).isEqualTo("PASS notHonoured 1");
    assertThat(gate.ending().reason()).contains("the server said");
  }

  @Test
  void whenTheDriverFindsNothingToSendItLooksAgainSoon() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).seen(new Seen.NothingToSend());
    assertThat(gate.last().lookAgain()).isBefore(gate.now().plusSeconds(10));
    assertThat(gate.after(Duration.ofSeconds(5)).wantsLook()).isTrue();
  }

  @Test
  @DisplayName("A2: one action at a time")
  void whileThePromoteStandsNothingElseIsSent() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    for (int i = 0; i < 3; i++) {
      gate.after(Duration.ofSeconds(30)).looked(Looks.atGatePoint().effect(Effect.STANDING));
      assertThat(gate.acted()).isEmpty();
    }
    assertThat(gate.session().actions()).hasSize(1);
  }

  @Test
  @DisplayName("A2: an action may take several writes")
  void theNextWriteOfAnActionIsSentUnderTheSameIntent() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.atGatePoint().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
    assertThat(gate.session().actions()).hasSize(1);
  }

  @Test
  @DisplayName("A2: a second promote would skip a step")
  void whileFollowingNothingIsSentForAStepThatHasMoved() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    gate.looked(
        Looks.underWay()
            .drift(io.jenkins.plugins.canarygate.rollout.Drift.MOVED_ON)
            .effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.goesOn()).isTrue();
  }

  @Test
  @DisplayName("AR7: swallowed: the fence takes the new start, and it is sent again")
  void aSwallowedPromoteIsSentAgainUnderTheNewFence() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.atGatePoint().fenced("anew").effect(Effect.SWALLOWED));
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("anew"));
    assertThat(gate.session().point().flatMap(PointRun::fence)).contains(Looks.fence("anew"));
    assertThat(gate.session().point().flatMap(PointRun::decision)).isPresent();
  }

  @Test
  void aSwallowedPromoteThatIsNotReadyWaitsForItsMoment() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(
        Looks.atGatePoint()
            .fenced("anew")
            .effect(Effect.SWALLOWED)
            .can(Action.PROMOTE, Readiness.waitFor("2 of 5 pods are available")));
    assertThat(gate.acted()).isEmpty();
    gate.looked(Looks.atGatePoint().fenced("anew").effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.PROMOTE);
  }

  @Test
  @DisplayName("D5: an ignored promote keeps its verdict")
  void anOverruledPromoteIsNotHonoured() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.atGatePoint().effect(Effect.OVERRULED, "sent 3 times"));
    assertThat(gate.ended()).isEqualTo("PASS notHonoured 1");
    assertThat(gate.ending().reason()).contains("promote was not honoured: sent 3 times");
  }

  @Test
  @DisplayName("AR7, R2: a pause that began again, and not because of our promote, is judged anew")
  void aPromoteOverruledByAPauseThatBeganAgainIsJudgedAnew() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(
        Looks.atGatePoint()
            .fenced("anew")
            .drift(Drift.BEGAN_AGAIN)
            .effect(Effect.OVERRULED, "the pause began again, long after our promote"));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    assertThat(gate.session().intent()).isEmpty();
    assertThat(gate.session().point().orElseThrow().decision()).isEmpty();
  }

  @Test
  @DisplayName("R2: a person who pauses between the intent and its write is respected: left")
  void aPromoteThatAPersonForestalledIsLeft() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(
        Looks.atGatePoint()
            .effect(Effect.OVERRULED, "a person paused it")
            .can(Action.PROMOTE, Readiness.refused("a person paused it", "kubectl … resume")));
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("a person paused it", "kubectl … resume");
  }

  @Test
  @DisplayName("A3: a step that moved after our intent is first tested as our own effect")
  void whatMovedAfterWeSentIsOurEffect() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.UNKNOWN);
    gate.looked(
        Looks.underWay()
            .drift(io.jenkins.plugins.canarygate.rollout.Drift.MOVED_ON)
            .effect(Effect.IN_EFFECT));
    assertThat(gate.session().phase()).isEqualTo(Phase.FOLLOWING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Receipt.Result.class,
      names = {"CONFLICT", "BUSY"})
  @DisplayName("A3: ... then as advancedByOther")
  void whatMovedAlthoughNothingOfOursArrivedIsAnothersDoing(Receipt.Result result) {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(result);
    gate.looked(
        Looks.underWay()
            .drift(io.jenkins.plugins.canarygate.rollout.Drift.MOVED_ON)
            .effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  @DisplayName("A3: ... then as advancedByOther, also where the driver says that ours is overruled")
  void whatAnotherHandPromotedBeforeOursArrivedIsAnothersDoing() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(
        Looks.underWay()
            .drift(io.jenkins.plugins.canarygate.rollout.Drift.MOVED_ON)
            .effect(Effect.OVERRULED, "another hand promoted it"));
    assertThat(gate.ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  void whatLandedAlthoughNothingOfOursArrivedIsAnothersDoing() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  @DisplayName("A4: an abort is sent also where a person has paused; that pause stays")
  void anAbortIsSentUnderAPersonsPause() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).measured(0.5);
    gate.looked(
        Looks.atGatePoint()
            .obstacle(Obstacle.Kind.PERSON_PAUSED, "a person paused it", "kubectl … resume"));
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE);
    gate.looked(
        Looks.takingBack()
            .effect(Effect.STANDING, "spec.paused keeps it so")
            .obstacle(Obstacle.Kind.PERSON_PAUSED, "a person paused it", "kubectl … resume"));
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("FAIL left 10");
    assertThat(gate.ending().reason()).contains("spec.paused keeps it so");
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.contains("kubectl … resume"));
  }

  @Test
  @DisplayName("A4: landed in spite of an abort: FAIL, notHonoured, no second action")
  void landedInSpiteOfAnAbortSendsNothingMore() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.landed().effect(Effect.OVERRULED, "it landed").can(Action.ABORT));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL notHonoured 1");
  }

  @Test
  void landedWhereTheAbortNeverArrivedIsAnothersDoing() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("FAIL advancedByOther 10");
  }

  @Test
  @DisplayName("AR8: an abort of several writes goes on while it is being taken back")
  void theHoldIsLiftedByTheAbortItself() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.takingBack().effect(Effect.DUE));
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 10");
  }

  @Test
  @DisplayName("A5: pause at an indefinite pause sends nothing")
  void pauseAtAnIndefinitePauseSendsNothing() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onFail(Reaction.PAUSE));
    gate.measured(0.5).looked(Looks.atGatePoint().can(Action.PAUSE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL paused 10");
  }

  @Test
  @DisplayName("A5: ... also before the switch of a blue/green rollout, which has no steps")
  void pauseBeforeTheSwitchSendsNothing() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate().onFail(Reaction.PAUSE));
    Looks look = Looks.underWay().atThePauseBeforeTheSwitch().can(Action.PAUSE);
    gate.looked(look).measured(0.5).looked(look);
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL paused 10");
  }

  @Test
  void whatWasAskedSentAndSeenIsInTheReport() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.atGatePoint().effect(Effect.DUE)).sent(Receipt.Result.DONE);
    gate.looked(Looks.landed());
    ActionRecord record = gate.session().actions().get(0);
    assertThat(record.action()).isEqualTo(Action.PROMOTE);
    assertThat(record.sends()).hasSize(2);
    assertThat(record.seen()).isEqualTo("landed");
    assertThat(record.honoured()).isTrue();
  }

  @Test
  @DisplayName("A8: a decision of another gate under the same fence is never overwritten")
  void anotherGatesDecisionIsAnErrorAtOnce() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate());
    gate.looked(
        Looks.atGatePoint().obstacle(Obstacle.Kind.OTHER_DECISION, "gate cart has decided"));
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
    assertThat(gate.ending().reason()).contains("gate cart has decided");
  }

  @Test
  @DisplayName("A8: ... also while we judge")
  void anotherGatesDecisionWhileJudgingIsAnErrorAtOnce() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    gate.looked(
        Looks.atGatePoint().obstacle(Obstacle.Kind.OTHER_DECISION, "gate cart has decided"));
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
  }

  @Test
  @DisplayName("A8: a hold of another gate is an obstacle that is named")
  void anotherGatesHoldIsNamedWithTheCommandThatLiftsIt() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate());
    Looks held =
        Looks.underWay()
            .atPause(1)
            .obstacle(Obstacle.Kind.OTHER_GATE, "gate cart holds it", "kubectl … lift")
            .can(Action.PROMOTE, Readiness.refused("gate cart holds it", "kubectl … lift"));
    gate.looked(held);
    assertThat(gate.goesOn()).isTrue();
    gate.measured(0).looked(held);
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("kubectl … lift");
  }
}
