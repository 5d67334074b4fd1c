package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Instant;
import java.util.Optional;

/** The {@code status} of a Canary, read field by field. Times are whole seconds. */
public final class CanaryStatus {
  private final JsonNode status;

  CanaryStatus(JsonNode status) {
    this.status = status;
  }

  /** The phase; UNKNOWN where it is absent or none that we know. */
  public CanaryPhase phase() {
    return CanaryPhase.of(status.path("phase").asText(""));
  }

  /** The phase as it is written; empty before Flagger's first look. */
  public String phaseText() {
    return status.path("phase").asText("");
  }

  public int failedChecks() {
    return status.path("failedChecks").asInt(0);
  }

  /** What the status says of the weight: always 0 without weights, and in WaitingPromotion. */
  public int canaryWeight() {
    return status.path("canaryWeight").asInt(0);
  }

  /** How many iterations are done; -1 for weighted canaries in WaitingPromotion. */
  public int iterations() {
    return status.path("iterations").asInt(0);
  }

  /** Opaque; empty before the first. */
  public String lastAppliedSpec() {
    return status.path("lastAppliedSpec").asText("");
  }

  /** Opaque; empty before the first. */
  public String lastPromotedSpec() {
    return status.path("lastPromotedSpec").asText("");
  }

  /** The digest of the ConfigMaps and Secrets that Flagger tracks; none is the same as empty. */
  public String trackedConfigs() {
    JsonNode configs = status.path("trackedConfigs");
    return Canonical.digest(configs.isObject() ? configs : JsonNodeFactory.instance.objectNode());
  }

  /** Rewritten at every tick while it is Failed, so that it tells no revision's time. */
  public Optional<Instant> lastTransition() {
    return KubeJson.instant(status, "lastTransitionTime");
  }

  /**
   * When the phase began, by the condition Promoted; empty where the condition is of another phase
   * than the status.
   */
  public Optional<Instant> phaseSince() {
    return condition()
        .filter(found -> found.path("reason").asText("").equals(phaseText()))
        .flatMap(found -> KubeJson.instant(found, "lastUpdateTime"));
  }

  private Optional<JsonNode> condition() {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals("Promoted")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }
}
