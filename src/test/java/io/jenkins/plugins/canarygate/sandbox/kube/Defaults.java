package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the API server fills in because a CustomResourceDefinition says so. */
final class Defaults {
  private Defaults() {}

  static void fill(Resource resource, ObjectNode object) {
    if (resource.equals(Resource.ROLLOUTS)) {
      for (JsonNode container : object.at("/spec/template/spec/containers")) {
        for (JsonNode port : container.path("ports")) {
          if (!port.has("protocol")) {
            ((ObjectNode) port).put("protocol", "TCP");
          }
        }
      }
    }
  }
}
