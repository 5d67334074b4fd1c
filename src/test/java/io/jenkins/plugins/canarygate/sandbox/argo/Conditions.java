package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The conditions of a status ({@code utils/conditions}). */
final class Conditions {
  private Conditions() {}

  static JsonNode get(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean hasReason(JsonNode status, String type, String reason) {
    return get(status, type).path("reason").asText().equals(reason);
  }

  /**
   * Sets a condition. Nothing changes where its status and reason stay the same.
   *
   * @return whether anything changed
   */
  static boolean set(
      ObjectNode status, String type, String value, String reason, String message, Instant now) {
    JsonNode old = get(status, type);
    boolean sameValue = old.path("status").asText().equals(value);
    if (sameValue && old.path("reason").asText().equals(reason)) {
      return false;
    }
    ObjectNode fresh = status.objectNode();
    fresh.put(
        "lastTransitionTime",
        sameValue ? old.path("lastTransitionTime").asText() : Pauses.second(now));
    fresh.put("lastUpdateTime", Pauses.second(now));
    fresh.put("message", message);
    fresh.put("reason", reason);
    fresh.put("status", value);
    fresh.put("type", type);
    remove(status, type);
    status.withArray("conditions").add(fresh);
    return true;
  }

  static void remove(ObjectNode status, String type) {
    if (get(status, type).isMissingNode()) {
      return;
    }
    ArrayNode kept = status.arrayNode();
    for (JsonNode condition : status.path("conditions")) {
      if (!condition.path("type").asText().equals(type)) {
        kept.add(condition);
      }
    }
    status.set("conditions", kept);
  }
}
