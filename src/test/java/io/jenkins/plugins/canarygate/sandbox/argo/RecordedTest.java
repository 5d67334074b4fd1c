package io.jenkins.plugins.canarygate.sandbox.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps the simulated controller honest: what the real one (Argo Rollouts after 1.9.1, against a
 * real API server) was seen to do, state by state, the simulated one does as well.
 */
@DisplayName("The simulated controller, beside recordings of the real one")
class RecordedTest {
  private static final String FAILED =
      "Metric \"m\" assessed Failed due to failed (1) > failureLimit (0)";

  /** How the analyses ended there; they measure nothing here. */
  private static final Map<String, Consumer<SandboxCluster>> ANALYSES =
      Map.of(
          "analysis-failed", analysis("analysis-failed", "Failed", FAILED, 0),
          "analysis-ok", analysis("analysis-ok", "Successful", "", 0),
          "analysis-inconclusive", analysis("analysis-inconclusive", "Inconclusive", "", 0),
          "background-inconclusive", analysis("background-inconclusive", "Inconclusive", "", 5_000),
          "bluegreen-pre-ok", analysis("bluegreen-pre-ok", "Successful", "", 10_000),
          "bluegreen-pre-fail", analysis("bluegreen-pre-fail", "Failed", FAILED, 6_000),
          "bluegreen-post-ok", analysis("bluegreen-post-ok", "Successful", "", 8_000),
          "bluegreen-post-fail", analysis("bluegreen-post-fail", "Failed", FAILED, 5_000));

  private static Consumer<SandboxCluster> analysis(
      String template, String phase, String message, int afterMillis) {
    return cluster ->
        cluster.argo().scriptAnalysis(template, phase, message, Duration.ofMillis(afterMillis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abort-retry-abort",
        "analysis-failed",
        "analysis-inconclusive",
        "analysis-ok",
        "background-inconclusive",
        "bluegreen-abort",
        "bluegreen-abort-delay0",
        "bluegreen-autoseconds",
        "bluegreen-default",
        "bluegreen-post-abort",
        "bluegreen-post-fail",
        "bluegreen-post-ok",
        "bluegreen-pre-fail",
        "bluegreen-pre-ok",
        "bluegreen-previewcount",
        "bluegreen-promote",
        "bluegreen-unready",
        "canary-abort",
        "canary-promote",
        "controller-down",
        "deadline",
        "deadline-abort",
        "double-promote",
        "first-deploy",
        "hold",
        "hold-abort",
        "hold-abort-bluegreen",
        "hold-abort-routed",
        "hold-bluegreen",
        "hold-early",
        "hold-promote",
        "hold-short",
        "invalid-spec",
        "no-steps",
        "pause-zero",
        "paused-promote-lost",
        "paused-promote-lost-bluegreen",
        "promoteFully",
        "promoteFully-abort",
        "promoteFully-bluegreen",
        "promoteFully-paused",
        "promoteFully-routed",
        "restart",
        "rollback-window",
        "routed-abort",
        "routed-abort-delay0",
        "routed-abort-delay0-scale",
        "routed-abort-dynamic",
        "routed-promote",
        "superseded-bluegreen"
      })
  @DisplayName("goes through the very same states")
  void goesThroughTheSameStates(String name) throws IOException {
    Recording recording = new Recording(name);
    List<JsonNode> then = recording.then();
    List<JsonNode> now = recording.play(ANALYSES.getOrDefault(name, cluster -> {}));

    assertThat(lines(from(then.get(0), now))).containsExactlyElementsOf(lines(then));
  }

  @ParameterizedTest
  @ValueSource(strings = {"superseded", "bluegreen-swallow", "workloadref", "promote-at-once"})
  @DisplayName("decides the same where the order of pods, or of two requests at once, was chance")
  void decidesTheSame(String name) throws IOException {
    Recording recording = new Recording(name);
    List<JsonNode> then = decisions(recording.then());
    List<JsonNode> now = decisions(recording.play(cluster -> {}));

    assertThat(lines(from(then.get(0), now))).containsExactlyElementsOf(lines(then));
  }

  @ParameterizedTest
  @ValueSource(strings = "bluegreen-post-abort-paused")
  @DisplayName("goes round and round where the real one does")
  void goesRoundAndRound(String name) throws IOException {
    Recording recording = new Recording(name);
    List<JsonNode> then = recording.then();
    List<JsonNode> now = recording.play(cluster -> {});

    assertThat(lines(from(then.get(0), now)).subList(0, 60))
        .containsExactlyElementsOf(lines(then).subList(0, 60));
  }

  /** The recorder sometimes came late. */
  private static List<JsonNode> from(JsonNode first, List<JsonNode> states) {
    int start = 0;
    while (start < states.size() && !Json.same(states.get(start), first)) {
      start++;
    }
    return states.subList(start, states.size());
  }

  private static List<JsonNode> decisions(List<JsonNode> states) {
    List<JsonNode> decisions = new ArrayList<>();
    for (JsonNode state : states) {
      ObjectNode decision =
          ((ObjectNode) state.deepCopy())
              .retain(
                  "phase",
                  "step",
                  "current",
                  "stable",
                  "pauses",
                  "controllerPause",
                  "abort",
                  "promoteFull",
                  "weights",
                  "blueGreen");
      if (decisions.isEmpty() || !Json.same(decisions.get(decisions.size() - 1), decision)) {
        decisions.add(decision);
      }
    }
    return decisions;
  }

  private static List<String> lines(List<JsonNode> states) {
    return states.stream().map(RecordedTest::line).toList();
  }

  private static String line(JsonNode state) {
    StringBuilder line = new StringBuilder();
    List<String> fields = new ArrayList<>();
    state.fieldNames().forEachRemaining(fields::add);
    fields.stream()
        .sorted()
        .forEach(f -> line.append(f).append('=').append(state.get(f)).append(' '));
    return line.toString();
  }
}
