package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("promote, abort and retry by hand: the same fence, and reading back (A7)")
class ByHandTest {

  @Test
  void promoteIsSentOnTheFirstLookAndReadBack() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.PROMOTE);
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("step 1"));
    gate.sent(Receipt.Result.DONE).looked(Looks.advanced().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
    assertThat(gate.ending().reason()).contains("ada decided: seen the graphs");
  }

  @Test
  void whatAPersonDecidedIsFencedLikeAGatePoint() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    PointRun point = gate.session().point().orElseThrow();
    assertThat(point.fence())
        .as("the driver needs it to see how far it came")
        .contains(Looks.fence("step 1"));
    assertThat(point.decision().orElseThrow().verdict()).isEqualTo(Verdict.PASS);
    assertThat(point.decision().orElseThrow().reason()).contains("ada");
  }

  @Test
  void nothingIsMeasured() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    assertThat(gate.measures()).isEmpty();
    assertThat(gate.session().point().orElseThrow().checks()).isEmpty();
  }

  @Test
  void promoteIsFollowedUntilItHasLanded() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.DONE).looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.goesOn()).isTrue();
    assertThat(gate.looked(Looks.landed()).ended()).isEqualTo("PASS promoted 0");
  }

  @Test
  void promoteWaitsForItsMoment() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(
        Looks.atGatePoint().can(Action.PROMOTE, Readiness.waitFor("2 of 5 pods are available")));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.looked(Looks.atGatePoint()).acted()).contains(Action.PROMOTE);
  }

  @Test
  void aPauseThatIsNotReachedYetIsWaitedForAndFencedThere() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(Looks.underWay().can(Action.PROMOTE, Readiness.waitFor("it does not pause yet")));
    assertThat(gate.session().points()).isEmpty();
    gate.looked(Looks.atGatePoint().atPause(3));
    assertThat(gate.act().map(Intent::fence)).contains(Looks.fence("step 3"));
  }

  @Test
  void aNewerRevisionBeforeThePauseIsReachedIsNotPromoted() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(Looks.underWay().can(Action.PROMOTE, Readiness.waitFor("it does not pause yet")));
    gate.looked(Looks.untouched().atPause(1).can(Action.PROMOTE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
  }

  @Test
  void anotherRevisionThanTheOneThePersonSawWaitingIsNotPromoted() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(Looks.atGatePoint().can(Action.PROMOTE, Readiness.waitFor("not yet")));
    gate.looked(Looks.atGatePoint().revision(Looks.OTHER).drift(Drift.OTHER_REVISION));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("SUPERSEDED left 13");
  }

  @Test
  void aPromoteThatWentOnByAnotherHandBeforeItWasSentIsSaid() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.underWay().drift(Drift.MOVED_ON).effect(Effect.DUE));
    assertThat(gate.ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  void aPauseThatBeganAgainIsAskedOfThePersonAgain() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.CONFLICT);
    gate.looked(Looks.atGatePoint().drift(Drift.BEGAN_AGAIN).effect(Effect.DUE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("began again");
  }

  @Test
  void aPromoteThatIsRefusedSaysWhy() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(
        Looks.underWay().can(Action.PROMOTE, Readiness.refused("a person paused it", "resume")));
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("a person paused it").contains("resume");
  }

  @Test
  void aRevisionThatIsNotThereIsNotPromoted() {
    EngineHarness gate = waiting(Action.PROMOTE);
    gate.looked(Looks.untouched().can(Action.PROMOTE));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ending().exitCode()).isEqualTo(1);
  }

  @Test
  void promotingWhatHasLandedByAnotherHandMeanwhileIsSaid() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.CONFLICT).looked(Looks.landed());
    assertThat(gate.ended()).isEqualTo("PASS advancedByOther 1");
  }

  @Test
  void abortIsReadBack() {
    EngineHarness gate = waiting(Action.ABORT).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
    gate.sent(Receipt.Result.DONE).looked(Looks.takingBack().effect(Effect.STANDING));
    gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 0");
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.startsWith("Git"));
  }

  @Test
  void anAbortOfARolloutThatMovesOnMeanwhileIsSentAllTheSame() {
    EngineHarness gate = waiting(Action.ABORT).looked(Looks.underWay().can(Action.ABORT));
    gate.sent(Receipt.Result.CONFLICT);
    gate.looked(
        Looks.underWay()
            .fenced("step 2")
            .drift(Drift.MOVED_ON)
            .effect(Effect.DUE)
            .can(Action.ABORT));
    assertThat(gate.acted()).contains(Action.ABORT);
  }

  @Test
  void abortingWhatIsAbortedAlreadySendsNothing() {
    EngineHarness gate = waiting(Action.ABORT);
    gate.looked(Looks.takenBack().can(Action.ABORT, Readiness.done("an abort has been asked")));
    assertThat(gate.ended()).isEqualTo("FAIL aborted 0");
    assertThat(gate.session().actions()).isEmpty();
  }

  @Test
  void anAbortThatIsOverruledExitsOne() {
    EngineHarness gate = waiting(Action.ABORT).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.DONE);
    gate.looked(Looks.underWay().effect(Effect.OVERRULED, "promoteFull is set"));
    assertThat(gate.ended()).isEqualTo("FAIL notHonoured 1");
  }

  @Test
  void anAbortThatIsNotSeenByTheTotalExitsOne() {
    EngineHarness gate = waiting(Action.ABORT).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.DONE).looked(Looks.takingBack().effect(Effect.STANDING));
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("FAIL left 1");
    assertThat(gate.ending().reason()).contains("abort recorded, not yet seen");
  }

  @Test
  @DisplayName("A7: retry clears the abort of the fenced revision and starts no gate")
  void retryIsReadBackAndStartsNoGate() {
    EngineHarness gate = waiting(Action.RETRY).looked(Looks.takenBack().can(Action.RETRY));
    assertThat(gate.acted()).contains(Action.RETRY);
    gate.sent(Receipt.Result.DONE).looked(Looks.takenBack().effect(Effect.STANDING));
    assertThat(gate.goesOn()).as("the controller has not taken it up yet").isTrue();
    gate.looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.ended()).isEqualTo("PASS retried 0");
    assertThat(gate.session().point().orElseThrow().checks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Receipt.Result.class,
      names = {"CONFLICT", "UNKNOWN", "BUSY"})
  @DisplayName("A1, A7: a retry that has not arrived is sent again")
  void retryIsSentAgainWhereItHasNotArrived(Receipt.Result result) {
    EngineHarness gate = waiting(Action.RETRY).looked(Looks.takenBack().can(Action.RETRY));
    gate.sent(result).looked(Looks.takenBack().effect(Effect.DUE).can(Action.RETRY));
    assertThat(gate.acted()).contains(Action.RETRY);
  }

  @Test
  void retryUnderAnAbortThatIsNotInEffectYetIsReadBackAsWell() {
    EngineHarness gate = waiting(Action.RETRY).looked(Looks.takingBack().can(Action.RETRY));
    assertThat(gate.acted()).contains(Action.RETRY);
    gate.sent(Receipt.Result.DONE).looked(Looks.takingBack().effect(Effect.STANDING));
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.goesOn()).isTrue();
  }

  @Test
  @DisplayName("A7: ... refuses unless it is set")
  void retryOfWhatIsNotAbortedIsRefused() {
    EngineHarness gate = waiting(Action.RETRY);
    gate.looked(Looks.underWay().can(Action.RETRY, Readiness.refused("it is not aborted")));
    assertThat(gate.ended()).isEqualTo("PASS left 1");
    assertThat(gate.ending().reason()).contains("it is not aborted");
  }

  @Test
  void aRolloutThatIsNotThereIsAnErrorAtOnce() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.absent());
    assertThat(gate.ended()).isEqualTo("ERROR left 1");
    assertThat(gate.ending().reason()).isEqualTo("Rollout shop/checkout was not found");
  }

  @Test
  void aRolloutThatCannotBeLookedAtIsGivenUpAfterAMinute() {
    EngineHarness gate = waiting(Action.PROMOTE);
    while (gate.goesOn()) {
      gate.lookFailed("connection refused");
      gate.after(Duration.between(gate.now(), gate.last().lookAgain()));
    }
    assertThat(gate.now()).isEqualTo(EngineHarness.START.plusSeconds(60));
    assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    assertThat(gate.ending().reason()).contains("never seen").contains("connection refused");
  }

  @Test
  void readingBackIsBoundByTheTotalOnly() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.DONE).looked(Looks.underWay().effect(Effect.IN_EFFECT));
    assertThat(gate.after(Timeouts.DEFAULT.start()).goesOn()).isTrue();
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
  }

  @Test
  @DisplayName("the gate file's reactions are the gate's, not the person's")
  void aCancelNeverDoesWhatThePersonDidNotAsk() {
    EngineHarness gate =
        EngineHarness.waiting(GateSpecs.gate().onDoubt(Reaction.ABORT).byHand(Action.PROMOTE));
    gate.lookFailed("503").cancelled();
    if (gate.goesOn()) {
      gate.looked(Looks.atGatePoint());
    }
    assertThat(gate.acted()).isEmpty();
    assertThat(gate.ending().verdict()).isEqualTo(Verdict.CANCELLED);
  }

  @Test
  void aCancelAfterThePromoteWasSentEndsThere() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint());
    gate.sent(Receipt.Result.DONE).cancelled();
    assertThat(gate.ended()).isEqualTo("CANCELLED promotedNotLanded 14");
  }

  @Test
  void aCancelOfARetryEndsAtOnce() {
    EngineHarness gate = waiting(Action.RETRY).looked(Looks.takenBack().can(Action.RETRY));
    gate.sent(Receipt.Result.DONE).cancelled();
    assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    assertThat(gate.ending().reason()).contains("retry recorded, not yet seen");
  }

  @Test
  void aRestartReadsBackBeforeAnythingIsSentAgain() {
    EngineHarness gate = waiting(Action.PROMOTE).looked(Looks.atGatePoint()).restarted();
    assertThat(gate.acted()).isEmpty();
    gate.looked(Looks.advanced().effect(Effect.IN_EFFECT).drift(Drift.MOVED_ON));
    assertThat(gate.ended()).isEqualTo("PASS promoted 0");
    assertThat(gate.session().actions()).hasSize(1);
  }

  private static EngineHarness waiting(Action action) {
    return EngineHarness.waiting(GateSpecs.gate().byHand(action));
  }
}
