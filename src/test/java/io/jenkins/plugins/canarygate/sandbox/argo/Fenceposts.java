package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far the number of pods may stray while they are replaced.
 *
 * @param surge how many there may be too many
 * @param unavailable how many may be missing
 */
record Fenceposts(int surge, int unavailable) {
  private static final String DEFAULT = "25%";

  static Fenceposts of(RolloutView rollout) {
    int replicas = rollout.replicas();
    int surge = resolve(rollout.canary().path("maxSurge"), replicas, true);
    int unavailable = resolve(rollout.strategy().path("maxUnavailable"), replicas, false);
    if (surge == 0 && unavailable == 0) {
      unavailable = 1;
    }
    return new Fenceposts(surge, replicas == 0 ? 0 : Math.min(unavailable, replicas));
  }

  private static int resolve(JsonNode value, int replicas, boolean up) {
    String text = value.isMissingNode() ? DEFAULT : value.asText();
    if (!text.endsWith("%")) {
      return Integer.parseInt(text);
    }
    double share = replicas * Double.parseDouble(text.substring(0, text.length() - 1)) / 100;
    return (int) (up ? Math.ceil(share) : Math.floor(share));
  }
}
