package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A Rollout as the API server gave it, read field by field. */
final class RolloutStatus {
  static final String HOLD = "canary-gate/hold";
  private final JsonNode object;
  private final JsonNode status;
  private final OptionalLong workloadGeneration;
  private final Strategy strategy;

  /**
   * @param object the whole object
   * @param workloadGeneration the live generation of what {@code workloadRef} names; empty without
   */
  RolloutStatus(JsonNode object, OptionalLong workloadGeneration) {
    this.object = object;
    this.status = object.path("status");
    this.workloadGeneration = workloadGeneration;
    this.strategy = new Strategy(object.path("spec"));
  }

  Strategy strategy() {
    return strategy;
  }

  String uid() {
    return object.path("metadata").path("uid").asText("");
  }

  String resourceVersion() {
    return object.path("metadata").path("resourceVersion").asText("");
  }

  /**
   * Whether the controller has seen what is written, the referent's template included (rule AR1).
   */
  boolean settled() {
    long generation = object.path("metadata").path("generation").asLong(0);
    // A string in v1alpha1; a controller so old that it writes a hash is not one we know.
    boolean own = number(status.path("observedGeneration")).orElse(-1) >= generation;
    if (workloadGeneration.isEmpty()) {
      return own;
    }
    return own
        && number(status.path("workloadObservedGeneration")).orElse(-1)
            == workloadGeneration.getAsLong();
  }

  private static OptionalLong number(JsonNode node) {
    try {
      return OptionalLong.of(Long.parseLong(node.asText("")));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The pod template hash of the current revision; empty before the controller's first look. */
  String hash() {
    return status.path("currentPodHash").asText("");
  }

  /** The pod template hash of the stable revision; empty on the first deploy. */
  String stable() {
    return status.path("stableRS").asText("");
  }

  OptionalInt step() {
    JsonNode step = status.path("currentStepIndex");
    return step.isNumber() ? OptionalInt.of(step.intValue()) : OptionalInt.empty();
  }

  String stepHash() {
    return status.path("currentStepHash").asText("");
  }

  /** {@code spec.paused}, whoever set it. */
  boolean paused() {
    return KubeJson.isTrue(object, "spec", "paused");
  }

  /** Whose hold the annotation says it is; says nothing without {@link #paused}. */
  Optional<String> holdOwner() {
    return KubeJson.text(object, "metadata", "annotations", HOLD);
  }

  List<Pause> pauses() {
    List<Pause> pauses = new ArrayList<>();
    for (JsonNode condition : status.path("pauseConditions")) {
      pauses.add(
          new Pause(condition.path("reason").asText(""), condition.path("startTime").asText("")));
    }
    return pauses;
  }

  /** The pause that a gate can stand at, whatever else pauses beside it. */
  Optional<Pause> gatePause() {
    return pauses().stream().filter(Pause::isGate).findFirst();
  }

  /** The pause that a gate can stand at, if it is the only reason (rule AR2). */
  Optional<Pause> solePause() {
    List<Pause> pauses = pauses();
    return pauses.size() == 1 ? gatePause() : Optional.empty();
  }

  Optional<Pause> inconclusive() {
    return pauses().stream().filter(Pause::isInconclusive).findFirst();
  }

  boolean controllerPause() {
    return KubeJson.isTrue(status, "controllerPause");
  }

  boolean abort() {
    return KubeJson.isTrue(status, "abort");
  }

  Optional<String> abortedAt() {
    return KubeJson.text(status, "abortedAt");
  }

  boolean promoteFull() {
    return KubeJson.isTrue(status, "promoteFull");
  }

  /** The phase as Argo's own tools tell it: the status may be behind what is written. */
  String phase() {
    String phase = status.path("phase").asText("");
    boolean unpausing = controllerPause() && pauses().isEmpty();
    return !phase.isEmpty() && (!settled() || unpausing) ? "Progressing" : phase;
  }

  String message() {
    return controllerPause() && pauses().isEmpty()
        ? "about to go on"
        : status.path("message").asText("");
  }

  boolean healthy() {
    return settled() && phase().equals("Healthy");
  }

  /** What the controller says is wrong with the spec (rule R5). */
  Optional<String> invalidSpec() {
    return condition("InvalidSpec").map(condition -> condition.path("message").asText(""));
  }

  boolean deadlineExceeded() {
    return condition("Progressing")
        .filter(c -> c.path("reason").asText("").equals("ProgressDeadlineExceeded"))
        .isPresent();
  }

  private Optional<JsonNode> condition(String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /**
   * Where it stands and how many pods it counts: the controller writes these anew whenever a
   * ReplicaSet's numbers change.
   */
  String counts() {
    StringBuilder text = new StringBuilder();
    for (String field :
        List.of(
            "currentStepIndex",
            "replicas",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "observedGeneration")) {
      text.append(status.path(field).asText("-")).append(' ');
    }
    return text.append(abort()).toString();
  }

  int updatedReplicas() {
    return status.path("updatedReplicas").asInt(0);
  }

  int availableReplicas() {
    return status.path("availableReplicas").asInt(0);
  }

  /** The weights that the router was told; missing without traffic routing. */
  JsonNode weights() {
    return status.path("canary").path("weights");
  }

  OptionalInt canaryWeight() {
    JsonNode weight = weights().path("canary").path("weight");
    return weight.isNumber() ? OptionalInt.of(weight.intValue()) : OptionalInt.empty();
  }

  /** Whether the router says that a weight has not arrived; few routers say anything. */
  boolean unverified() {
    JsonNode verified = weights().path("verified");
    return verified.isBoolean() && !verified.booleanValue();
  }

  String activeSelector() {
    return status.path("blueGreen").path("activeSelector").asText("");
  }

  String previewSelector() {
    return status.path("blueGreen").path("previewSelector").asText("");
  }

  boolean previewScaledUp() {
    return KubeJson.isTrue(status, "blueGreen", "scaleUpPreviewCheckPoint");
  }

  /** The names of the AnalysisRuns that the status names, but for post-promotion ones. */
  List<String> analysisRuns() {
    List<String> names = new ArrayList<>();
    KubeJson.text(status, "canary", "currentStepAnalysisRunStatus", "name").ifPresent(names::add);
    KubeJson.text(status, "canary", "currentBackgroundAnalysisRunStatus", "name")
        .ifPresent(names::add);
    KubeJson.text(status, "blueGreen", "prePromotionAnalysisRunStatus", "name")
        .ifPresent(names::add);
    return names;
  }

  /** The analysis that paused or is running, with what the controller says of it. */
  Optional<String> analysis() {
    for (String[] path :
        List.of(
            new String[] {"canary", "currentStepAnalysisRunStatus"},
            new String[] {"canary", "currentBackgroundAnalysisRunStatus"},
            new String[] {"blueGreen", "prePromotionAnalysisRunStatus"},
            new String[] {"blueGreen", "postPromotionAnalysisRunStatus"})) {
      JsonNode run = KubeJson.at(status, path);
      if (KubeJson.has(run, "name")) {
        String message = run.path("message").asText("");
        return Optional.of(run.path("name").asText() + (message.isEmpty() ? "" : ": " + message));
      }
    }
    return Optional.empty();
  }
}
