package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T2;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Write;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AR8, A5, A8: holds, ours and others'")
class HoldTest {
  private static final String STEPS =
      "[{'setWeight':20},{'pause':{'duration':'5m'}},{'setWeight':60},{'pause':{}}]";
  private Stage stage = new Stage(At.nextPause().held());

  @AfterEach
  void close() {
    stage.close();
  }

  private static RolloutJson timed() {
    return canary(STEPS).pausedAt(1);
  }

  private static RolloutJson held() {
    return timed().held(Stage.GATE).generation(5, 5);
  }

  @Test
  void aHoldIsSetOnlyOnceThePauseIsSeen() {
    assertThat(stage.looks(canary(STEPS).step(0)).can(Action.HOLD).state())
        .isEqualTo(Readiness.State.WAIT);
    assertThat(stage.looks(timed().generation(5, 4)).can(Action.HOLD).state())
        .isEqualTo(Readiness.State.WAIT);
    assertThat(stage.looks(timed()).can(Action.HOLD)).isEqualTo(Readiness.READY);
  }

  @Test
  void anIndefinitePauseNeedsNone() {
    assertThat(stage.looks(canary().pausedAt(1)).can(Action.HOLD).state())
        .isEqualTo(Readiness.State.DONE);
  }

  @Test
  void itIsSpecPausedWithOurAnnotationInOnePatchReadBackWithTheSamePause() {
    Observation seen = stage.looks(timed());
    stage.fence = seen.fence();
    stage.intends(Action.HOLD);
    Write write = stage.sends(seen);
    assertThat(write.subresource()).isEmpty();
    assertThat(write.body().at("/spec/paused").asBoolean()).isTrue();
    assertThat(write.body().path("metadata").path("annotations").path(RolloutStatus.HOLD).asText())
        .isEqualTo(Stage.GATE);
    assertThat(stage.look().effect()).as("not observed yet").contains(Effect.STANDING);
    Observation held = stage.looks(held());
    assertThat(held.effect()).contains(Effect.IN_EFFECT);
    assertThat(new ArgoFence(held.fence().orElseThrow()).hold()).isTrue();
    assertThat(held.can(Action.HOLD).state()).isEqualTo(Readiness.State.DONE);
    assertThat(held.point().orElseThrow().timed()).isTrue();
  }

