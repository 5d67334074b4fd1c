package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Canaries and their targets as Flagger and the API server write them, said in few words. */
final class CanaryJson {
  static final String UID = "uid-1";
  static final String OLD_SPEC = "5d5c4c9b8d";
  static final String SPEC = "7b9f6d4f5c";
  static final String T0 = "2026-05-01T09:00:00Z";
  static final String T1 = "2026-05-01T10:00:00Z";
  static final String T2 = "2026-05-01T10:01:00Z";
  static final String T3 = "2026-05-01T10:05:00Z";
  private static final ObjectMapper JSON = new ObjectMapper();
  private final ObjectNode object;

  private CanaryJson(ObjectNode object) {
    this.object = object;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static CanaryJson of(String analysis) {
    return new CanaryJson(
            (ObjectNode)
                json(
                    "{'apiVersion':'flagger.app/v1beta1','kind':'Canary','metadata':{'name':"
                        + "'checkout','namespace':'shop','uid':'uid-1','generation':2,"
                        + "'annotations':{}},'spec':{'targetRef':{'apiVersion':'apps/v1','kind':"
                        + "'Deployment','name':'checkout'},'service':{'port':80},'analysis':{"
                        + "'interval':'30s','threshold':3,"
                        + analysis
                        + ",'webhooks':[{'name':'promotion','type':'confirm-promotion','url':"
                        + "'http://gate.canary-gate:8081/confirm-promotion','retries':3},{'name':"
                        + "'rollback','type':'rollback','url':"
                        + "'http://gate.canary-gate:8081/rollback','retries':3}]}},'status':{}}"))
        .status("failedChecks", "0")
        .status("canaryWeight", "0")
        .status("iterations", "0")
        .status("lastAppliedSpec", "'" + SPEC + "'")
        .status("lastPromotedSpec", "'" + OLD_SPEC + "'")
        .phase("Progressing", T1);
  }

  /** By weights of 20 % up to 60 %; Progressing at weight 0. */
  static CanaryJson canary() {
    return of("'stepWeight':20,'maxWeight':60");
  }

  /** By headers, five iterations. */
  static CanaryJson ab() {
    return of("'iterations':5,'match':[{'headers':{'x-canary':{'exact':'yes'}}}]");
  }

  /** Five iterations. */
  static CanaryJson blueGreen() {
    return of("'iterations':5");
  }

  /** The phase, with the condition that Flagger writes when it begins. */
  CanaryJson phase(String phase, String since) {
    String promoted =
        switch (phase) {
          case "Initialized", "Succeeded" -> "True";
          case "Failed" -> "False";
          default -> "Unknown";
        };
    return status("phase", "'" + phase + "'")
        .status("lastTransitionTime", "'" + since + "'")
        .status(
            "conditions",
            "[{'type':'Promoted','status':'"
                + promoted
                + "','reason':'"
                + phase
                + "','lastUpdateTime':'"
                + since
                + "','lastTransitionTime':'"
                + since
                + "','message':'m'}]");
  }

  /** As it waits for the gate: weight and iterations as Flagger sets them then. */
  CanaryJson waiting() {
    int iterations = object.at("/spec/analysis/iterations").asInt(0);
    return phase("WaitingPromotion", T2)
        .status("canaryWeight", "0")
        .status("iterations", String.valueOf(iterations - 1));
  }

  CanaryJson weight(int weight) {
    return status("canaryWeight", String.valueOf(weight));
  }

  CanaryJson iterations(int iterations) {
    return status("iterations", String.valueOf(iterations));
  }

  CanaryJson applied(String spec) {
    return status("lastAppliedSpec", "'" + spec + "'");
  }

  CanaryJson promoted(String spec) {
    return status("lastPromotedSpec", "'" + spec + "'");
  }

  CanaryJson configs(String configs) {
    return status("trackedConfigs", configs);
  }

  CanaryJson status(String field, String value) {
    ((ObjectNode) object.get("status")).set(field, json(value));
    return this;
  }

  CanaryJson without(String field) {
    ((ObjectNode) object.get("status")).remove(field);
    return this;
  }

  CanaryJson spec(String field, String value) {
    ((ObjectNode) object.get("spec")).set(field, json(value));
    return this;
  }

  CanaryJson withoutSpec(String field) {
    ((ObjectNode) object.get("spec")).remove(field);
    return this;
  }

  CanaryJson analysis(String field, String value) {
    ((ObjectNode) object.at("/spec/analysis")).set(field, json(value));
    return this;
  }

  CanaryJson hook(String hook) {
    ((ArrayNode) object.at("/spec/analysis/webhooks")).add(json(hook));
    return this;
  }

  CanaryJson target(String apiVersion, String kind) {
    return spec(
        "targetRef", "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "','name':'checkout'}");
  }

  CanaryJson annotated(String name, String text) {
    ((ObjectNode) object.at("/metadata/annotations")).put(name, text);
    return this;
  }

  CanaryJson decided(Decision decision) {
    return annotated(Decision.ANNOTATION, decision.write());
  }

  CanaryJson uid(String uid) {
    ((ObjectNode) object.get("metadata")).put("uid", uid);
    return this;
  }

  CanaryView view() {
    return new CanaryView(node());
  }

  ObjectNode node() {
    return object.deepCopy();
  }

  /** A Deployment or DaemonSet with these containers' images. */
  static ObjectNode workload(String name, String app, String proxy) {
    return (ObjectNode)
        json(
            "{'metadata':{'name':'"
                + name
                + "','namespace':'shop','uid':'uid-"
                + name
                + "','generation':3},'spec':{'replicas':2,'template':{'metadata':{'labels':{'app':'"
                + name
                + "'}},'spec':{'initContainers':[{'name':'init','image':'"
                + app
                + "'}],'containers':[{'name':'app','image':'"
                + app
                + "','ports':[{'containerPort':80}]},{'name':'proxy','image':'"
                + proxy
                + "'}]}}},'status':{'replicas':2,'availableReplicas':2}}");
  }

  /** What is being rolled out: the new image. */
  static ObjectNode target() {
    return workload("checkout", "shop/app:2", "proxy:7");
  }
}
