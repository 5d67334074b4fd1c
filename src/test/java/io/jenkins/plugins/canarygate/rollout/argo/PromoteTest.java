package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T2;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AR6, AR7, A1, A3: a promote is one thing, and is read back")
class PromoteTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void itClearsPauseConditionsAndNothingElseUnderTheResourceVersionOfTheLook() {
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.can(Action.PROMOTE)).isEqualTo(Readiness.READY);
    stage.fence = seen.fence();
    stage.intends(Action.PROMOTE);
    String version = stage.api.get(Stage.PATH).at("/metadata/resourceVersion").asText();
    Write write = stage.driver.next(stage.intent.orElseThrow(), seen).orElseThrow();
    assertThat(write.body().toString())
        .isEqualTo(
            "{\"metadata\":{\"resourceVersion\":\""
                + version
                + "\"},\"status\":{\"pauseConditions\":null}}");
    assertThat(write.subresource()).isEqualTo("status");
    assertThat(stage.driver.send(write)).isEqualTo(Receipt.DONE);
    assertThat(stage.api.patches().get(0).contentType()).startsWith("application/merge-patch+json");
  }

  @Test
  void aRolloutThatMovedSinceTheLookIsNotPromoted() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    Observation seen = stage.look();
    stage.shows(canary().step(2));
    stage.sends(seen);
    assertThat(stage.intent.orElseThrow().sends().get(0).result())
        .isEqualTo(Receipt.Result.CONFLICT);
    assertThat(stage.api.get(Stage.PATH).at("/status/currentStepIndex").asInt()).isEqualTo(2);
  }

  @Test
  void afterAConflictTheSameFenceLetsItBeSentAgain() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    for (int i = 0; i < 4; i++) {
      stage.sent("promote", Receipt.Result.CONFLICT);
    }
    assertThat(stage.look().effect()).contains(Effect.DUE);
  }

  @Test
  void nothingIsSentForAnotherRevisionThanTheFences() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    stage.set("66666", "shop/app:2", 1);
    stage.fence = java.util.Optional.empty();
    var intent = stage.intent.orElseThrow();
    stage.intent = java.util.Optional.empty();
    stage.memory = io.jenkins.plugins.canarygate.rollout.Memory.empty();
    Observation other = stage.looks(canary().revision("66666").pausedAt(1));
    assertThat(other.can(Action.PROMOTE)).isEqualTo(Readiness.READY);
    assertThat(stage.driver.next(intent, other)).isEmpty();
  }

  @Test
  void whileItStandsNothingIsSent() {
    promoted(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).unpausing());
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isEmpty();
  }

  @Test
  void theNextStepIsItsEffect() {
    promoted(canary().pausedAt(1));
    Observation seen = stage.looks(canary().step(2));
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.drift()).as("A3").isEqualTo(Drift.NONE);
  }

  @Test
  void aStepThatMovedAfterTheIntentIsOursThoughTheProcessDiedBeforeItWroteTheSend() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    assertThat(stage.looks(canary().step(2)).effect()).contains(Effect.IN_EFFECT);
  }

  @Test
  void aStepThatMovedAlthoughNothingOfOursWasWrittenIsAnothers() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    stage.sent("promote", Receipt.Result.CONFLICT);
    Observation seen = stage.looks(canary().step(2));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.drift()).isEqualTo(Drift.MOVED_ON);
  }

  @Test
  void overwrittenFromAStaleCopyItIsSentAgainThreeTimesInAllAndNoMore() {
    promoted(canary().pausedAt(1));
    for (int again = 2; again <= 3; again++) {
      Observation seen = stage.looks(canary().pausedAt(1));
      assertThat(seen.effect()).contains(Effect.DUE);
      stage.sends(seen);
    }
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("3 times");
  }

  @Test
  void anAnswerThatNeverCameCountsAsSent() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    for (int i = 0; i < 3; i++) {
      stage.sent("promote", Receipt.Result.UNKNOWN);
    }
    assertThat(stage.look().effect()).as("it may still be on its way").contains(Effect.STANDING);
    assertThat(stage.later(10).look().effect()).contains(Effect.OVERRULED);
  }

  @Test
  void whatTheServerRefusesIsNotSentAgain() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    stage.sent("promote", Receipt.Result.REFUSED);
    assertThat(stage.look().effect()).contains(Effect.OVERRULED);
  }

  @Test
  void whatTheServerWasTooBusyForIsSentAgain() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    stage.sent("promote", Receipt.Result.BUSY).sent("promote", Receipt.Result.BUSY);
    stage.sent("promote", Receipt.Result.BUSY).sent("promote", Receipt.Result.BUSY);
    assertThat(stage.look().effect()).contains(Effect.DUE);
  }

  @Test
  void aSecondReasonBesideTheGatePointsOwnIsNeverPromotedPast() {
    promoted(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).alsoPaused("InconclusiveAnalysisRun"));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("InconclusiveAnalysisRun");
    stage.intent = java.util.Optional.empty();
    Observation before = stage.look();
    assertThat(before.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(before.can(Action.ABORT).state()).isEqualTo(Readiness.State.READY);
    assertThat(before.drift()).as("judging goes on (R5)").isEqualTo(Drift.NONE);
  }

  @Test
  void underSpecPausedItIsLostSoWeWaitAndNameThePause() {
    promoted(canary().pausedAt(1));
    Observation seen =
        stage.looks(canary().pausedAt(1).pauseDropped().spec("paused", "true").generation(5, 5));
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
  }

  @Test
  void pauseConditionsAreNeverClearedWhileSpecPausedIsTrue() {
    promoted(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).spec("paused", "true"));
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isEmpty();
  }

  @Test
  void aPauseThatAPersonSetBeforeAnythingWasWrittenEndsIt() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE);
    stage.sent("promote", Receipt.Result.CONFLICT);
    Observation seen = stage.looks(canary().pausedAt(1).spec("paused", "true"));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aPauseThatTheControllerHasNotTakenUpIsWaitedFor() {
    Observation seen = stage.looks(canary().pausedAt(1).without("controllerPause"));
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.WAIT);
  }

  @Test
  void aSpecThatTheControllerRefusesMakesAPromoteUseless() {
    Observation seen =
        stage.looks(
            canary()
                .pausedAt(1)
                .status("conditions", "[{'type':'InvalidSpec','status':'True','message':'x'}]"));
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aStatusThatIsBehindIsWaitedFor() {
    Observation seen = stage.looks(canary().pausedAt(1).generation(6, 5));
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.WAIT);
  }

  @Test
  void atProgressingNothingIsEverPromoted() {
    stage.close();
    stage = new Stage(At.progressing());
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(seen.can(Action.PROMOTE_FULLY).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"PROMOTE", "PROMOTE_FULLY"})
  void whileTheCanaryIsNotPausedNoStepIsSkipped(Action action) {
    assertThat(stage.looks(canary().step(0)).can(action).state()).isEqualTo(Readiness.State.WAIT);
    stage.fencedAt(canary().pausedAt(1));
    assertThat(stage.looks(canary().step(2)).can(action).state()).isEqualTo(Readiness.State.DONE);
  }

  @Test
  void anAbortAfterItOverrulesIt() {
    promoted(canary().pausedAt(1));
    assertThat(stage.looks(canary().step(0).aborted()).effect()).contains(Effect.OVERRULED);
  }

  @Test
  void editedStepsAfterItOverruleItAndAreADrift() {
    promoted(canary().pausedAt(1));
    Observation seen = stage.looks(canary().step(0).status("currentStepHash", "'other'"));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.drift()).isEqualTo(Drift.BEGAN_AGAIN);
  }

  @Nested
  @DisplayName("AR7: swallowed")
  class Swallowed {
    @Test
    void aNewStartTimeSoonAfterOurPatchIsSwallowedAndSentAgainUnderTheNewFence() {
      promoted(blueGreen().paused(Pause.BLUE_GREEN, T1));
      assertThat(stage.looks(blueGreen().status("phase", "'Progressing'")).effect())
          .contains(Effect.STANDING);
      Observation seen = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T2));
      assertThat(seen.effect()).contains(Effect.SWALLOWED);
      assertThat(seen.drift()).isEqualTo(Drift.NONE);
      assertThat(seen.can(Action.PROMOTE)).isEqualTo(Readiness.READY);
      stage.takesFence(seen);
      assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isPresent();
      Observation again = stage.look();
      assertThat(again.effect()).contains(Effect.DUE);
      stage.sends(again);
      assertThat(stage.looks(blueGreen().active(CANARY)).effect()).contains(Effect.IN_EFFECT);
    }

    @Test
    void aNewStartTimeLongAfterOurPatchIsNot() {
      promoted(blueGreen().paused(Pause.BLUE_GREEN, T1));
      Observation seen = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, "2026-05-01T10:01:06Z"));
      assertThat(seen.effect()).contains(Effect.OVERRULED);
      assertThat(seen.drift()).isEqualTo(Drift.BEGAN_AGAIN);
    }

    @Test
    void aNewStartTimeAfterAnAbortWasSeenIsNot() {
      promoted(canary().pausedAt(1));
      stage.looks(canary().step(0).aborted());
      Observation seen = stage.later(10).looks(canary().step(1).paused(Pause.CANARY_STEP, T2));
      assertThat(seen.effect()).contains(Effect.OVERRULED);
      assertThat(seen.drift()).isEqualTo(Drift.BEGAN_AGAIN);
    }

    @Test
    void aNewStartTimeWithAnInconclusiveAnalysisIsNotSentAgain() {
      promoted(canary().pausedAt(1));
      Observation seen =
          stage.looks(
              canary().step(1).paused(Pause.CANARY_STEP, T2).alsoPaused("InconclusiveAnalysisRun"));
      assertThat(seen.effect()).contains(Effect.OVERRULED);
    }

    @Test
    void theThirdTimeIsTheLast() {
      promoted(blueGreen().paused(Pause.BLUE_GREEN, T1));
      stage.sent("promote").sent("promote");
      assertThat(stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T2)).effect())
          .contains(Effect.OVERRULED);
    }

    @Test
    void whileItsPodsAreMissingItIsNotSentAgain() {
      promoted(blueGreen().paused(Pause.BLUE_GREEN, T1));
      stage.set(CANARY, "shop/app:2", 3);
      Observation seen = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T2));
      assertThat(seen.effect()).contains(Effect.SWALLOWED);
      assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isEmpty();
      stage.takesFence(seen);
      Observation waiting = stage.look();
      assertThat(waiting.effect()).contains(Effect.STANDING);
      assertThat(waiting.effectText()).contains("3 of 5 new pods");
      stage.set(CANARY, "shop/app:2", 5);
      assertThat(stage.look().effect()).contains(Effect.DUE);
    }
  }

  @Nested
  @DisplayName("AR6: blue/green only when fully available")
  class FullyAvailable {
    @Test
    void tooFewPodsAreWaitedFor() {
      stage.set(CANARY, "shop/app:2", 4);
      Readiness promote = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1)).can(Action.PROMOTE);
      assertThat(promote.state()).isEqualTo(Readiness.State.WAIT);
      assertThat(promote.why()).contains("4 of 5 new pods");
    }

    @Test
    void previewReplicaCountIsWhatIsAskedBeforeTheSwitch() {
      stage.set(CANARY, "shop/app:2", 2);
      RolloutJson rollout =
          blueGreen("'autoPromotionEnabled':false,'previewReplicaCount':2")
              .paused(Pause.BLUE_GREEN, T1);
      assertThat(stage.looks(rollout).can(Action.PROMOTE)).isEqualTo(Readiness.READY);
    }

    @Test
    void thePreviewScaledUpIsTheEffectOfAPromote() {
      stage.set(CANARY, "shop/app:2", 2);
      String fields = "'autoPromotionEnabled':false,'previewReplicaCount':2";
      promoted(blueGreen(fields).paused(Pause.BLUE_GREEN, T1));
      Observation seen =
          stage.looks(
              blueGreen(fields)
                  .status(
                      "blueGreen",
                      "{'activeSelector':'"
                          + STABLE
                          + "','previewSelector':'"
                          + CANARY
                          + "','scaleUpPreviewCheckPoint':true}"));
      assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    }

    @Test
    void aPauseThatEndsByItselfIsNeverPromotedByPatch() {
      stage.close();
      stage = new Stage(At.nextPause().held());
      stage.set(CANARY, "shop/app:2", 5);
      RolloutJson rollout = blueGreen("'autoPromotionSeconds':60").paused(Pause.BLUE_GREEN, T1);
      assertThat(stage.looks(rollout).can(Action.PROMOTE).state()).isEqualTo(Readiness.State.WAIT);
    }
  }

  private void promoted(RolloutJson rollout) {
    if (rollout.node().at("/spec/strategy").has("blueGreen")
        && stage.api.get(Stage.SETS + "checkout-" + CANARY).at("/spec/replicas").asInt() == 1) {
      stage.set(CANARY, "shop/app:2", 5);
    }
    stage.fencedAt(rollout).intends(Action.PROMOTE).sent("promote");
  }
}
