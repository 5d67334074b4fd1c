package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AR8: a timed pause is held while it is judged")
class HoldingTest {

  @Test
  void theFenceIsTakenOnlyAfterTheHoldWasReadBack() {
    EngineHarness gate = holding(specs());
    assertThat(gate.session().points()).isEmpty();
    gate.sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().atTimedPause(1).fenced("held").effect(Effect.IN_EFFECT));
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    assertThat(gate.session().point().flatMap(PointRun::fence)).contains(Looks.fence("held"));
    assertThat(gate.session().intent()).isEmpty();
  }

  @Test
  void aPauseThatIsHeldAlreadyIsJudgedAtOnce() {
    EngineHarness gate = EngineHarness.waiting(specs());
    gate.looked(Looks.underWay().atTimedPause(1).can(Action.HOLD, Readiness.done("it is held")));
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void aHoldThatMustWaitIsSetOnceItMay() {
    EngineHarness gate = EngineHarness.waiting(specs());
    gate.looked(
        Looks.underWay().atTimedPause(1).can(Action.HOLD, Readiness.waitFor("not settled")));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.looked(timedPause()).acted()).contains(Action.HOLD);
  }

  @Test
  void anIndefinitePauseNeedsNoHold() {
    EngineHarness gate = EngineHarness.waiting(specs()).looked(Looks.atGatePoint());
    assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
  }

  @Test
  void aHoldThatIsRefusedIsAnError() {
    EngineHarness gate = EngineHarness.waiting(specs());
    gate.looked(
        Looks.underWay()
            .atTimedPause(1)
            .can(Action.HOLD, Readiness.refused("gate cart holds it", "kubectl … lift")));
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
    assertThat(gate.ending().reason()).contains("kubectl … lift");
  }

  @Test
  void whenThePauseEndedFirstTheHoldIsLiftedAndItIsNotGated() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.DONE);
    gate.looked(overruled().can(Action.LIFT));
    assertThat(gate.acted()).contains(Action.LIFT);
    gate.sent(Receipt.Result.DONE).looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
    assertThat(gate.ending().reason()).contains("the pause ended before it was held");
  }

  @Test
  void whenThePauseEndedFirstAndNothingIsToBeLiftedItIsNotGated() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.CONFLICT).looked(overruled());
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
  }

  @Test
  @DisplayName("D6: where NOT_GATED passes, what is under way is followed until it has landed")
  void whenThePauseEndedFirstItIsFollowedWhereNotGatedPasses() {
    EngineHarness gate = holding(specs().onNotGatedPass()).sent(Receipt.Result.DONE);
    gate.looked(overruled().can(Action.LIFT)).sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("NOT_GATED left 0");
  }

  @Test
  void whenAPersonPausedItInsteadTheHoldIsTriedAgainLater() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.CONFLICT);
    gate.looked(
        Looks.underWay()
            .atTimedPause(1)
            .effect(Effect.OVERRULED, "a person paused it")
            .can(Action.HOLD, Readiness.waitFor("a person paused it")));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.session().intent()).isEmpty();
    assertThat(gate.looked(timedPause()).acted()).contains(Action.HOLD);
  }

  @Test
  void aHoldThatIsNotHonouredThoughThePauseStandsIsAnError() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.DONE);
    gate.looked(timedPause().effect(Effect.OVERRULED, "sent 3 times"));
    assertThat(gate.ended()).isEqualTo("ERROR notHonoured 1");
  }

  @Test
  void aHoldThatTheServerRefusesIsAnError() {
    assertThat(holding(specs()).sent(Receipt.Result.REFUSED).ended()).isEqualTo("ERROR left 1");
  }

  @Test
  void landedWhileTheHoldIsOpenIsNotGatedAndNothingMoreIsHeld() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.UNKNOWN);
    gate.looked(Looks.landed().effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
  }

  @Test
  void landedWhileTheHoldStandsIsNotGatedAndTheHoldIsLifted() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.UNKNOWN);
    gate.looked(Looks.landed().effect(Effect.IN_EFFECT).can(Action.LIFT));
    assertThat(gate.acted()).contains(Action.LIFT);
    assertThat(gate.session().points()).isEmpty();
    gate.sent(Receipt.Result.DONE).looked(Looks.landed().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
  }

  @Test
  @DisplayName("D8: a cancel while the hold is being set")
  void aCancelWhileTheHoldIsBeingSetDoesNotBeginToJudge() {
    EngineHarness gate = holding(specs().onCancel(Reaction.ABORT)).sent(Receipt.Result.DONE);
    gate.cancelled();
    gate.looked(timedPause().effect(Effect.IN_EFFECT).can(Action.ABORT));
    assertThat(gate.session().points()).isEmpty();
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("CANCELLED aborted 14");
  }

  @Test
  void aCancelBeforeTheHoldArrivedSetsNoneAnyMore() {
    EngineHarness gate = holding(specs().onCancel(Reaction.ABORT)).sent(Receipt.Result.CONFLICT);
    gate.cancelled().looked(timedPause().effect(Effect.DUE).can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void aTimeoutWhileTheHoldIsBeingSetDoesNotBecomeAPass() {
    EngineHarness gate = holding(specs().onTimeout(Reaction.ABORT)).sent(Receipt.Result.DONE);
    gate.after(Timeouts.DEFAULT.start());
    gate.looked(timedPause().effect(Effect.IN_EFFECT).can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("TIMEOUT aborted 12");
  }

  @Test
  void aCancelWhosePauseEndedMeanwhileStaysCancelled() {
    EngineHarness gate = holding(specs().onCancel(Reaction.ABORT)).sent(Receipt.Result.DONE);
    gate.cancelled().looked(overruled().can(Action.ABORT, Action.LIFT));
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("CANCELLED aborted 14");
  }

  @Test
  @DisplayName("AR8: in every other ending the hold stays, and the last line gives both commands")
  void aHoldThatStaysIsSaid() {
    EngineHarness gate = held(specs().onPass(Reaction.NONE)).measured(0);
    assertThat(gate.ended()).isEqualTo("PASS left 0");
    assertThat(gate.ending().lastLines())
        .anyMatch(line -> line.contains("our hold stays"))
        .anyMatch(line -> line.contains("canary-gate promote"))
        .anyMatch(line -> line.contains("canary-gate abort"));
  }

  @Test
  void aHoldThatMayHaveArrivedIsSaidToo() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.UNKNOWN).cancelled();
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.contains("our hold"));
  }

  @Test
  @DisplayName("A5: a timed pause that is held stays by itself")
  void onFailPauseUnderOurHoldSendsNothing() {
    EngineHarness gate = held(specs().onFail(Reaction.PAUSE)).measured(0.5);
    gate.looked(timedPause().can(Action.LIFT, Action.PAUSE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("FAIL paused 10");
  }

  @Test
  @DisplayName("R3: with each, a later timed pause is held as well")
  void aSecondTimedPauseThatEndedBeforeItWasHeldIsNotGated() {
    EngineHarness gate = held(GateSpecs.gate().at(At.eachPause().held())).measured(0);
    gate.looked(timedPause().can(Action.PROMOTE)).sent(Receipt.Result.DONE);
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT));
    gate.looked(Looks.advanced().atTimedPause(3).can(Action.HOLD));
    assertThat(gate.acted()).contains(Action.HOLD);
    gate.sent(Receipt.Result.UNKNOWN).looked(Looks.landed().effect(Effect.OVERRULED));
    assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
  }

  @Test
  void takenBackWhileTheHoldIsOpenIsAFail() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.DONE);
    assertThat(gate.looked(Looks.takenBack()).ended()).isEqualTo("FAIL takenBack 10");
  }

  @Test
  void theControllersDoubtUnderOurHoldIsNotPromotedPast() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.DONE);
    gate.looked(
        timedPause()
            .effect(Effect.IN_EFFECT)
            .obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, "in doubt"));
    gate.measured(0);
    assertThat(gate.ended()).isEqualTo("INCONCLUSIVE left 11");
  }

  @Test
  void aHoldThatDoesNotComeIntoEffectIsBoundByTheStart() {
    EngineHarness gate = holding(specs()).sent(Receipt.Result.DONE);
    gate.looked(timedPause().effect(Effect.STANDING, "the hold is not seen yet"));
    gate.after(Timeouts.DEFAULT.start());
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
  }

  @Test
  void aPauseThatEndedBeforeItCouldBeHeldLetsTheNextOneBeHeld() {
    EngineHarness gate = EngineHarness.waiting(specs());
    gate.looked(
        Looks.underWay().atTimedPause(1).can(Action.HOLD, Readiness.waitFor("not settled")));
    gate.pass(Duration.ofSeconds(5)).looked(Looks.underWay());
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.underWay().atTimedPause(3).can(Action.HOLD)).acted())
        .contains(Action.HOLD);
  }

  private static GateSpecs specs() {
    return GateSpecs.gate().at(At.nextPause().held());
  }

  private static Looks timedPause() {
    return Looks.underWay().atTimedPause(1).can(Action.HOLD);
  }

  private static Looks overruled() {
    return Looks.underWay().effect(Effect.OVERRULED, "the rollout went on");
  }

  private static EngineHarness holding(GateSpecs specs) {
    EngineHarness gate = EngineHarness.waiting(specs).looked(timedPause());
    assertThat(gate.acted()).contains(Action.HOLD);
    assertThat(gate.session().phase()).isEqualTo(Phase.HOLDING);
    return gate;
  }

  private static EngineHarness held(GateSpecs specs) {
    EngineHarness gate = holding(specs).sent(Receipt.Result.DONE);
    return gate.looked(timedPause().effect(Effect.IN_EFFECT));
  }
}
