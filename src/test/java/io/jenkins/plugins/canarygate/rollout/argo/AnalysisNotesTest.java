package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M12: what the driver notes for the analysis that is counted")
class AnalysisNotesTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private JsonNode notes() {
    return stage.memory.details().path("analysis");
  }

  private static RolloutJson running(String run) {
    return canary()
        .step(0)
        .status(
            "canary", "{'currentBackgroundAnalysisRunStatus':{'name':'" + run + "','status':''}}");
  }

  @Test
  void itNotesWhenTheHashWasSeenAtStepZeroAndTheRunsThatTheStatusNames() {
    stage.looks(canary().revision(STABLE).step(4).healthy());
    stage.later(20).looks(running("run-1"));
    String since = stage.now.toString();
    stage.later(20).looks(running("run-2"));
    assertThat(notes().path("hash").asText()).isEqualTo(CANARY);
    assertThat(notes().path("since").asText()).isEqualTo(since);
    assertThat(notes().path("runs").toString()).isEqualTo("[\"run-1\",\"run-2\"]");
    assertThat(stage.memory.details().path("uid").asText()).isEqualTo(RolloutJson.UID);
  }

  @Test
  void aGateThatComesLaterNotesNoBeginning() {
    stage.looks(canary().pausedAt(1));
    assertThat(notes().has("since")).isFalse();
  }

  @Test
  void theSameHashThatBeginsAgainForgetsTheRunsOfTheTimeBefore() {
    stage.looks(running("run-1"));
    stage.later(20).looks(canary().pausedAt(1));
    stage.later(20).looks(canary().step(0));
    assertThat(notes().path("runs")).isEmpty();
    assertThat(notes().path("since").asText()).isEqualTo(stage.now.toString());
  }

  @Test
  void anotherRevisionsRunsAreNotNoted() {
    stage.looks(running("run-1").revision(STABLE));
    assertThat(notes().isMissingNode()).isTrue();
  }
}
