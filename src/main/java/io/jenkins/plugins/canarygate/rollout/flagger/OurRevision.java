package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gate's revision, as it was seen on its way before a fence was taken.
 *
 * @param spec lastAppliedSpec then; empty while it was still the one before
 * @param promoted lastPromotedSpec then
 * @param template the digest of the target's template
 * @param configs the digest of the configs; empty while it was still that of the one before
 * @param images the images of all containers by their names
 */
record OurRevision(
    String spec, String promoted, String template, String configs, Map<String, String> images) {

  static OurRevision of(CanaryView canary, TargetView target) {
    // Before it is taken up, the status tells of the one before.
    boolean applied = canary.status().phase() != CanaryPhase.WAITING;
    CanaryStatus status = canary.status();
    return new OurRevision(
        applied ? status.lastAppliedSpec() : "",
        status.lastPromotedSpec(),
        target.templateDigest(),
        applied ? status.trackedConfigs() : "",
        target.allImages());
  }

  static OurRevision of(JsonNode tree) {
    return new OurRevision(
        tree.path("spec").asText(""),
        tree.path("promoted").asText(""),
        tree.path("template").asText(""),
        tree.path("configs").asText(""),
        images(tree.path("images")));
  }

  static Map<String, String> images(JsonNode tree) {
    Map<String, String> images = new LinkedHashMap<>();
    tree.fields().forEachRemaining(field -> images.put(field.getKey(), field.getValue().asText()));
    return images;
  }

  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("spec", spec).put("promoted", promoted).put("template", template);
    tree.put("configs", configs);
    ObjectNode all = tree.putObject("images");
    images.forEach(all::put);
    return tree;
  }

  /** Whether Flagger has written down that it was promoted. */
  boolean noted(CanaryStatus status) {
    return !spec.isEmpty() && !spec.equals(promoted) && spec.equals(status.lastPromotedSpec());
  }
}
