package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which object.
 *
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectKey(Resource resource, String namespace, String name) {

  public static ObjectKey of(Resource resource, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(
        resource, metadata.path("namespace").asText(""), metadata.path("name").asText());
  }

  /** The next of the same kind and place by another name. */
  public ObjectKey named(String other) {
    return new ObjectKey(resource, namespace, other);
  }

  @Override
  public String toString() {
    return resource.qualified() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
