package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AR9: promote fully")
class PromoteFullyTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void itSetsPromoteFullOnTheStatusOnce() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE_FULLY);
    stage.sends(stage.look());
    assertThat(stage.api.patches().get(0).body()).contains("\"status\":{\"promoteFull\":true}");
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    Observation goesOn = stage.looks(canary().step(4).status("promoteFull", "true"));
    assertThat(goesOn.effect()).contains(Effect.IN_EFFECT);
    assertThat(stage.looks(canary().step(4).stable(CANARY)).effect()).contains(Effect.IN_EFFECT);
    assertThat(stage.api.patches()).hasSize(1);
  }

  @Test
  void itWaitsForTheGenerationToBeObserved() {
    assertThat(stage.looks(canary().pausedAt(1).generation(5, 4)).can(Action.PROMOTE_FULLY).state())
        .isEqualTo(Readiness.State.WAIT);
  }

  @Test
  void itIsNotForARevisionThatIsStableAlready() {
    assertThat(stage.looks(canary().pausedAt(1).stable(CANARY)).can(Action.PROMOTE_FULLY).state())
        .isEqualTo(Readiness.State.DONE);
  }

  @Test
  void aPersonsPauseAndAnInconclusiveAnalysisRefuseIt() {
    assertThat(
            stage
                .looks(canary().pausedAt(1).spec("paused", "true"))
                .can(Action.PROMOTE_FULLY)
                .state())
        .isEqualTo(Readiness.State.REFUSED);
    assertThat(
            stage
                .looks(canary().pausedAt(1).alsoPaused("InconclusiveAnalysisRun"))
                .can(Action.PROMOTE_FULLY)
                .state())
        .isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void blueGreenTakesItThoughPodsAreMissing() {
    assertThat(stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1)).can(Action.PROMOTE_FULLY))
        .isEqualTo(Readiness.READY);
    stage.fencedAt(blueGreen().paused(Pause.BLUE_GREEN, T1)).intends(Action.PROMOTE_FULLY);
    stage.sends(stage.look());
    assertThat(stage.looks(blueGreen().active(CANARY).status("promoteFull", "true")).effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void underOurHoldPromoteFullComesFirstAndTheLiftAfterIt() {
    stage.close();
    stage = new Stage(At.nextPause().held());
    String timed = "[{'setWeight':20},{'pause':{'duration':'5m'}},{'pause':{}}]";
    stage
        .fencedAt(canary(timed).pausedAt(1).held(Stage.GATE).generation(5, 5))
        .intends(Action.PROMOTE_FULLY);
    assertThat(stage.sends(stage.look()).what()).isEqualTo("promoteFully");
    Observation standing = stage.look();
    assertThat(standing.effect()).contains(Effect.DUE);
    assertThat(stage.sends(standing).what()).isEqualTo("lift");
    assertThat(
            stage
                .looks(canary(timed).step(3).status("promoteFull", "true").generation(6, 6))
                .effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void aRolloutThatLeftTheGatePointIsNotPromotedFully() {
    stage.fencedAt(canary().pausedAt(1)).intends(Action.PROMOTE_FULLY);
    assertThat(stage.looks(canary().step(2)).effect()).contains(Effect.OVERRULED);
  }
}