  @Test
  void aPauseThatEndedFirstOverrulesItAndTheHoldCanBeLifted() {
    stage.fencedAt(timed()).intends(Action.HOLD).sent("hold");
    Observation seen = stage.looks(canary(STEPS).step(2).held(Stage.GATE).generation(5, 4));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.can(Action.LIFT)).isEqualTo(Readiness.READY);
    assertThat(seen.fence()).as("the engine needs one to lift").isPresent();
  }

  @Test
  void liftingTakesTheAnnotationAlong() {
    stage.fencedAt(held()).intends(Action.LIFT);
    Write write = stage.sends(stage.look());
    assertThat(write.body().at("/spec/paused").asBoolean(true)).isFalse();
    assertThat(write.body().path("metadata").path("annotations").path(RolloutStatus.HOLD).isNull())
        .isTrue();
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    assertThat(stage.looks(timed().generation(6, 6)).effect()).contains(Effect.IN_EFFECT);
  }

  @Test
  void aPersonsPauseIsNeverLifted() {
    Observation seen = stage.looks(timed().spec("paused", "true"));
    assertThat(seen.can(Action.LIFT).state()).isEqualTo(Readiness.State.DONE);
    assertThat(seen.can(Action.HOLD).state()).isEqualTo(Readiness.State.WAIT);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aPromoteUnderOurHoldLiftsFirstAndClearsThePauseOnlyIfItStillStands() {
    stage.fencedAt(held()).intends(Action.PROMOTE);
    assertThat(stage.look().can(Action.PROMOTE)).isEqualTo(Readiness.READY);
    assertThat(stage.sends(stage.look()).what()).isEqualTo("lift");
    assertThat(stage.look().effect()).as("the lift is not observed").contains(Effect.STANDING);
    Observation lifted = stage.looks(timed().generation(6, 6));
    assertThat(lifted.effect()).contains(Effect.DUE);
    assertThat(stage.sends(lifted).what()).isEqualTo("promote");
    assertThat(stage.looks(canary(STEPS).step(2).generation(6, 6)).effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void aLiftThatLetTheStepGoOnWasOurPromote() {
    stage.fencedAt(held()).intends(Action.PROMOTE).sent("lift");
    Observation seen = stage.looks(canary(STEPS).step(2).generation(6, 6));
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isEmpty();
  }

  @Test
  void aTimedBlueGreenPauseIsPromotedByLiftingAlone() {
    stage.set(CANARY, "shop/app:2", 5);
    String fields = "'autoPromotionSeconds':60";
    stage
        .fencedAt(blueGreen(fields).paused(Pause.BLUE_GREEN, T1).held(Stage.GATE).generation(5, 5))
        .intends(Action.PROMOTE);
    assertThat(stage.sends(stage.look()).what()).isEqualTo("lift");
    Observation seen = stage.looks(blueGreen(fields).paused(Pause.BLUE_GREEN, T1).generation(6, 6));
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(stage.driver.next(stage.intent.orElseThrow(), seen)).isEmpty();
    assertThat(stage.looks(blueGreen(fields).active(CANARY).generation(6, 6)).effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void pauseAtProgressingIsSpecPausedWithOurAnnotation() {
    stage.close();
    stage = new Stage(At.progressing());
    Observation seen = stage.looks(canary().step(2));
    assertThat(seen.can(Action.PAUSE)).isEqualTo(Readiness.READY);
    stage.fence = seen.fence();
    stage.intends(Action.PAUSE);
    Write write = stage.sends(seen);
    assertThat(write.what()).isEqualTo("pause");
    assertThat(write.body().at("/spec/paused").asBoolean()).isTrue();
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    assertThat(stage.looks(canary().step(2).held(Stage.GATE).generation(5, 5)).effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void pauseAtAnIndefinitePauseSendsNothing() {
    assertThat(stage.looks(canary().pausedAt(1)).can(Action.PAUSE).state())
        .isEqualTo(Readiness.State.DONE);
  }

  @Test
  void anotherGatesHoldIsNamedWithItsCommandAndNeverTouched() {
    Observation seen = stage.looks(timed().held("gate-2").generation(5, 5));
    Obstacle other = seen.obstacle(Obstacle.Kind.OTHER_GATE).orElseThrow();
    assertThat(other.text()).contains("gate-2");
    assertThat(other.command().orElseThrow())
        .contains("\"canary-gate/hold\":null")
        .contains("\"paused\":false");
    assertThat(seen.can(Action.LIFT).state()).isEqualTo(Readiness.State.DONE);
    assertThat(seen.can(Action.HOLD).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(seen.can(Action.ABORT)).isEqualTo(Readiness.READY);
  }

  @Test
  void anAnnotationWithoutSpecPausedHoldsNothing() {
    Observation seen = stage.looks(timed().held("gate-2").spec("paused", "false"));
    assertThat(seen.obstacle(Obstacle.Kind.OTHER_GATE)).isEmpty();
    assertThat(seen.can(Action.HOLD)).isEqualTo(Readiness.READY);
  }

  @Test
  void aHoldThatWasOverwrittenByARestartOfThePauseIsOverruled() {
    stage.fencedAt(timed()).intends(Action.HOLD).sent("hold");
    Observation seen =
        stage.looks(
            canary(STEPS).step(1).paused(Pause.CANARY_STEP, T2).held(Stage.GATE).generation(5, 5));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
  }

  @Test
  void aTimedPauseIsLookedForOftenUntilItIsHeld() {
    assertThat(stage.looks(canary(STEPS).step(0)).lookAgainWithin()).isEqualTo(LookAgain.SOON);
    assertThat(stage.looks(held()).lookAgainWithin()).isEqualTo(LookAgain.CALM);
  }
}
