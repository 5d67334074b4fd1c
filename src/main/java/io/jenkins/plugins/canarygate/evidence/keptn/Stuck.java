package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where an Analysis stands that is not completed: Keptn has no failed state, only messages. */
final class Stuck {
  private Stuck() {}

  /** {@code Progressing: error rate: no values in the result}. */
  static String state(JsonNode analysis) {
    String state =
        KubeJson.text(analysis, "status", "state")
            .orElse(
                KubeJson.has(analysis, "status", "timeframe", "from")
                    ? "not begun, as where there is no AnalysisDefinition"
                        + " "
                        + analysis.path("spec").path("analysisDefinition").path("name").asText("")
                    : "not looked at by "
                        + KeptnKind.PRODUCT
                        + ", which may not be running or may not see this namespace");
    List<String> messages = messages(analysis);
    return messages.isEmpty() ? state : state + ": " + String.join("; ", messages);
  }

  /** What to say once there is no more time for it. */
  static String tooLate(JsonNode analysis, Duration timeout) {
    return "Keptn did not complete "
        + KeptnKind.ANALYSIS.kind()
        + " "
        + analysis.path("metadata").path("name").asText("")
        + " within "
        + Numbers.length(timeout)
        + "; it is "
        + state(analysis);
  }

  private static List<String> messages(JsonNode analysis) {
    List<String> messages = new ArrayList<>();
    analysis
        .path("status")
        .path("storedValues")
        .properties()
        .forEach(
            stored -> {
              String message = stored.getValue().path("errMsg").asText("");
              if (!message.isEmpty()) {
                messages.add(stored.getKey() + ": " + Plain.line(message));
              }
            });
    return messages;
  }
}
