package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Rollout's spec says about how a new revision is brought in. */
final class Strategy {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s)");
  private final JsonNode spec;
  private final JsonNode canary;
  private final JsonNode blueGreen;

  Strategy(JsonNode spec) {
    this.spec = spec;
    this.canary = spec.path("strategy").path("canary");
    this.blueGreen = spec.path("strategy").path("blueGreen");
  }

  boolean isBlueGreen() {
    return blueGreen.isObject();
  }

  /** Whether a router splits the traffic, rather than the numbers of pods. */
  boolean routed() {
    JsonNode routing = canary.path("trafficRouting");
    return routing.isObject() && !routing.isEmpty();
  }

  int replicas() {
    return spec.path("replicas").asInt(1);
  }

  int rollbackWindow() {
    return spec.path("rollbackWindow").path("revisions").asInt(0);
  }

  int stepCount() {
    return canary.path("steps").size();
  }

  boolean isPause(int step) {
    return canary.path("steps").path(step).path("pause").isObject();
  }

  /** Whether the pause at a step ends by itself; {@code duration: 0} does (rule AR2). */
  boolean isTimed(int step) {
    return isPause(step) && KubeJson.has(canary.path("steps").path(step), "pause", "duration");
  }

  /** How long a timed pause lasts; empty where it is not timed or makes no sense. */
  Optional<Duration> pauseLength(int step) {
    return isTimed(step)
        ? duration(canary.path("steps").path(step).path("pause").path("duration").asText(""))
        : Optional.empty();
  }

  /** The first pause at or after a step that a gate can stand at. */
  OptionalInt nextPause(int from, boolean timedToo) {
    for (int step = Math.max(0, from); step < stepCount(); step++) {
      if (isPause(step) && (timedToo || !isTimed(step))) {
        return OptionalInt.of(step);
      }
    }
    return OptionalInt.empty();
  }

  /** The weight that is meant to hold at a step: that of the last setWeight up to it. */
  int weightAt(int step) {
    for (int at = Math.min(step, stepCount() - 1); at >= 0; at--) {
      JsonNode weight = canary.path("steps").path(at).path("setWeight");
      if (weight.isNumber()) {
        return weight.intValue();
      }
    }
    return stepCount() > 0 && step >= stepCount() ? 100 : 0;
  }

  /** Whether the blue/green pause waits for somebody. */
  boolean waitsForPromotion() {
    JsonNode enabled = blueGreen.path("autoPromotionEnabled");
    return enabled.isBoolean() && !enabled.booleanValue();
  }

  /** After how long the blue/green pause ends by itself; empty where it does not, or none comes. */
  Optional<Duration> autoPromotion() {
    int seconds = blueGreen.path("autoPromotionSeconds").asInt(0);
    return waitsForPromotion() || seconds <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds));
  }

  /** How many pods of the new revision must be there before its switch. */
  int previewReplicas(boolean scaledUp) {
    JsonNode count = blueGreen.path("previewReplicaCount");
    return count.isNumber() && !scaledUp ? count.intValue() : replicas();
  }

  boolean hasPreviewService() {
    return KubeJson.has(blueGreen, "previewService");
  }

  /** What {@code workloadRef} names; empty without. */
  Optional<JsonNode> workloadRef() {
    return KubeJson.has(spec, "workloadRef", "name")
        ? Optional.of(spec.path("workloadRef"))
        : Optional.empty();
  }

  /** Seconds as a number or a string, or Go's form: {@code 90}, {@code "90"}, {@code "1m30s"}. */
  static Optional<Duration> duration(String text) {
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    Matcher part = PART.matcher(text);
    double seconds = 0;
    int at = 0;
    while (part.find(at) && part.start() == at) {
      double number = Double.parseDouble(part.group(1));
      seconds +=
          switch (part.group(2)) {
            case "h" -> number * 3600;
            case "m" -> number * 60;
            case "s" -> number;
            default -> number / 1000;
          };
      at = part.end();
      if (at == text.length()) {
        return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
      }
    }
    return Optional.empty();
  }
}
