package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a Canary is rolled out: {@code spec.analysis}, read as Flagger reads it. */
public final class Analysis {
  /** How Flagger shifts traffic. */
  public enum Strategy {
    /** By weights. */
    CANARY,
    /** By headers or cookies: part of the users get the canary alone. */
    AB,
    /** The canary is tested beside the primary, then replaces it. */
    BLUE_GREEN
  }

  private static final String KUBERNETES = "kubernetes";
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(60);
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

  /** What Flagger takes with provider kubernetes, where weights are impossible. */
  private static final int ITERATIONS_WITHOUT_ROUTER = 10;

  private final JsonNode spec;
  private final JsonNode analysis;
  private final CanaryStatus status;

  Analysis(JsonNode spec, CanaryStatus status) {
    this.spec = spec;
    this.analysis =
        KubeJson.has(spec, "analysis") ? spec.path("analysis") : spec.path("canaryAnalysis");
    this.status = status;
  }

  /** Whether there is one; without, Flagger promotes at once. */
  public boolean present() {
    return analysis.isObject();
  }

  public Strategy strategy() {
    if (iterations() < 1) {
      return Strategy.CANARY;
    }
    return !withoutRouter() && !analysis.path("match").isEmpty()
        ? Strategy.AB
        : Strategy.BLUE_GREEN;
  }

  /** How many iterations are run; 0 with weights. */
  public int iterations() {
    int asked = analysis.path("iterations").asInt(0);
    // Flagger's own flag may say that there is no router: a count above 0 gives that away.
    boolean counts = withoutRouter() || status.iterations() > 0;
    return asked < 1 && counts ? ITERATIONS_WITHOUT_ROUTER : asked;
  }

  /** Whether the Canary itself says that nothing shifts traffic but the primary's own rollout. */
  public boolean withoutRouter() {
    return spec.path("provider").asText("").equals(KUBERNETES);
  }

  /** How often Flagger looks: as written, 10 s at least, 60 s where it is absent or no time. */
  public Duration interval() {
    Duration interval =
        GoDuration.parse(analysis.path("interval").asText("")).orElse(USUAL_INTERVAL);
    return interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
  }

  /** How many failed checks roll back. */
  public int threshold() {
    return Math.max(1, analysis.path("threshold").asInt(0));
  }

  /** Whether requests are copied to the canary before any is answered by it. */
  public boolean mirrors() {
    return KubeJson.isTrue(analysis, "mirror");
  }

  /** The weight at which a weighted canary is complete, in percent. */
  public int maxWeight() {
    JsonNode steps = analysis.path("stepWeights");
    if (!steps.isEmpty()) {
      return Math.min(100, steps.get(steps.size() - 1).asInt(100));
    }
    int weight = analysis.path("maxWeight").asInt(0);
    return weight > 0 ? weight : 100;
  }

  /** How many steps a weighted canary takes to its last weight. */
  public int steps() {
    if (!analysis.path("stepWeights").isEmpty()) {
      return analysis.path("stepWeights").size();
    }
    int step = analysis.path("stepWeight").asInt(0);
    return step > 0 ? (maxWeight() + step - 1) / step : 0;
  }

  /** The webhooks of a type, in the order in which Flagger calls them. */
  public List<Webhook> webhooks(String type) {
    return webhooks().stream().filter(hook -> hook.type().equals(type)).toList();
  }

  /** All webhooks, in order. */
  public List<Webhook> webhooks() {
    List<Webhook> hooks = new ArrayList<>();
    for (JsonNode hook : analysis.path("webhooks")) {
      hooks.add(Webhook.of(hook));
    }
    return hooks;
  }

  /** How far it has come, as {@code 20 %} or {@code iteration 3 of 10}; empty where unknown. */
  public Optional<String> progress() {
    if (strategy() != Strategy.CANARY) {
      int done = Math.max(0, Math.min(status.iterations(), iterations()));
      return Optional.of("iteration " + done + " of " + iterations());
    }
    return status.phase() == CanaryPhase.PROGRESSING || status.canaryWeight() > 0
        ? Optional.of(status.canaryWeight() + " %")
        : Optional.empty();
  }
}
