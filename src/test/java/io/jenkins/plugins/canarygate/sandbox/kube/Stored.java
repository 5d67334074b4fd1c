package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One version of an object. Its JSON is kept as bytes: they take a tenth of the memory of a tree,
 * and most of the time they are sent as they are.
 *
 * @param owner the uid of the controller that owns it, where there is one
 */
public record Stored(
    ObjectKey key,
    String uid,
    long version,
    Map<String, String> labels,
    Optional<String> owner,
    byte[] json) {

  static Stored of(ObjectKey key, long version, ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    Map<String, String> labels = new HashMap<>();
    metadata
        .path("labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    Optional<String> owner = Optional.empty();
    for (JsonNode reference : metadata.path("ownerReferences")) {
      if (reference.path("controller").asBoolean()) {
        owner = Optional.of(reference.path("uid").asText());
      }
    }
    return new Stored(
        key, metadata.path("uid").asText(), version, Map.copyOf(labels), owner, Json.bytes(object));
  }

  /** A copy to change. */
  public ObjectNode tree() {
    return (ObjectNode) Json.read(json);
  }
}
