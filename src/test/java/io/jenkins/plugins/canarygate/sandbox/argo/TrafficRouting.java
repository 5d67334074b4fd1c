package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Shifts the traffic of a canary ({@code rollout/trafficrouting.go}). */
final class TrafficRouting {
  private final Reconcile pass;

  TrafficRouting(Reconcile pass) {
    this.pass = pass;
  }

  /** Points the stable and the canary service to their pods. */
  void switchServices() {
    JsonNode canary = pass.rollout.canary();
    point(canary.path("stableService"), pass.stable, true);
    if (pass.pauses.isAborted() && !pass.rollout.isRouted()) {
      point(canary.path("canaryService"), pass.stable, true);
    } else if (!isRollingBackDynamically()) {
      point(canary.path("canaryService"), pass.fresh, true);
    }
  }

  private void point(JsonNode service, ReplicaSetView set, boolean checked) {
    if (set == null || service.isMissingNode() || pass.selected(service).equals(set.hash())) {
      return;
    }
    boolean adopted =
        pass.service(service)
            .map(stored -> stored.tree().at("/metadata/annotations").has(Names.MANAGED_BY))
            .orElse(false);
    boolean full = set.replicas() != 0 && set.replicas() <= set.available();
    if (!checked || (set.available() > 0 && (adopted || full))) {
      pass.select(service, set.hash());
    }
  }

  private boolean isRollingBackDynamically() {
    RolloutView rollout = pass.rollout;
    return rollout.isFullyPromoted()
        && rollout.isRouted()
        && rollout.hasDynamicStableScale()
        && rollout.weights().isObject()
        && !rollout.weights().at("/canary/podTemplateHash").asText().equals(pass.fresh.hash())
        && pass.fresh.available() < rollout.replicas();
  }

  /**
   * Decides the weight.
   *
   * @return whether this pass may go on
   */
  boolean run() {
    RolloutView rollout = pass.rollout;
    ObjectNode canaryStatus = pass.newStatus.withObject("/canary");
    if (!rollout.isRouted()) {
      canaryStatus.remove("weights");
      return true;
    }
    String canaryHash = pass.fresh.hash();
    int weight = 0;
    if (isRollingBackDynamically()) {
      weight = weightOnAbort();
      canaryHash = rollout.weights().at("/canary/podTemplateHash").asText();
    } else if (rollout.isFullyPromoted()) {
      weight = 0;
    } else if (pass.pauses.isAborted()) {
      weight = weightOnAbort();
      if (weight == 0 || !rollout.hasDynamicStableScale()) {
        point(rollout.canary().path("canaryService"), pass.stable, false);
      }
    } else if (pass.fresh.available() > 0) {
      weight = weightOnTheWay();
    }
    if (!isStableEnough(rollout.maxWeight() - weight)) {
      return true;
    }
    String stableHash = pass.stable == null ? "" : pass.stable.hash();
    ObjectNode weights = weights(canaryHash, stableHash, weight);
    canaryStatus.set("weights", weights);
    Optional<Boolean> verified =
        isVerificationDue(weight)
            ? pass.routers.verified(rollout.namespace(), rollout.name())
            : Optional.empty();
    verified.ifPresent(yes -> weights.put("verified", yes));
    boolean last = weight == rollout.maxWeight();
    return !(last && verified.filter(yes -> !yes).isPresent());
  }

  private int weightOnTheWay() {
    RolloutView rollout = pass.rollout;
    if (rollout.isPromotedFully()) {
      if (rollout.hasDynamicStableScale()) {
        return rollout.maxWeight() * pass.fresh.available() / rollout.replicas();
      }
      return rollout.weights().at("/canary/weight").asInt(0);
    }
    if (rollout.stepIndex().isEmpty()) {
      return 0;
    }
    int index = rollout.stepIndex().getAsInt();
    if (!pass.scale().isReached(com.fasterxml.jackson.databind.node.MissingNode.getInstance())) {
      return CanaryScale.lastSetWeight(rollout, index - 1);
    }
    return index == rollout.steps().size() ? rollout.maxWeight() : CanaryScale.setWeight(rollout);
  }

  private int weightOnAbort() {
    RolloutView rollout = pass.rollout;
    if (!rollout.hasDynamicStableScale() || pass.stable == null || rollout.replicas() == 0) {
      return 0;
    }
    int max = rollout.maxWeight();
    int desired = pass.scale().desiredWeight();
    int stableShare = max * pass.stable.available() / rollout.replicas();
    int expected = Math.max(0, max - stableShare);
    if (!rollout.weights().isObject()) {
      return Math.max(expected, desired);
    }
    int current = rollout.weights().at("/canary/weight").asInt();
    if (desired <= 0) {
      return Math.min(expected, current);
    }
    return stableShare < max - desired ? current : Math.min(desired, current);
  }

  private boolean isStableEnough(int stableWeight) {
    if (pass.stable == null) {
      return false;
    }
    int wanted = stableWeight * pass.rollout.replicas() / pass.rollout.maxWeight();
    return pass.stable.available() >= wanted;
  }

  private boolean isVerificationDue(int weight) {
    RolloutView rollout = pass.rollout;
    boolean under = !rollout.stableHash().isEmpty() && !rollout.isFullyPromoted();
    return under
        && (rollout.step().has("setWeight")
            || (rollout.step().isMissingNode() && weight == rollout.maxWeight()));
  }

  private ObjectNode weights(String canaryHash, String stableHash, int weight) {
    ObjectNode weights = pass.newStatus.objectNode();
    destination(weights.putObject("canary"), canaryHash, "canaryService", weight);
    destination(
        weights.putObject("stable"),
        stableHash,
        "stableService",
        pass.rollout.maxWeight() - weight);
    return weights;
  }

  private void destination(ObjectNode node, String hash, String service, int weight) {
    node.put("podTemplateHash", hash);
    if (pass.rollout.canary().has(service)) {
      node.put("serviceName", pass.rollout.canary().path(service).asText());
    }
    node.put("weight", weight);
  }
}
