package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Observation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ReplicaSets are read")
class ReadingSetsTest {
  private static final String STEPS = "[{'setWeight':20},{'pause':{}},{'setWeight':60}]";

  private Stage stage = new Stage(At.nextPause());

  private static RolloutJson paused() {
    return canary(STEPS).step(1).paused(Pause.CANARY_STEP, T1).status("availableReplicas", "5");
  }

  private long lists() {
    return stage.api.requests.stream()
        .filter(request -> request.path().contains("/replicasets?"))
        .count();
  }

  @Test
  void onceWhileTheRolloutCountsTheSamePods() {
    Observation first = stage.looks(paused());
    Observation second = stage.looks(paused());

    assertThat(lists()).isEqualTo(1);
    assertThat(second.share()).isEqualTo(first.share());
    assertThat(second.cohorts()).isEqualTo(first.cohorts());
    assertThat(second.revision()).isEqualTo(first.revision());
  }

  @Test
  void againWhenAPodIsLost() {
    stage.looks(paused());
    stage.looks(paused().status("availableReplicas", "4"));
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  void againAtAnotherStep() {
    stage.looks(paused());
    stage.looks(paused().step(2));
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  void atEveryLookWhereTheControllerHasNotSettled() {
    stage.looks(paused().generation(6, 5));
    stage.looks(paused().generation(6, 5));
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  @DisplayName("AR6: at every look of blue/green, whose promote could be swallowed")
  void atEveryLookOfBlueGreen() {
    stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1));
    stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1));
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  @DisplayName("AR3: at every look for the first pod")
  void atEveryLookWhileProgressing() {
    stage = new Stage(At.progressing());
    stage.looks(canary(STEPS).step(0));
    stage.looks(canary(STEPS).step(0));
    assertThat(lists()).isEqualTo(2);
  }
}
