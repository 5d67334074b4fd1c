package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ReplicaSet of the Rollout.
 *
 * @param hash its pod template hash
 * @param name its name
 * @param images the images of its containers by their names
 * @param created when it was made
 * @param wanted how many pods it is told to have
 * @param replicas how many it has
 * @param available how many of them are available
 */
record ReplicaSetView(
    String hash,
    String name,
    Map<String, String> images,
    Instant created,
    int wanted,
    int replicas,
    int available) {
  static final String HASH = "rollouts-pod-template-hash";

  static ReplicaSetView of(JsonNode object) {
    Map<String, String> images = new LinkedHashMap<>();
    for (JsonNode container : KubeJson.at(object, "spec", "template", "spec", "containers")) {
      images.put(container.path("name").asText(""), container.path("image").asText(""));
    }
    return new ReplicaSetView(
        KubeJson.text(object, "metadata", "labels", HASH).orElse(""),
        object.path("metadata").path("name").asText(""),
        images,
        KubeJson.instant(object, "metadata", "creationTimestamp").orElse(Instant.EPOCH),
        object.path("spec").path("replicas").asInt(1),
        object.path("status").path("replicas").asInt(0),
        object.path("status").path("availableReplicas").asInt(0));
  }

  /** Whether the controller of an object is the one with this uid: Experiments' sets are not. */
  static boolean ownedBy(JsonNode object, String uid) {
    for (JsonNode owner : KubeJson.at(object, "metadata", "ownerReferences")) {
      if (owner.path("controller").asBoolean(false) && owner.path("uid").asText("").equals(uid)) {
        return true;
      }
    }
    return false;
  }
}
