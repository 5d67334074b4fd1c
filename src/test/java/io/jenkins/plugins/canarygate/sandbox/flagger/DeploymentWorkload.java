package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/** A Deployment and its primary. */
final class DeploymentWorkload extends Workload {
  DeploymentWorkload(ObjectStore store, InstantSource clock) {
    super(store, clock, Resource.DEPLOYMENTS);
  }

  @Override
  ObjectNode hashed(ObjectNode template) {
    return template;
  }

  @Override
  void demandReady(CanaryView canary, ObjectNode deployment, int threshold) {
    String name = deployment.at("/metadata/name").asText();
    String place = canary.namespace();
    String prefix = name + "." + place + " not ready: ";
    if (name.equals(canary.target())) {
      prefix = "canary deployment " + prefix;
    }
    JsonNode status = deployment.path("status");
    if (deployment.at("/metadata/generation").asInt() > status.path("observedGeneration").asInt()) {
      throw new Halt(
          prefix
              + "waiting for rollout to finish: observed deployment generation less than desired"
              + " generation");
    }
    int wanted = deployment.at("/spec/replicas").asInt(1);
    int updated = status.path("updatedReplicas").asInt();
    int needed = (int) ((float) updated * ((float) threshold / 100f));
    boolean retriable = isRetriable(canary, status);
    if (condition(status, "Progressing").path("reason").asText().equals(DEADLINE)) {
      throw new Halt(
          "%sdeployment \"%s\" exceeded its progress deadline".formatted(prefix, name), false);
    }
    if (updated < wanted) {
      throw new Halt(
          prefix
              + "waiting for rollout to finish: %d out of %d new replicas have been updated"
                  .formatted(updated, wanted),
          retriable);
    }
    if (status.path("replicas").asInt() > updated) {
      throw new Halt(
          prefix
              + "waiting for rollout to finish: %d old replicas are pending termination"
                  .formatted(status.path("replicas").asInt() - updated),
          retriable);
    }
    if (status.path("availableReplicas").asInt() < needed) {
      throw new Halt(
          prefix
              + "waiting for rollout to finish: %d of %d (readyThreshold %d%%) updated replicas"
                  .formatted(status.path("availableReplicas").asInt(), needed, threshold)
              + " are available",
          retriable);
    }
  }

  private static final String DEADLINE = "ProgressDeadlineExceeded";

  private boolean isRetriable(CanaryView canary, JsonNode status) {
    JsonNode available = condition(status, "Available");
    if (condition(status, "Progressing").isMissingNode()
        || !available.path("status").asText().equals("False")
        || !available.path("reason").asText().equals("MinimumReplicasUnavailable")) {
      return true;
    }
    Instant since = Instant.parse(available.path("lastUpdateTime").asText());
    return !since.plusSeconds(canary.deadlineSeconds()).isBefore(clock.instant());
  }

  private static JsonNode condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return Json.object().path("none");
  }

  @Override
  void scaleToZero(CanaryView canary) {
    scale(canary, 0);
  }

  @Override
  void scaleFromZero(CanaryView canary) {
    int now = target(canary).at("/spec/replicas").asInt();
    int primary =
        canary.hasAutoscaler() ? 1 : read(primaryKey(canary)).at("/spec/replicas").asInt();
    scale(canary, now > 0 ? now : Math.max(1, primary));
  }

  @Override
  void giveBack(CanaryView canary) {
    scale(canary, read(primaryKey(canary)).at("/spec/replicas").asInt(1));
  }

  private void scale(CanaryView canary, int replicas) {
    edit(
        targetKey(canary),
        live -> {
          live.withObject("/spec").put("replicas", replicas);
          return live;
        });
  }

  @Override
  Set<String> promotedFields(CanaryView canary) {
    Set<String> fields = new LinkedHashSet<>();
    fields.add("progressDeadlineSeconds");
    fields.add("minReadySeconds");
    fields.add("revisionHistoryLimit");
    fields.add("strategy");
    if (!canary.hasAutoscaler()) {
      fields.add("replicas");
    }
    return fields;
  }

  @Override
  void firstPods(ObjectNode spec) {
    int replicas = spec.path("replicas").asInt();
    spec.put("replicas", replicas > 0 ? replicas : 1);
  }
}
