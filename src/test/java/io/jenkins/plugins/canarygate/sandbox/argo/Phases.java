package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which phase a status means ({@code CalculateRolloutPhase}). */
final class Phases {
  private Phases() {}

  /** Writes phase and message. */
  static void write(RolloutView rollout, ObjectNode status) {
    String[] phase = of(rollout, status);
    status.put("phase", phase[0]);
    status.remove("message");
    if (!phase[1].isEmpty()) {
      status.put("message", phase[1]);
    }
  }

  private static String[] of(RolloutView rollout, JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      String reason = condition.path("reason").asText();
      String message = condition.path("message").asText();
      if (condition.path("type").asText().equals("InvalidSpec")) {
        return new String[] {"Degraded", "InvalidSpec: " + message};
      }
      if (reason.equals("RolloutAborted") || reason.equals("ProgressDeadlineExceeded")) {
        return new String[] {"Degraded", reason + ": " + message};
      }
    }
    if (rollout.isPaused()) {
      return new String[] {"Paused", "manually paused"};
    }
    if (!status.path("pauseConditions").isEmpty()) {
      return new String[] {"Paused", status.at("/pauseConditions/0/reason").asText()};
    }
    String unfinished = unfinished(rollout, status);
    return new String[] {unfinished.isEmpty() ? "Healthy" : "Progressing", unfinished};
  }

  private static String unfinished(RolloutView rollout, JsonNode status) {
    int updated = status.path("updatedReplicas").asInt();
    boolean promoted =
        !status.path("stableRS").asText("").isEmpty()
            && status.path("stableRS").asText().equals(status.path("currentPodHash").asText());
    if (updated < rollout.replicas()) {
      return "more replicas need to be updated";
    }
    if (status.path("availableReplicas").asInt() < updated) {
      return "updated replicas are still becoming available";
    }
    if (rollout.isBlueGreen()) {
      String active = status.path("blueGreen").path("activeSelector").asText("");
      if (active.isEmpty() || !active.equals(status.path("currentPodHash").asText())) {
        return "active service cutover pending";
      }
      if (!promoted) {
        return waitsForPostPromotion(rollout, status)
            ? "waiting for analysis to complete"
            : "waiting for post-promotion verification to complete";
      }
      return "";
    }
    if (!rollout.isRouted() && status.path("replicas").asInt() > updated) {
      return "old replicas are pending termination";
    }
    return promoted ? "" : "waiting for all steps to complete";
  }

  private static boolean waitsForPostPromotion(RolloutView rollout, JsonNode status) {
    return rollout.blueGreen().has("postPromotionAnalysis")
        && !Analyses.isCompleted(
            status.at("/blueGreen/postPromotionAnalysisRunStatus/status").asText(""));
  }
}
