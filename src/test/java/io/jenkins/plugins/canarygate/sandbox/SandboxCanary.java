package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;

/** A Canary of Flagger in the sandbox, and what people and pipelines do with it. */
public final class SandboxCanary {
  private final SandboxCluster cluster;
  private final ObjectKey key;

  SandboxCanary(SandboxCluster cluster, ObjectKey key) {
    this.cluster = cluster;
    this.key = key;
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

  public String phase() {
    return status().path("phase").asText("");
  }

  /** A merge patch of the object; single quotes do for double ones. */
  public SandboxCanary patch(String body) {
    JsonNode patch = Json.of(body);
    cluster.change(key, ObjectStore.Part.WHOLE, live -> (ObjectNode) Patches.merge(live, patch));
    return this;
  }

  public void delete() {
    cluster.delete(key);
  }
}
