package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T2;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R2, AR1: what moved, and what follows")
class ArgoFenceTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void nothingMovesWhileItIsPausedUndisturbed() {
    stage.fencedAt(canary().pausedAt(1));
    assertThat(stage.later(600).look().drift()).isEqualTo(Drift.NONE);
  }

  @Test
  void withoutAFenceThereIsNoDrift() {
    assertThat(stage.looks(canary().pausedAt(1)).drift()).isEqualTo(Drift.NONE);
  }

  @Test
  void anAutoscalerMovesNothing() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).spec("replicas", "9").generation(5, 5));
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.fence()).isEqualTo(stage.fence);
  }

  @Test
  void anotherHashIsAnotherRevision() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().revision("66666"));
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(seen.can(Action.ABORT).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void goingBackToTheStableRevisionIsAnotherRevision() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().revision(STABLE).step(4).healthy());
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
    assertThat(seen.fate()).isNotEqualTo(Fate.LANDED);
  }

  @Test
  void aDeletedObjectIsGone() {
    stage.fencedAt(canary().pausedAt(1));
    stage.api.remove(Stage.PATH);
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.ABSENT);
    assertThat(seen.drift()).isEqualTo(Drift.GONE);
  }

  @Test
  void anObjectMadeAnewIsGoneAndNothingIsRememberedOfTheOldOne() {
    stage.fencedAt(canary().pausedAt(1));
    stage.put(RolloutJson.replicaSet(CANARY, "shop/app:2", 1, "uid-2"));
    Observation seen = stage.looks(canary().pausedAt(1).uid("uid-2"));
    assertThat(seen.drift()).isEqualTo(Drift.GONE);
    assertThat(seen.uid()).contains("uid-2");
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(seen.memory().details().path("uid").asText()).isEqualTo("uid-2");
  }

  @Test
  void aLaterStepHasMovedOn() {
    stage.fencedAt(canary().pausedAt(1));
    assertThat(stage.looks(canary().step(2)).drift()).isEqualTo(Drift.MOVED_ON);
  }

  @Test
  void aPauseThatIsGoneHasMovedOn() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).unpausing());
    assertThat(seen.drift()).isEqualTo(Drift.MOVED_ON);
    assertThat(seen.phase()).as("the status says Paused still").isEqualTo("Progressing");
  }

  @Test
  void aSwitchByAnotherHandHasMovedOn() {
    stage.fencedAt(blueGreen().paused(Pause.BLUE_GREEN, RolloutJson.T1));
    assertThat(stage.looks(blueGreen().active(CANARY)).drift()).isEqualTo(Drift.MOVED_ON);
  }

  @Test
  void anAbortIsAFateAndNoDrift() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().step(0).aborted());
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void editedStepsBeginAgain() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).status("currentStepHash", "'5b575b6b4b'"));
    assertThat(seen.drift()).isEqualTo(Drift.BEGAN_AGAIN);
    assertThat(seen.point()).isPresent();
    assertThat(seen.fence()).isPresent().isNotEqualTo(stage.fence);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aPauseWithAnotherStartTimeBeganAgain() {
    stage.fencedAt(canary().pausedAt(1));
    assertThat(stage.looks(canary().step(1).paused(Pause.CANARY_STEP, T2)).drift())
        .isEqualTo(Drift.BEGAN_AGAIN);
  }

  @Test
  void theSameRevisionTriedAgainAfterAnAbortBeganAgain() {
    stage.fencedAt(canary().pausedAt(3));
    assertThat(stage.looks(canary().step(0)).drift()).isEqualTo(Drift.BEGAN_AGAIN);
  }

  @Test
  void aPersonsPauseIsNoDriftButRefusesAPromotionAndNamesTheCommand() {
    stage.fencedAt(canary().pausedAt(1));
    Observation seen = stage.looks(canary().pausedAt(1).spec("paused", "true").generation(5, 5));
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.point()).isPresent();
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
    Readiness promote = seen.can(Action.PROMOTE);
    assertThat(promote.state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(promote.command())
        .contains(
            "kubectl -n shop patch rollouts.argoproj.io checkout --type merge -p"
                + " '{\"spec\":{\"paused\":false}}'");
    assertThat(seen.can(Action.ABORT).state()).as("A4").isEqualTo(Readiness.State.READY);
  }

  @Test
  void aHoldOfOursLiftedByAnotherIsSaid() {
    restage(At.nextPause().held());
    stage.fencedAt(timed().held(Stage.GATE).generation(5, 5));
    Observation seen = stage.looks(timed().generation(6, 6));
    assertThat(seen.drift()).isEqualTo(Drift.HOLD_LIFTED);
    assertThat(seen.can(Action.LIFT).state()).isEqualTo(Readiness.State.DONE);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.READY);
  }

  @Test
  void aPauseSetAfterOurHoldWasLiftedIsAPersonsThoughTheAnnotationWasLeft() {
    restage(At.nextPause().held());
    stage.fencedAt(timed().held(Stage.GATE).generation(5, 5));
    Observation lifted =
        stage.looks(timed().held(Stage.GATE).spec("paused", "false").generation(6, 6));
    assertThat(lifted.drift()).isEqualTo(Drift.HOLD_LIFTED);
    stage.fence = lifted.fence();
    Observation seen = stage.looks(timed().held(Stage.GATE).generation(7, 7));
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED)).isPresent();
    assertThat(seen.can(Action.LIFT).state()).isEqualTo(Readiness.State.DONE);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void theFenceOfProgressingIsTheRevisionAlone() {
    restage(At.progressing());
    stage.fencedAt(canary().step(1));
    assertThat(stage.looks(canary().pausedAt(3)).drift()).isEqualTo(Drift.NONE);
    assertThat(stage.looks(canary().revision("66666")).drift()).isEqualTo(Drift.OTHER_REVISION);
  }

  private void restage(At at) {
    stage.close();
    stage = new Stage(at);
  }

  private static RolloutJson timed() {
    return canary("[{'setWeight':20},{'pause':{'duration':'5m'}},{'pause':{}}]").pausedAt(1);
  }
}
