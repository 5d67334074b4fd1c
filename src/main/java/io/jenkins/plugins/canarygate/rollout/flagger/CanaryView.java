package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.util.Optional;

/** A Canary of {@code flagger.app/v1beta1} as the API server gave it, read field by field. */
public final class CanaryView {
  private final JsonNode object;
  private final CanaryStatus status;
  private final Analysis analysis;

  /**
   * @param object the whole object; absent fields are read as Flagger reads them
   */
  public CanaryView(JsonNode object) {
    this.object = object;
    this.status = new CanaryStatus(object.path("status"));
    this.analysis = new Analysis(object.path("spec"), status);
  }

  public CanaryStatus status() {
    return status;
  }

  /** What {@code spec.analysis} says; see {@link #skipsAnalysis} for whether it is used. */
  public Analysis analysis() {
    return analysis;
  }

  public String uid() {
    return metadata("uid");
  }

  public String namespace() {
    return metadata("namespace");
  }

  public String name() {
    return metadata("name");
  }

  public String resourceVersion() {
    return metadata("resourceVersion");
  }

  private String metadata(String field) {
    return object.path("metadata").path(field).asText("");
  }

  /** Whether somebody has deleted it, and Flagger has not let go of it yet. */
  public boolean deleted() {
    return KubeJson.has(object, "metadata", "deletionTimestamp");
  }

  /** An annotation's text; empty if it is absent or empty. */
  public Optional<String> annotation(String name) {
    return KubeJson.text(object, "metadata", "annotations", name);
  }

  /** What it rolls out: {@code Deployment}, {@code DaemonSet}, {@code Service}; may be another. */
  public String targetKind() {
    return object.path("spec").path("targetRef").path("kind").asText("");
  }

  /** The API group and version of the target, as {@code apps/v1}; may be empty. */
  public String targetApiVersion() {
    return object.path("spec").path("targetRef").path("apiVersion").asText("");
  }

  /** The name of the target, which is in the Canary's own namespace. */
  public String targetName() {
    return object.path("spec").path("targetRef").path("name").asText("");
  }

  /** Whether the target is of a kind that a gate can judge (rule FL1). */
  public boolean gateable() {
    boolean workload = targetKind().equals("Deployment") || targetKind().equals("DaemonSet");
    // Knative's is a Service of its own group; a Deployment is apps/v1 whatever is written.
    return workload && !targetApiVersion().startsWith("serving.knative.dev/");
  }

  /** The name of the copy that serves users: Flagger's primary. */
  public String primaryName() {
    return targetName() + "-primary";
  }

  /** {@code spec.suspend}: Flagger does nothing at all, hooks included. */
  public boolean suspended() {
    return KubeJson.isTrue(object, "spec", "suspend");
  }

  /** Whether Flagger promotes without an analysis: told to, or there is none. */
  public boolean skipsAnalysis() {
    return KubeJson.isTrue(object, "spec", "skipAnalysis") || !analysis.present();
  }

  /** {@code spec.provider}; empty where Flagger's own flag decides. */
  public Optional<String> provider() {
    return KubeJson.text(object, "spec", "provider");
  }

  @Override
  public String toString() {
    return "Canary " + namespace() + "/" + name();
  }
}
