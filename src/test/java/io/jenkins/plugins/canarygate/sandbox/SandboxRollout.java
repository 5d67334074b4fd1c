package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Rollout in the sandbox, and what people and controllers do with it. */
public final class SandboxRollout {
  private final SandboxCluster cluster;
  private final ObjectKey key;
  private final String container;

  SandboxRollout(SandboxCluster cluster, ObjectKey key, String container) {
    this.cluster = cluster;
    this.key = key;
    this.container = container;
  }

  ObjectKey key() {
    return key;
  }

  public String namespace() {
    return key.namespace();
  }

  public String name() {
    return key.name();
  }

  /** The live object; a copy. */
  public ObjectNode object() {
    return cluster.store().get(key).tree();
  }

  public JsonNode status() {
    return object().path("status");
  }

  public String uid() {
    return object().at("/metadata/uid").asText();
  }

  public String resourceVersion() {
    return object().at("/metadata/resourceVersion").asText();
  }

  /** The pod template hash that the controller works on. */
  public String currentHash() {
    return status().path("currentPodHash").asText("");
  }

  public String stableHash() {
    return status().path("stableRS").asText("");
  }

  public String phase() {
    return status().path("phase").asText("");
  }

  /** The index of the current step; -1 without steps. */
  public int step() {
    return status().path("currentStepIndex").asInt(-1);
  }

  /** The reasons of its pause conditions. */
  public List<String> pauseReasons() {
    List<String> reasons = new ArrayList<>();
    status().path("pauseConditions").forEach(c -> reasons.add(c.path("reason").asText()));
    return reasons;
  }

  /** When the first pause condition began. */
  public Optional<Instant> pausedSince() {
    return Optional.ofNullable(status().at("/pauseConditions/0/startTime").textValue())
        .map(Instant::parse);
  }

  // ---- what deploys, and people, do ----

  /** Deploys another image. */
  public SandboxRollout deploy(String image) {
    if (object().path("spec").has("workloadRef")) {
      cluster.change(
          new ObjectKey(Resource.DEPLOYMENTS, namespace(), name()),
          ObjectStore.Part.WHOLE,
          live -> setImage(live, image));
    } else {
      change(ObjectStore.Part.WHOLE, live -> setImage(live, image));
    }
    return this;
  }

  private ObjectNode setImage(ObjectNode live, String image) {
    for (JsonNode one : live.at("/spec/template/spec/containers")) {
      if (one.path("name").asText().equals(container)) {
        ((ObjectNode) one).put("image", image);
      }
    }
    return live;
  }

  /** A merge patch of the object; single quotes do for double ones. */
  public SandboxRollout patch(String body) {
    JsonNode patch = Json.of(body);
    change(ObjectStore.Part.WHOLE, live -> (ObjectNode) Patches.merge(live, patch));
    return this;
  }

  /** A merge patch of the status. */
  public SandboxRollout patchStatus(String body) {
    JsonNode patch = Json.of(body);
    change(ObjectStore.Part.STATUS, live -> (ObjectNode) Patches.merge(live, patch));
    return this;
  }

  /** Edits the steps under way. */
  public SandboxRollout editSteps(Step... steps) {
    change(
        ObjectStore.Part.WHOLE,
        live -> {
          var list = live.withObject("/spec/strategy/canary").putArray("steps");
          for (Step step : steps) {
            list.add(step.json());
          }
          return live;
        });
    return this;
  }

  public SandboxRollout pauseByPerson() {
    return patch("{'spec':{'paused':true}}");
  }

  public SandboxRollout unpause() {
    return patch("{'spec':{'paused':false}}");
  }

  /** As {@code kubectl argo rollouts promote} does it: status first, then the spec. */
  public SandboxRollout promoteByPerson() {
    ObjectNode live = object();
    JsonNode status = live.path("status");
    JsonNode steps = live.at("/spec/strategy/canary/steps");
    if (!status.path("pauseConditions").isEmpty()) {
      patchStatus("{'status':{'pauseConditions':null}}");
    } else if (!steps.isEmpty()) {
      int next = Math.min(steps.size(), status.path("currentStepIndex").asInt() + 1);
      patchStatus("{'status':{'pauseConditions':null,'currentStepIndex':%d}}".formatted(next));
    }
    return live.at("/spec/paused").asBoolean() ? unpause() : this;
  }

