package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The digest of a pod template, by which a target is known again (rule FL1). What Flagger itself
 * writes into a DaemonSet's template to scale it to zero is left out: it is no change.
 */
public final class TemplateDigest {
  /** With this node selector Flagger keeps a DaemonSet's pods away. */
  static final String SCALE_TO_ZERO = "flagger.app/scale-to-zero";

  private static final String NODE_SELECTOR = "nodeSelector";

  private TemplateDigest() {}

  /**
   * The digest of {@code spec.template} of a Deployment or DaemonSet.
   *
   * @param template the template as the API server gave it; it is not changed
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  public static String of(JsonNode template) {
    if (!(template.path("spec").path(NODE_SELECTOR) instanceof ObjectNode)) {
      return Canonical.digest(template);
    }
    JsonNode copy = template.deepCopy();
    ObjectNode spec = (ObjectNode) copy.path("spec");
    ObjectNode selector = (ObjectNode) spec.path(NODE_SELECTOR);
    selector.remove(SCALE_TO_ZERO);
    if (selector.isEmpty()) {
      spec.remove(NODE_SELECTOR);
    }
    return Canonical.digest(copy);
  }
}
