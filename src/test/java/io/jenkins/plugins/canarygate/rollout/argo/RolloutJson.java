package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rollouts and ReplicaSets as the controller writes them, said in few words. */
final class RolloutJson {
  static final String UID = "uid-1";
  static final String STABLE = "5cb5b5c7dd";
  static final String CANARY = "7c9d8f6b9d";
  static final String T1 = "2026-05-01T10:00:00Z";
  static final String T2 = "2026-05-01T10:00:20Z";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ObjectNode object;

  private RolloutJson(ObjectNode object) {
    this.object = object;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static RolloutJson of(String strategy) {
    RolloutJson rollout =
        new RolloutJson(
            (ObjectNode)
                json(
                    "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':"
                        + "'checkout','namespace':'shop','uid':'uid-1','generation':4,"
                        + "'creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'replicas':5,"
                        + "'strategy':"
                        + strategy
                        + "},'status':{'observedGeneration':'4','currentPodHash':'"
                        + CANARY
                        + "','stableRS':'"
                        + STABLE
                        + "','phase':'Progressing','availableReplicas':5}}"));
    return rollout;
  }

  /** A canary by numbers of pods: 20 %, pause, 60 %, pause; at step 0. */
  static RolloutJson canary() {
    return canary("[{'setWeight':20},{'pause':{}},{'setWeight':60},{'pause':{}}]");
  }

  static RolloutJson canary(String steps) {
    RolloutJson rollout = of("{'canary':{'steps':" + steps + "}}").step(0);
    return rollout.status("currentStepHash", "'b8dc68f97'").status("updatedReplicas", "1");
  }

  /** The same with a router, at weight 20. */
  static RolloutJson routed() {
    RolloutJson rollout = canary();
    ((ObjectNode) rollout.object.at("/spec/strategy/canary"))
        .set("trafficRouting", json("{'nginx':{'stableIngress':'x'}}"));
    return rollout.weights(20);
  }

  static RolloutJson blueGreen() {
    return blueGreen("'autoPromotionEnabled':false");
  }

  static RolloutJson blueGreen(String fields) {
    return of("{'blueGreen':{'activeService':'a','previewService':'p'," + fields + "}}")
        .status(
            "blueGreen", "{'activeSelector':'" + STABLE + "','previewSelector':'" + CANARY + "'}");
  }

  RolloutJson step(int step) {
    return status("currentStepIndex", String.valueOf(step));
  }

  /** Waiting at the pause step, as the controller writes it. */
  RolloutJson pausedAt(int step) {
    return step(step).paused(Pause.CANARY_STEP, T1);
  }

  RolloutJson paused(String reason, String start) {
    return status("phase", "'Paused'")
        .status("controllerPause", "true")
        .status("pauseConditions", "[{'reason':'" + reason + "','startTime':'" + start + "'}]");
  }

  RolloutJson alsoPaused(String reason) {
    ((ArrayNode) object.at("/status/pauseConditions"))
        .add(json("{'reason':'" + reason + "','startTime':'" + T2 + "'}"));
    return this;
  }

  /** Somebody's promote, not yet taken up. */
  RolloutJson unpausing() {
    return without("pauseConditions");
  }

  /** What a promote under spec.paused, or one that is being swallowed, leaves. */
  RolloutJson pauseDropped() {
    return without("pauseConditions").without("controllerPause");
  }

  RolloutJson weights(int canary) {
    JsonNode weights =
        json(
            "{'weights':{'canary':{'weight':"
                + canary
                + ",'podTemplateHash':'"
                + CANARY
                + "'},'stable':{'weight':"
                + (100 - canary)
                + ",'podTemplateHash':'"
                + STABLE
                + "'}}}");
    ((ObjectNode) object.get("status")).set("canary", weights);
    return this;
  }

  RolloutJson verified(boolean verified) {
    ((ObjectNode) object.at("/status/canary/weights")).put("verified", verified);
    return this;
  }

  RolloutJson status(String field, String value) {
    ((ObjectNode) object.get("status")).set(field, json(value));
    return this;
  }

  RolloutJson without(String field) {
    ((ObjectNode) object.get("status")).remove(field);
    return this;
  }

  RolloutJson spec(String field, String value) {
    ((ObjectNode) object.get("spec")).set(field, json(value));
    return this;
  }

  RolloutJson strategy(String field, String value) {
    ObjectNode strategy = (ObjectNode) object.at("/spec/strategy");
    ((ObjectNode) strategy.elements().next()).set(field, json(value));
    return this;
  }

  RolloutJson uid(String uid) {
    ((ObjectNode) object.get("metadata")).put("uid", uid);
    return this;
  }

  RolloutJson generation(int generation, int observed) {
    ((ObjectNode) object.get("metadata")).put("generation", generation);
    return status("observedGeneration", "'" + observed + "'");
  }

  /** A hold: spec.paused with the annotation of a gate. */
  RolloutJson held(String gate) {
    ((ObjectNode) object.get("metadata"))
        .withObjectProperty("annotations")
        .put(RolloutStatus.HOLD, gate);
    return spec("paused", "true");
  }

  RolloutJson revision(String hash) {
    return status("currentPodHash", "'" + hash + "'");
  }

  RolloutJson stable(String hash) {
    return status("stableRS", "'" + hash + "'");
  }

  RolloutJson healthy() {
    return pauseDropped().status("phase", "'Healthy'");
  }

  RolloutJson aborted() {
    return pauseDropped()
        .status("phase", "'Degraded'")
        .status("abort", "true")
        .status("abortedAt", "'" + T2 + "'");
  }

  RolloutJson active(String hash) {
    ((ObjectNode) object.at("/status/blueGreen")).put("activeSelector", hash);
    return this;
  }

  ObjectNode node() {
    return object.deepCopy();
  }

  static ObjectNode replicaSet(String hash, String image, int pods, String ownerUid) {
    return (ObjectNode)
        json(
            "{'metadata':{'name':'checkout-"
                + hash
                + "','creationTimestamp':'2026-04-01T00:00:00Z','labels':{'"
                + ReplicaSetView.HASH
                + "':'"
                + hash
                + "'},'ownerReferences':[{'kind':'Rollout','controller':true,'uid':'"
                + ownerUid
                + "'}]},'spec':{'replicas':"
                + pods
                + ",'template':{'spec':{'containers':[{'name':'app','image':'"
                + image
                + "'},{'name':'proxy','image':'proxy:7'}]}}},'status':{'replicas':"
                + pods
                + ",'availableReplicas':"
                + pods
                + "}}");
  }
}