  public SandboxRollout promoteFullyByPerson() {
    return patchStatus("{'status':{'promoteFull':true}}");
  }

  public SandboxRollout abortByPerson() {
    return patchStatus("{'status':{'abort':true}}");
  }

  public SandboxRollout retryByPerson() {
    return patchStatus("{'status':{'abort':false}}");
  }

  public void delete() {
    cluster.delete(key);
  }

  // ---- what goes on inside ----

  /** An analysis of the controller fails in the background and takes the revision back. */
  public SandboxRollout abortByAnalysis() {
    ensureBackgroundAnalysis();
    cluster.argo().finishAnalysis(namespace(), backgroundRun(), "Failed", "");
    return this;
  }

  /** An analysis of the controller becomes Inconclusive in the background. */
  public SandboxRollout inconclusiveAnalysis() {
    ensureBackgroundAnalysis();
    cluster.argo().finishAnalysis(namespace(), backgroundRun(), "Inconclusive", "");
    return this;
  }

  private void ensureBackgroundAnalysis() {
    if (backgroundRun().isEmpty()) {
      patch(
          "{'spec':{'strategy':{'canary':{'analysis':"
              + "{'templates':[{'templateName':'background'}]}}}}}");
    }
  }

  private String backgroundRun() {
    return status().at("/canary/currentBackgroundAnalysisRunStatus/name").asText("");
  }

  /** Ends the AnalysisRun of the current analysis step. */
  public SandboxRollout finishStepAnalysis(String phase) {
    String run = status().at("/canary/currentStepAnalysisRunStatus/name").asText();
    cluster.argo().finishAnalysis(namespace(), run, phase, "");
    return this;
  }

  /**
   * Puts an AnalysisRun of the current revision there that the controller has not started by
   * itself, with the labels that it would have.
   *
   * @param type Step, Background, PrePromotion or PostPromotion
   * @param phase its phase, and that of its metrics
   * @param metricResults elements of status.metricResults; single quotes do for double ones
   * @return its name
   */
  public String analysisRun(String type, String phase, String... metricResults) {
    ObjectNode run = Json.object();
    ObjectNode metadata = run.putObject("metadata");
    metadata
        .putObject("labels")
        .put("rollout-type", type)
        .put("rollouts-pod-template-hash", currentHash());
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "argoproj.io/v1alpha1")
        .put("kind", "Rollout")
        .put("name", name())
        .put("uid", uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    var metrics = run.putObject("spec").putArray("metrics");
    ObjectNode status = run.putObject("status");
    status.put("phase", phase).put("startedAt", cluster.now());
    var results = status.putArray("metricResults");
    for (String result : metricResults) {
      ObjectNode one = Json.of(result);
      results.add(one);
      metrics
          .addObject()
          .put("name", one.path("name").asText())
          .withObject("/provider/web")
          .put("url", "http://metrics.invalid");
    }
    return cluster.createAnalysisRun(namespace(), name() + "-" + currentHash(), run);
  }

  /** At most so many pods of the revision are available from now on. */
  public SandboxRollout limitPods(String hash, int available) {
    cluster.argo().limitPods(namespace(), name() + "-" + hash, available);
    return this;
  }

  public SandboxRollout unlimitPods(String hash) {
    cluster.argo().unlimitPods(namespace(), name() + "-" + hash);
    return this;
  }

  /** See {@link io.jenkins.plugins.canarygate.sandbox.argo.SimulatedArgo}. */
  public SandboxRollout overwriteFromStaleCopy(boolean sameStart) {
    cluster.argo().overwriteFromStaleCopy(namespace(), name(), sameStart);
    return this;
  }

  /** Sets the beginning of its pause back, for a rollout that has waited for some time already. */
  public SandboxRollout pausedSince(Instant start) {
    change(
        ObjectStore.Part.STATUS,
        live -> {
          for (JsonNode condition : live.at("/status/pauseConditions")) {
            ((ObjectNode) condition)
                .put(
                    "startTime",
                    start.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
          }
          return live;
        });
    return this;
  }

  private void change(ObjectStore.Part part, java.util.function.UnaryOperator<ObjectNode> edit) {
    cluster.change(key, part, edit);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
