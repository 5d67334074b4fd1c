package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The commonest of what the controller calls an invalid spec ({@code validation.go}). */
final class Validation {
  private static final List<String> KINDS =
      List.of(
          "setWeight",
          "pause",
          "experiment",
          "analysis",
          "setCanaryScale",
          "setHeaderRoute",
          "setMirrorRoute",
          "plugin");

  private Validation() {}

  static Optional<String> fault(Reconcile pass) {
    RolloutView rollout = pass.rollout;
    if (rollout.spec().path("selector").isMissingNode()) {
      return Optional.of(
          "spec.selector: Required value: Rollout has missing field '.spec.selector'");
    }
    if (!rollout.canary().isObject() && !rollout.blueGreen().isObject()) {
      return Optional.of(
          "spec.strategy.strategy: Required value: Rollout has missing field"
              + " '.Spec.Strategy.Canary or .Spec.Strategy.BlueGreen'");
    }
    return rollout.isBlueGreen() ? services(pass) : steps(rollout).or(() -> routing(pass));
  }

  private static Optional<String> steps(RolloutView rollout) {
    List<JsonNode> steps = rollout.steps();
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = steps.get(i);
      if (KINDS.stream().filter(step::has).count() != 1) {
        return Optional.of(
            ("spec.strategy.steps[%d].%s: Invalid value: \"\": Step must have one of the following"
                    + " set: experiment, setWeight, setCanaryScale, plugin or pause")
                .formatted(i, "experiment"));
      }
      int weight = step.path("setWeight").asInt(0);
      if (weight < 0 || weight > rollout.maxWeight()) {
        return Optional.of(
            ("spec.strategy.steps[%d].setWeight: Invalid value: %d: SetWeight needs to be between"
                    + " 0 and %d")
                .formatted(i, weight, rollout.maxWeight()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> services(Reconcile pass) {
    JsonNode strategy = pass.rollout.blueGreen();
    return missing(pass, "spec.strategy.blueGreen.activeService", strategy.path("activeService"))
        .or(
            () ->
                missing(
                    pass,
                    "spec.strategy.blueGreen.previewService",
                    strategy.path("previewService")));
  }

  private static Optional<String> routing(Reconcile pass) {
    JsonNode strategy = pass.rollout.canary();
    return missing(pass, "spec.strategy.canary.stableService", strategy.path("stableService"))
        .or(
            () ->
                missing(
                    pass, "spec.strategy.canary.canaryService", strategy.path("canaryService")));
  }

  private static Optional<String> missing(Reconcile pass, String field, JsonNode service) {
    return service.isMissingNode() || pass.service(service).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s: Invalid value: \"%s\": service \"%s\" not found"
                .formatted(field, service.asText(), service.asText()));
  }
}
