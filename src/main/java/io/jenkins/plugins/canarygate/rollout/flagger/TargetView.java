package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Deployment or DaemonSet: what a Canary rolls out, or its primary. */
public final class TargetView {
  private final JsonNode object;

  /**
   * @param object the whole object as the API server gave it
   */
  public TargetView(JsonNode object) {
    this.object = object;
  }

  public String name() {
    return object.path("metadata").path("name").asText("");
  }

  /** See {@link TemplateDigest}. */
  public String templateDigest() {
    return TemplateDigest.of(object.path("spec").path("template"));
  }

  /** The images of its containers by their names, in order. */
  public Map<String, String> images() {
    return images("containers");
  }

  /** The images of all its containers by their names, those that run first included. */
  public Map<String, String> allImages() {
    Map<String, String> images = images("initContainers");
    images.putAll(images("containers"));
    return images;
  }

  private Map<String, String> images(String field) {
    Map<String, String> images = new LinkedHashMap<>();
    for (JsonNode container : KubeJson.at(object, "spec", "template", "spec", field)) {
      images.put(container.path("name").asText(""), container.path("image").asText(""));
    }
    return images;
  }
}
