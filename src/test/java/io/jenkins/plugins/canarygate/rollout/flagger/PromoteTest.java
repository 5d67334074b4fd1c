package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.SPEC;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T3;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.ab;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FL4, FL5: a promote is written, kept, read back and taken away")
class PromoteTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  @DisplayName("A1: one annotation, under the resourceVersion of the look, by a manager of our own")
  void theDecisionIsOneAnnotation() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    FakeApi.Request patch = stage.api.patches().get(0);
    assertThat(patch.uri()).isEqualTo(Stage.PATH + "?fieldManager=canary-gate");
    assertThat(patch.body()).contains("\"resourceVersion\":\"").doesNotContain("\"spec\"");
    Decision decision = stage.standing().orElseThrow();
    assertThat(decision.gate()).isEqualTo(Stage.GATE);
    assertThat(decision.action()).isEqualTo(Decision.Action.PROMOTE);
    assertThat(decision.binding().lastAppliedSpec()).isEqualTo(SPEC);
    assertThat(decision.notAfter()).isEqualTo(stage.now.plus(Duration.ofMinutes(15)));
    assertThat(
            HookAnswers.answer(
                    Hook.CONFIRM_PROMOTION,
                    new CanaryView(stage.api.get(Stage.PATH)),
                    java.util.Optional.of(stage.api.get(Stage.DEPLOYMENTS + "checkout")),
                    stage.now)
                .yes())
        .isTrue();
  }

  @Test
  @DisplayName("A1: an object that has moved since the look is a conflict")
  void aConflictWritesNothing() {
    stage.fencedAt(canary().waiting());
    Observation fresh = stage.look();
    stage.intends(Action.PROMOTE).shows(canary().waiting());
    assertThat(stage.send(stage.next(fresh).orElseThrow()).result())
        .isEqualTo(Receipt.Result.CONFLICT);
    assertThat(stage.standing()).isEmpty();
  }

  @Test
  void whileNothingComesOfItItStands() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    Observation seen = stage.later(60).look();
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.effectText()).contains("asks each interval of 30 s");
  }

  @Test
  @DisplayName("FL4: the same bytes are put back when they are missing")
  void aDecisionThatAnotherHandRemovedIsPutBackAsItWas() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    String bytes = stage.standing().orElseThrow().write();
    stage.later(60).look();
    stage.api.put(Stage.PATH, canary().waiting().node());
    Observation seen = stage.later(5).look();
    assertThat(seen.effect()).contains(Effect.DUE);
    assertThat(stage.sends(seen).what()).isEqualTo("promote");
    assertThat(stage.standing().orElseThrow().write()).isEqualTo(bytes);
  }

  @Test
  void aDecisionThatIsRemovedAgainAndAgainIsGivenUp() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    for (int i = 1; i < ReadBack.MOST_SENDS; i++) {
      stage.api.put(Stage.PATH, canary().waiting().node());
      stage.sends(stage.later(5).look());
    }
    stage.api.put(Stage.PATH, canary().waiting().node());
    Observation seen = stage.later(5).look();
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("GitOps");
  }

  @Test
  @DisplayName("FL4: not after is renewed by the gate while it follows")
  void itIsRenewedOnceLessThanHalfIsLeft() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    assertThat(stage.later(449).look().effect()).contains(Effect.STANDING);
    Observation seen = stage.later(2).look();
    assertThat(seen.effect()).contains(Effect.DUE);
    assertThat(stage.sends(seen).what()).isEqualTo(Write.RENEW);
    assertThat(stage.standing().orElseThrow().notAfter())
        .isEqualTo(stage.now.plus(Duration.ofMinutes(15)));
    assertThat(stage.look().effect()).contains(Effect.STANDING);
  }

  @Test
  void ofRenewalsOneAfterTheOtherTheSessionKeepsTheLast() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    for (int i = 0; i < 3; i++) {
      stage.sends(stage.later(460).look());
    }
    assertThat(stage.intent.orElseThrow().sends())
        .extracting(send -> send.what())
        .containsExactly("promote", Write.RENEW);
  }

  @Test
  void whereFlaggerLooksSeldomItHoldsLonger() {
    stage.fencedAt(canary().analysis("interval", "'10m'").waiting()).decides(Action.PROMOTE);
    assertThat(stage.standing().orElseThrow().notAfter())
        .isEqualTo(stage.now.plus(Duration.ofMinutes(40)));
  }

  @Test
  @DisplayName("FL4: removed once Promoting is seen, and only then in effect")
  void itIsRemovedOncePromotingIsSeen() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    Observation seen = stage.looks(canary().phase("Promoting", T3));
    assertThat(seen.effect()).contains(Effect.DUE);
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(stage.sends(seen).what()).isEqualTo(Write.WITHDRAW);
    assertThat(stage.standing()).isEmpty();
    assertThat(stage.api.get(Stage.PATH).at("/metadata/annotations")).isEmpty();
    Observation after = stage.look();
    assertThat(after.effect()).contains(Effect.IN_EFFECT);
    assertThat(after.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(after.drift()).isEqualTo(Drift.NONE);
  }

  @Test
  @DisplayName("FL4: the gate does not end before it is removed, however fast Flagger was")
  void whereSucceededIsTheNextThatIsSeenItIsRemovedBeforeItHasLanded() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE).primary("shop/app:2");
    CanaryJson done = canary().phase("Succeeded", T3).promoted(SPEC);
    Observation seen = stage.looks(done);
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    stage.sends(seen);
    Observation after = stage.look();
    assertThat(after.fate()).isEqualTo(Fate.LANDED);
    assertThat(after.effect()).contains(Effect.IN_EFFECT);
    assertThat(after.share().orElseThrow().text()).isEqualTo("all traffic");
  }

  @Test
  @DisplayName("FL4: what cannot be removed does not change what became of the rollout")
  void anAnnotationThatCannotBeRemovedIsSaidToStay() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    stage.shows(canary().phase("Promoting", T3)).api.refuseNextPatch(403);
    Observation seen = stage.look();
    assertThat(stage.sends(seen).what()).isEqualTo(Write.WITHDRAW);
    Observation after = stage.look();
    assertThat(after.effect()).contains(Effect.IN_EFFECT);
    assertThat(after.effectText()).contains("could not be removed, and holds until");
  }

  @Test
  @DisplayName("FL4: a server too busy to remove it does not keep what landed from landing")
  void anAnnotationThatABusyServerKeepsIsSaidToStay() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE).primary("shop/app:2");
    stage.shows(canary().phase("Succeeded", T3).promoted(SPEC));
    for (int round = 0; round < 4; round++) {
      Observation seen = stage.look();
      assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
      stage.api.refuseNextPatch(503);
      assertThat(stage.send(stage.next(seen).orElseThrow()).result())
          .isEqualTo(Receipt.Result.BUSY);
      stage.later(15);
    }
    Observation after = stage.look();
    assertThat(after.fate()).isEqualTo(Fate.LANDED);
    assertThat(after.notes())
        .singleElement()
        .asString()
        .contains("could not be removed, and holds until");
  }

  @Test
  @DisplayName("A1: where no write was ever answered, nobody is said to have removed anything")
  void writesWithoutAnyAnswerAreNoRemovalByAnotherHand() {
    stage.fencedAt(canary().waiting()).intends(Action.PROMOTE);
    for (int sends = 0; sends < ReadBack.MOST_SENDS; sends++) {
      stage.sent("promote", Receipt.Result.UNKNOWN);
    }
    Observation seen = stage.look();
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText())
        .contains("no answer came to 20 attempts")
        .doesNotContain("another hand");
  }

  @Test
  @DisplayName("FL4: another lastAppliedSpec in Progressing takes a promote away")
  void anAnalysisThatBeganAgainTakesThePromoteAwayAndIsJudgedAnew() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    CanaryJson upgraded = canary().phase("Progressing", T3).applied("other-hash");
    stage.sends(stage.looks(upgraded));
    assertThat(stage.standing()).isEmpty();
    Observation after = stage.look();
    assertThat(after.effect()).contains(Effect.OVERRULED);
    assertThat(after.drift()).isEqualTo(Drift.BEGAN_AGAIN);
  }

  @Test
  @DisplayName("FL5: Succeeded after it waited, and every container of the primary as judged")
  void itHasLandedOnceThePrimaryHasWhatWasJudged() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE).primary("shop/app:2");
    stage.sends(stage.looks(canary().phase("Finalising", T3)));
    assertThat(stage.looks(canary().phase("Succeeded", T3)).fate()).isEqualTo(Fate.LANDED);
  }

  @Test
  @DisplayName("FL5: lastPromotedSpec changed to the fenced value, whatever runs by then")
  void itHasLandedAlsoWhereTheNextRevisionIsOnItsWay() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE).primary("shop/app:2");
    stage.deployed("shop/app:3");
    CanaryJson next = canary().phase("Progressing", T3).applied("next").promoted(SPEC);
    stage.sends(stage.looks(next));
    assertThat(stage.look().fate()).isEqualTo(Fate.LANDED);
  }

  @Test
  @DisplayName("FL5: a primary that has anything else than what was judged is an error")
  void whatWasCopiedIsComparedWithWhatWasJudged() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    stage.deployed("shop/app:3").primary("shop/app:3");
    stage.sends(stage.looks(canary().phase("Succeeded", T3).promoted(SPEC)));
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText())
        .contains("something else than what was judged")
        .contains("checkout-primary has shop/app:3, and what was judged has shop/app:2");
  }

  @Test
  @DisplayName("FL5: every container counts, those that run first too")
  void anotherSidecarIsNotWhatWasJudged() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE);
    stage.put("checkout-primary", CanaryJson.workload("checkout-primary", "shop/app:2", "proxy:8"));
    stage.sends(stage.looks(canary().phase("Succeeded", T3).promoted(SPEC)));
    assertThat(stage.look().effectText()).contains("container proxy");
  }

  @Test
  @DisplayName("FL5: a change of configs alone is promoted under the same lastAppliedSpec")
  void aConfigChangeLandsByThePhaseAlone() {
    CanaryJson waiting = canary().waiting().promoted(SPEC);
    stage.fencedAt(waiting).decides(Action.PROMOTE).primary("shop/app:2");
    stage.sends(stage.looks(canary().phase("Promoting", T3).promoted(SPEC)));
    assertThat(stage.look().fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(stage.looks(canary().phase("Succeeded", T3).promoted(SPEC)).fate())
        .isEqualTo(Fate.LANDED);
  }

  @Test
  @DisplayName("FL5: Failed with weight 100 serves, and ends the gate at once")
  void failedInThePromotionServes() {
    stage.fencedAt(canary().waiting()).decides(Action.PROMOTE).primary("shop/app:2");
    stage.sends(stage.looks(canary().phase("Failed", T3).weight(100)));
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.FAILED_SERVING);
    assertThat(seen.share().orElseThrow().serving()).isTrue();
    assertThat(seen.share().orElseThrow().text()).contains("where there is a router");
    CanaryJson alone = canary().spec("provider", "'kubernetes'");
    assertThat(stage.looks(alone.phase("Failed", T3).weight(100)).share().orElseThrow().text())
        .isEqualTo("all traffic, as the primary, which is not ready");
  }

  @Test
  @DisplayName("FL4: in blue/green Flagger asks twice, and the decision stays until it promotes")
  void inBlueGreenItStaysBetweenTheTwoQuestions() {
    stage.fencedAt(blueGreen().waiting()).decides(Action.PROMOTE);
    Observation between = stage.looks(blueGreen().waiting().iterations(6));
    assertThat(between.effect()).contains(Effect.STANDING);
    assertThat(between.effectText()).contains("asks once more");
    assertThat(between.share().orElseThrow().text()).contains("all traffic, not yet promoted");
    assertThat(stage.standing()).isPresent();
  }

  @Test
  @DisplayName("FL4: notHonoured only when the phase went on without our effect")
  void aRollBackOverrulesIt() {
    stage.fencedAt(ab().waiting()).decides(Action.PROMOTE);
    stage.sends(stage.looks(ab().phase("Failed", T3)));
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.TAKEN_BACK);
    assertThat(seen.effect()).contains(Effect.OVERRULED);
  }

  @Test
  @DisplayName("A3: what went on before anything of ours was written is another's doing")
  void aPromotionByAnotherHandIsNotOurs() {
    stage.fencedAt(canary().waiting()).intends(Action.PROMOTE);
    stage.sent("promote", Receipt.Result.CONFLICT);
    Observation seen = stage.looks(canary().phase("Promoting", T3));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.drift()).isEqualTo(Drift.MOVED_ON);
  }

  @Test
  @DisplayName("A8: another gate's decision under the same fence is never overwritten")
  void anotherGatesDecisionIsLeftAlone() {
    CanaryJson waiting = canary().waiting();
    Decision theirs =
        new Decision(
            "gate-2",
            Decision.Action.ABORT,
            Binding.of(waiting.view(), new TargetView(CanaryJson.target())),
            Instant.parse("2026-05-01T11:00:00Z"));
    stage.fencedAt(canary().waiting()).shows(waiting.decided(theirs));
    Observation seen = stage.look();
    Obstacle obstacle = seen.obstacle(Obstacle.Kind.OTHER_DECISION).orElseThrow();
    assertThat(obstacle.text()).contains("gate gate-2 has decided to abort");
    assertThat(obstacle.command().orElseThrow()).contains("canary-gate/decision\":null");
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    stage.intends(Action.PROMOTE);
    assertThat(stage.look().effect()).contains(Effect.OVERRULED);
    assertThat(stage.api.patches()).isEmpty();
  }

  @Test
  @DisplayName("A8: a decision that has expired, or is for another revision, is none")
  void aDecisionThatDoesNotStandIsOverwritten() {
    CanaryJson waiting = canary().waiting();
    Binding binding = Binding.of(waiting.view(), new TargetView(CanaryJson.target()));
    Instant over = stage.now.minusSeconds(1);
    stage
        .fencedAt(canary().waiting())
        .shows(waiting.decided(new Decision("gate-2", Decision.Action.ABORT, binding, over)));
    stage.decides(Action.PROMOTE);
    assertThat(stage.standing().orElseThrow().gate()).isEqualTo(Stage.GATE);
  }

  @Test
  @DisplayName("R2: while a person has suspended Flagger a promotion is refused")
  void aPersonsPauseRefusesIt() {
    stage.fencedAt(canary().waiting());
    Observation seen = stage.looks(canary().waiting().spec("suspend", "true"));
    assertThat(seen.point()).isPresent();
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
    Readiness readiness = seen.can(Action.PROMOTE);
    assertThat(readiness.state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(readiness.command())
        .contains(
            "kubectl -n shop patch canaries.flagger.app checkout --type merge -p"
                + " '{\"spec\":{\"suspend\":false}}'");
  }

  @Test
  void whatElseCanBeAskedOfACanaryIsRefusedWithWhatToDo() {
    Observation seen = stage.fencedAt(canary().waiting()).look();
    Map<Action, Readiness> can = seen.can();
    assertThat(can.get(Action.PROMOTE_FULLY).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(can.get(Action.PAUSE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(can.get(Action.RETRY).why()).contains("an annotation in it is enough");
  }
}
