package io.jenkins.plugins.canarygate.sandbox.flagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps the simulated Flagger honest: what the real one (1.44.0, against a real API server) was
 * seen to do, tick by tick, the simulated one does as well.
 */
@DisplayName("The simulated Flagger, beside recordings of the real one")
class RecordedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abtesting-gatewayapi",
        "annotation-and-scale",
        "bluegreen-gatewayapi-no-at-second-tick",
        "bluegreen-gatewayapi-rollback-at-second-tick",
        "bluegreen-promote",
        "bluegreen-promote-1-iteration",
        "bluegreen-rollback",
        "bluegreen-rollback-progressing",
        "canary-unready",
        "configmap-change",
        "daemonset",
        "delete-revert",
        "failed-100-recovered",
        "failed-100-recovered-gatewayapi",
        "failed-checks-metric",
        "failed-checks-rollout-hook",
        "first-deploy",
        "flagger-restart",
        "hook-answers",
        "hook-retries",
        "new-image-mid-analysis",
        "new-image-weighted",
        "no-replicas",
        "primary-unready-finalising",
        "primary-unready-progressing",
        "primary-unready-promoting",
        "primary-unready-promoting-gatewayapi",
        "skip-analysis-first",
        "skip-analysis-mid",
        "step-weights",
        "suspend",
        "target-changes-during-hook",
        "target-put-back",
        "target-put-back-then-rollback",
        "traffic-increase-no-at-max",
        "waiting",
        "weighted-gatewayapi-promote",
        "weighted-gatewayapi-rollback",
        "weighted-gatewayapi-stepped-promotion",
        "weighted-nginx-promote"
      })
  @DisplayName("goes through the same states and makes the same calls")
  void goesThroughTheSameStates(String name) throws IOException {
    Recording recording = new Recording(name);
    Map<String, List<String>> then = recording.then().lines();
    Map<String, List<String>> now;
    try (Replay replay = new Replay(recording)) {
      now = replay.play().lines();
    }

    assertThat(now.keySet()).isEqualTo(then.keySet());
    then.forEach(
        (about, lines) ->
            assertThat(stripped(now.get(about)))
                .as(about)
                .containsExactlyElementsOf(stripped(lines)));
  }

  private static List<String> stripped(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }
}
