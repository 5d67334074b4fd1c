package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** What Flagger reads in a copy of a Canary ({@code apis/flagger/v1beta1/canary.go}). */
final class CanaryView {
  static final String KUBERNETES = "kubernetes";
  private static final int DEADLINE_SECONDS = 600;
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(60);

  private final ObjectNode object;

  CanaryView(ObjectNode object) {
    this.object = object;
  }

  ObjectNode object() {
    return object;
  }

  JsonNode spec() {
    return object.path("spec");
  }

  JsonNode analysis() {
    return spec().has("analysis") ? spec().path("analysis") : spec().path("canaryAnalysis");
  }

  ObjectNode status() {
    return object.withObject("/status");
  }

  String name() {
    return object.at("/metadata/name").asText();
  }

  String namespace() {
    return object.at("/metadata/namespace").asText();
  }

  /** As Flagger's messages name it. */
  String label() {
    return name() + "." + namespace();
  }

  String target() {
    return spec().at("/targetRef/name").asText();
  }

  String targetKind() {
    return spec().at("/targetRef/kind").asText();
  }

  /** Its target as Flagger's messages name it. */
  String targetLabel() {
    return target() + "." + namespace();
  }

  String service() {
    return spec().at("/service/name").asText(target());
  }

  String provider() {
    return spec().path("provider").asText(KUBERNETES);
  }

  boolean isRouted() {
    return !provider().equals(KUBERNETES);
  }

  boolean isSuspended() {
    return spec().path("suspend").asBoolean();
  }

  boolean skipsAnalysis() {
    return analysis().isMissingNode() || spec().path("skipAnalysis").asBoolean();
  }

  boolean hasAutoscaler() {
    return spec().has("autoscalerRef");
  }

  int deadlineSeconds() {
    return spec().path("progressDeadlineSeconds").asInt(DEADLINE_SECONDS);
  }

  int threshold() {
    return Math.max(1, analysis().path("threshold").asInt());
  }

  int primaryReadyThreshold() {
    return analysis().path("primaryReadyThreshold").asInt(100);
  }

  int canaryReadyThreshold() {
    return analysis().path("canaryReadyThreshold").asInt(100);
  }

  int plannedIterations() {
    return analysis().path("iterations").asInt();
  }

  boolean isMirroring() {
    return analysis().path("mirror").asBoolean();
  }

  int promotionStep() {
    return analysis().path("stepWeightPromotion").asInt();
  }

  boolean isAbTest() {
    return !analysis().path("match").isEmpty() && plannedIterations() > 0;
  }

  boolean isBlueGreen() {
    return !isAbTest() && plannedIterations() > 0;
  }

  /**
   * How often Flagger looks.
   *
   * @param shortest it looks no more often than this
   */
  Duration interval(Duration shortest) {
    Duration wanted =
        Durations.parse(analysis().path("interval").asText("")).orElse(USUAL_INTERVAL);
    return wanted.compareTo(shortest) < 0 ? shortest : wanted;
  }

  List<JsonNode> hooks(String type) {
    return StreamSupport.stream(analysis().path("webhooks").spliterator(), false)
        .filter(hook -> hook.path("type").asText("").equals(type))
        .toList();
  }

  /** The webhooks of an analysis may have the type {@code rollout}, or none. */
  List<JsonNode> rolloutHooks() {
    return StreamSupport.stream(analysis().path("webhooks").spliterator(), false)
        .filter(hook -> List.of("", "rollout").contains(hook.path("type").asText("")))
        .toList();
  }

  String phase() {
    return object.path("status").path("phase").asText("");
  }

  boolean isIn(String... phases) {
    return List.of(phases).contains(phase());
  }

  /** Not brought up yet. */
  boolean isNew() {
    return isIn("", Phase.INITIALIZING);
  }

  int iterations() {
    return object.path("status").path("iterations").asInt();
  }

  int failedChecks() {
    return object.path("status").path("failedChecks").asInt();
  }

  String lastApplied() {
    return object.path("status").path("lastAppliedSpec").asText("");
  }

  String lastPromoted() {
    return object.path("status").path("lastPromotedSpec").asText("");
  }

  /** Missing where nothing was ever tracked, which is not the same as nothing to track. */
  JsonNode trackedConfigs() {
    return object.path("status").path("trackedConfigs");
  }

  CanaryView copy() {
    return new CanaryView(object.deepCopy());
  }

  /** A copy in another phase, which no other reader sees. */
  CanaryView in(String phase) {
    CanaryView copy = copy();
    copy.status().put("phase", phase);
    return copy;
  }

  // ---- weights (controller/scheduler.go) ----

  int maxWeight() {
    JsonNode steps = analysis().path("stepWeights");
    if (!steps.isEmpty()) {
      return Math.min(100, steps.get(steps.size() - 1).asInt());
    }
    int max = analysis().path("maxWeight").asInt();
    return max > 0 ? max : 100;
  }

  int nextStep(int weight) {
    JsonNode steps = analysis().path("stepWeights");
    int step = analysis().path("stepWeight").asInt();
    if (step > 0 || steps.isEmpty()) {
      return step;
    }
    int most = 100 - weight;
    if (most == 0) {
      return 1;
    }
    if (weight == 0) {
      return Math.min(most, steps.get(0).asInt());
    }
    for (int i = 0; i < steps.size() - 1; i++) {
      if (steps.get(i).asInt() == weight) {
        return Math.min(most, steps.get(i + 1).asInt() - weight);
      }
    }
    return most;
  }
}
