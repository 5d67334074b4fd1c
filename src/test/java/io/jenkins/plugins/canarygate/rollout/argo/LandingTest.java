package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T2;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AR5: landed, and what is not")
class LandingTest {
  private Stage stage = new Stage();

  @BeforeEach
  void promoted() {
    stage.fencedAt(routed().pausedAt(1)).intends(Action.PROMOTE).sent("promote");
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void waitingAtALaterPauseHasAdvancedAndIsTheNextPoint() {
    Observation seen = stage.looks(routed().weights(60).step(3).paused(Pause.CANARY_STEP, T2));
    assertThat(seen.fate()).isEqualTo(Fate.ADVANCED);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.where()).isEqualTo("step 3 of 4, 60 %");
    assertThat(seen.point().orElseThrow().step()).hasValue(3);
  }

  @Test
  void aWeightThatTheRouterHasNotVerifiedHasNotAdvanced() {
    Observation seen =
        stage.looks(routed().weights(60).verified(false).step(3).paused(Pause.CANARY_STEP, T2));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.obstacle(Obstacle.Kind.WAIT).orElseThrow().text()).contains("not verified");
  }

  @Test
  void aPersonsPauseHasNotAdvancedAndIsNamed() {
    Observation seen = stage.looks(routed().step(2).spec("paused", "true"));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
  }

  @Test
  void aLaterInconclusiveAnalysisHasNotAdvanced() {
    Observation seen =
        stage.looks(
            routed().step(3).paused(Pause.CANARY_STEP, T2).alsoPaused("InconclusiveAnalysisRun"));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS)).isPresent();
  }

  @Test
  void stableAndHealthyHasLanded() {
    Observation seen = stage.looks(routed().stable(CANARY).step(4).weights(0).healthy());
    assertThat(seen.fate()).isEqualTo(Fate.LANDED);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.can(Action.ABORT).state()).isEqualTo(Readiness.State.DONE);
    assertThat(seen.share().orElseThrow().text()).isEqualTo("all traffic");
  }

  @Test
  void stableButStillProgressingHasNotLanded() {
    assertThat(stage.looks(routed().stable(CANARY).step(4)).fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void stableHasLandedWhateverIsCurrentByThen() {
    Observation seen = stage.looks(routed().stable(CANARY).revision("66666").step(0));
    assertThat(seen.fate()).isEqualTo(Fate.LANDED);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
  }

  @Test
  void healthyInAStatusThatIsBehindHasNotLanded() {
    Observation seen =
        stage.looks(routed().stable(CANARY).step(4).weights(0).healthy().generation(6, 5));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void aSwitchedActiveServiceAloneHasNotLanded() {
    stage.close();
    stage = new Stage();
    stage.set(CANARY, "shop/app:2", 5);
    stage
        .fencedAt(blueGreen().paused(Pause.BLUE_GREEN, T1))
        .intends(Action.PROMOTE)
        .sent("promote");
    Observation seen = stage.looks(blueGreen().active(CANARY));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.effect()).contains(Effect.IN_EFFECT);
    assertThat(seen.share().orElseThrow().serving()).isTrue();
    assertThat(seen.can(Action.ABORT).state()).isEqualTo(Readiness.State.READY);
    assertThat(stage.looks(blueGreen().active(CANARY).stable(CANARY).healthy()).fate())
        .isEqualTo(Fate.LANDED);
  }

  @Test
  void whereEachPauseIsJudgedATimedOneBetweenThemIsPassedBy() {
    String steps = "[{'pause':{}},{'pause':{'duration':'30s'}},{'pause':{}}]";
    stage.close();
    stage = new Stage(At.eachPause());
    stage.fencedAt(canary(steps).pausedAt(0)).intends(Action.PROMOTE).sent("promote");
    assertThat(stage.looks(canary(steps).step(1).paused(Pause.CANARY_STEP, T2)).fate())
        .isEqualTo(Fate.UNDER_WAY);
    assertThat(stage.looks(canary(steps).step(2).paused(Pause.CANARY_STEP, T2)).fate())
        .isEqualTo(Fate.ADVANCED);
  }

  @Test
  void withoutFenceALaterPauseIsANewPoint() {
    stage.looks(routed().step(3).paused(Pause.CANARY_STEP, T2));
    stage.fence = java.util.Optional.empty();
    stage.intent = java.util.Optional.empty();
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.point().orElseThrow().step()).hasValue(3);
    assertThat(new ArgoFence(seen.fence().orElseThrow()).startTime()).isEqualTo(T2);
  }
}
