package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When a gate looks again by itself")
class PaceTest {
  private static final String STEPS = "[{'setWeight':20},{'pause':{}},{'setWeight':60}]";

  private final Stage stage = new Stage(At.nextPause());

  private static RolloutJson paused() {
    return canary(STEPS).step(1).paused(Pause.CANARY_STEP, RolloutJson.T1);
  }

  @Test
  void withoutAWatchItLooksOften() {
    assertThat(stage.looks(canary(STEPS).step(0)).lookAgainWithin()).isEqualTo(LookAgain.MODERATE);
    assertThat(stage.looks(paused()).lookAgainWithin()).isEqualTo(LookAgain.CALM);
  }

  @Test
  void aWatchThatIsOpenMakesItSeldom() {
    stage.watched();
    assertThat(stage.looks(canary(STEPS).step(0)).lookAgainWithin())
        .isBetween(LookAgain.WATCHED, LookAgain.WATCHED.plus(Duration.ofMinutes(1)));
    assertThat(stage.looks(paused()).lookAgainWithin())
        .isBetween(LookAgain.WATCHED, LookAgain.WATCHED.plus(Duration.ofMinutes(1)));
  }

  @Test
  void anActionIsReadBackOftenEvenSo() {
    stage.watched().fencedAt(paused()).intends(Action.PROMOTE).sent("promote");
    assertThat(stage.looks(paused()).lookAgainWithin()).isEqualTo(LookAgain.SOON);
  }

  @Test
  void whatTheControllerHasNotTakenUpIsLookedForOftenEvenSo() {
    stage.watched();
    assertThat(stage.looks(paused().generation(6, 5)).lookAgainWithin()).isEqualTo(LookAgain.SOON);
  }

  @Test
  void aTimedPauseThatIsToBeHeldIsLookedForOftenEvenSo() {
    Stage holding = new Stage(At.nextPause().held()).watched();
    assertThat(holding.looks(canary(STEPS).step(0)).lookAgainWithin()).isEqualTo(LookAgain.SOON);
  }
}
