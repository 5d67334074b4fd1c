package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Observation;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M5, AR3: since when and how much the canary serves")
class TrafficTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aGateThatComesLaterGoesByTheStartOfThePause() {
    assertThat(stage.looks(routed().pausedAt(1)).trafficSince()).contains(Instant.parse(T1));
  }

  @Test
  void aGateThatSawTheWeightArriveGoesByThat() {
    stage.now = Instant.parse("2026-05-01T09:59:40Z");
    stage.looks(routed().step(0).weights(0));
    stage.later(10).looks(routed().step(0).weights(20));
    Observation seen = stage.later(30).looks(routed().pausedAt(1));
    assertThat(seen.trafficSince()).contains(Instant.parse("2026-05-01T09:59:50Z"));
  }

  @Test
  void aLaterPauseHasItsOwnWeight() {
    stage.looks(routed().pausedAt(1));
    stage.later(60).looks(routed().step(2).weights(60));
    Observation seen =
        stage
            .later(30)
            .looks(routed().weights(60).step(3).paused(Pause.CANARY_STEP, "2026-05-01T10:01:30Z"));
    assertThat(seen.trafficSince()).contains(Instant.parse("2026-05-01T10:01:05Z"));
  }

  @Test
  void aWeightThatIsNotVerifiedHasNotArrived() {
    assertThat(stage.looks(routed().step(0).weights(20).verified(false)).trafficSince()).isEmpty();
  }

  @Test
  void atProgressingTheFirstTrafficCounts() {
    stage.close();
    stage = new Stage(At.progressing());
    assertThat(stage.looks(routed().step(0).weights(0)).trafficSince()).isEmpty();
    Instant first = stage.later(10).now;
    stage.looks(routed().step(0).weights(20));
    assertThat(stage.later(60).looks(routed().step(2).weights(60)).trafficSince()).contains(first);
  }

  @Test
  void routedItIsTheRoutersWeight() {
    assertThat(stage.looks(routed().pausedAt(1)).share().orElseThrow().text()).isEqualTo("20 %");
    assertThat(stage.looks(routed().step(0).weights(0)).share().orElseThrow().serving()).isFalse();
  }

  @Test
  void withoutRouterItIsAvailablePods() {
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.share().orElseThrow().text()).isEqualTo("1 of 5 pods");
    assertThat(seen.share().orElseThrow().serving()).isTrue();
  }

  @Test
  void aPreviewServesNoUsersUntilTheSwitch() {
    stage.set(CANARY, "shop/app:2", 5);
    Observation before = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1));
    assertThat(before.share().orElseThrow().serving()).isFalse();
    assertThat(before.trafficSince()).contains(Instant.parse(T1));
    assertThat(stage.looks(blueGreen().active(CANARY)).share().orElseThrow().serving()).isTrue();
  }
}
