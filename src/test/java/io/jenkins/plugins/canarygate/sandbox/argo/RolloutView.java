package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a Rollout object says, with the controller's defaults. */
record RolloutView(ObjectNode node) {

  String name() {
    return metadata().path("name").asText();
  }

  String namespace() {
    return metadata().path("namespace").asText();
  }

  String uid() {
    return metadata().path("uid").asText();
  }

  JsonNode metadata() {
    return node.path("metadata");
  }

  String generation() {
    return metadata().path("generation").asText();
  }

  String annotation(String name) {
    return metadata().path("annotations").path(name).asText("");
  }

  int revision() {
    String revision = annotation(Names.REVISION);
    return revision.isEmpty() ? 0 : Integer.parseInt(revision);
  }

  JsonNode spec() {
    return node.path("spec");
  }

  JsonNode status() {
    return node.path("status");
  }

  JsonNode template() {
    return spec().path("template");
  }

  JsonNode canary() {
    return spec().path("strategy").path("canary");
  }

  JsonNode blueGreen() {
    return spec().path("strategy").path("blueGreen");
  }

  boolean isBlueGreen() {
    return blueGreen().isObject();
  }

  boolean isCanary() {
    return !isBlueGreen();
  }

  /** Whether a mesh or an ingress shifts the traffic of a canary. */
  boolean isRouted() {
    return !canary().path("trafficRouting").isEmpty();
  }

  boolean hasDynamicStableScale() {
    return canary().path("dynamicStableScale").asBoolean();
  }

  int maxWeight() {
    return canary().path("trafficRouting").path("maxTrafficWeight").asInt(100);
  }

  int replicas() {
    return spec().path("replicas").asInt(1);
  }

  boolean isPaused() {
    return spec().path("paused").asBoolean();
  }

  List<JsonNode> steps() {
    List<JsonNode> steps = new ArrayList<>();
    canary().path("steps").forEach(steps::add);
    return steps;
  }

  /** The index of the current step; the number of steps once all are done; empty without steps. */
  OptionalInt stepIndex() {
    return steps().isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(status().path("currentStepIndex").asInt(0));
  }

  /** The current step; missing without steps and after the last. */
  JsonNode step() {
    return canary().path("steps").path(stepIndex().orElse(-1));
  }

  String stableHash() {
    return status().path("stableRS").asText("");
  }

  String currentHash() {
    return status().path("currentPodHash").asText("");
  }

  boolean isFullyPromoted() {
    return stableHash().equals(currentHash());
  }

  boolean isAborted() {
    return status().path("abort").asBoolean();
  }

  boolean isPromotedFully() {
    return status().path("promoteFull").asBoolean();
  }

  boolean hasControllerPause() {
    return status().path("controllerPause").asBoolean();
  }

  boolean hasPauseConditions() {
    return !status().path("pauseConditions").isEmpty();
  }

  /** Since when the rollout is paused for this reason. */
  Optional<Instant> pausedSince(String reason) {
    for (JsonNode condition : status().path("pauseConditions")) {
      if (condition.path("reason").asText().equals(reason)) {
        return Optional.of(Instant.parse(condition.path("startTime").asText()));
      }
    }
    return Optional.empty();
  }

  String activeHash() {
    return status().path("blueGreen").path("activeSelector").asText("");
  }

  boolean isPreviewScaledUp() {
    return status().path("blueGreen").path("scaleUpPreviewCheckPoint").asBoolean();
  }

  /** The recorded weights; missing where there are none. */
  JsonNode weights() {
    return status().path("canary").path("weights");
  }

  /** Why nothing may be scaled or switched now; empty where it may. */
  Optional<String> halted() {
    if (isPaused()) {
      return Optional.of("user paused");
    }
    return pausedSince(Names.INCONCLUSIVE).map(since -> "inconclusive analysis");
  }

  JsonNode strategy() {
    return isBlueGreen() ? blueGreen() : canary();
  }

  /**
   * How long an aborted revision keeps its pods; empty for ever.
   *
   * @return seconds
   */
  OptionalInt abortScaleDownDelay() {
    int seconds = strategy().path("abortScaleDownDelaySeconds").asInt(30);
    return seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds);
  }

  boolean hasExplicitAbortScaleDownDelay() {
    return strategy().has("abortScaleDownDelaySeconds") && abortScaleDownDelay().isPresent();
  }

  int scaleDownDelay() {
    return isBlueGreen() || isRouted() ? strategy().path("scaleDownDelaySeconds").asInt(30) : 0;
  }
}
