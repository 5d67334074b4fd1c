package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;

/** CustomResourceDefinitions without their long schemas. */
final class Definitions {
  private Definitions() {}

  static ObjectNode of(Resource resource) {
    ObjectNode definition = Json.of("{'metadata':{},'spec':{'names':{}},'status':{}}");
    ObjectNode spec = (ObjectNode) definition.path("spec");
    spec.put("group", resource.group()).put("scope", "Namespaced");
    spec.withObject("/names")
        .put("kind", resource.kind())
        .put("listKind", resource.kind() + "List")
        .put("plural", resource.plural())
        .put("singular", resource.singular());
    ObjectNode version = spec.putArray("versions").addObject();
    version.put("name", resource.version()).put("served", true).put("storage", true);
    version
        .withObject("/schema/openAPIV3Schema")
        .put("type", "object")
        .put("x-kubernetes-preserve-unknown-fields", true);
    ObjectNode subresources = version.putObject("subresources");
    if (resource.statusSubresource()) {
      subresources.putObject("status");
    }
    ObjectNode status = (ObjectNode) definition.path("status");
    status.putArray("storedVersions").add(resource.version());
    status.putArray("conditions").addObject().put("type", "Established").put("status", "True");
    return definition;
  }
}
