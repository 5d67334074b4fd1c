package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A Rollout's state without times and with {@code r1}, {@code r2} for hashes, as recorded. */
final class Revised {
  private final Map<String, String> names = new LinkedHashMap<>();

  String hash(String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private String name(JsonNode hash) {
    String text = hash.asText("");
    return text.isEmpty() ? "" : names.computeIfAbsent(text, unknown -> "r" + (names.size() + 1));
  }

  JsonNode state(JsonNode rollout) {
    JsonNode status = rollout.path("status");
    ObjectNode state = Json.object();
    state.put("generation", rollout.at("/metadata/generation").asInt());
    state.put("observed", status.path("observedGeneration").asText(""));
    state.put("phase", status.path("phase").asText(""));
    state.put(
        "message", status.path("message").asText("").replaceAll("-[a-z0-9]{7,10}\"", "-HASH\""));
    state.put("step", status.path("currentStepIndex").asInt(-1));
    state.put("current", name(status.path("currentPodHash")));
    state.put("stable", name(status.path("stableRS")));
    var pauses = state.putArray("pauses");
    status.path("pauseConditions").forEach(pause -> pauses.add(pause.path("reason").asText()));
    for (String field : new String[] {"controllerPause", "abort", "promoteFull"}) {
      state.put(field, status.path(field).asBoolean());
    }
    state.put("abortedAt", status.has("abortedAt"));
    state.set("conditions", conditions(status));
    var replicas = state.putArray("replicas");
    for (String field :
        new String[] {
          "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "HPAReplicas"
        }) {
      replicas.add(status.path(field).asInt());
    }
    JsonNode weights = status.at("/canary/weights");
    if (weights.isObject()) {
      state
          .putArray("weights")
          .add(name(weights.at("/canary/podTemplateHash")))
          .add(weights.at("/canary/weight").asInt())
          .add(name(weights.at("/stable/podTemplateHash")))
          .add(weights.at("/stable/weight").asInt());
    }
    JsonNode blueGreen = status.path("blueGreen");
    if (!blueGreen.isEmpty()) {
      state
          .putArray("blueGreen")
          .add(name(blueGreen.path("activeSelector")))
          .add(name(blueGreen.path("previewSelector")))
          .add(blueGreen.path("scaleUpPreviewCheckPoint").asBoolean());
    }
    return state;
  }

  private static JsonNode conditions(JsonNode status) {
    Map<String, String> sorted = new TreeMap<>();
    for (JsonNode condition : status.path("conditions")) {
      sorted.put(
          condition.path("type").asText(),
          condition.path("status").asText() + "/" + condition.path("reason").asText());
    }
    return Json.MAPPER.valueToTree(sorted);
  }
}
