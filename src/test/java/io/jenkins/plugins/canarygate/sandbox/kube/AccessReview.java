package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers the question whether one may do something. */
final class AccessReview {
  private AccessReview() {}

  static ObjectNode answer(JsonNode review, Rights rights) {
    JsonNode asked = review.path("spec").path("resourceAttributes");
    String resource = asked.path("resource").asText();
    String subresource = asked.path("subresource").asText("");
    boolean allowed =
        rights.allow(
            asked.path("verb").asText(),
            asked.path("group").asText(""),
            subresource.isEmpty() ? resource : resource + "/" + subresource,
            asked.path("namespace").asText(""));
    ObjectNode answer = ((ObjectNode) review).deepCopy();
    answer.withObject("/metadata").putNull("creationTimestamp");
    ObjectNode status = answer.putObject("status");
    status.put("allowed", allowed);
    if (!allowed) {
      status.put("denied", false);
    }
    status.put("reason", allowed ? "RBAC: allowed" : "");
    return answer;
  }
}
