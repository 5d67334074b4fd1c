package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;

/** Gives a target its pods back when a Canary with revertOnDeletion is deleted (finalizer.go). */
final class Deletion {
  private static final String FINALIZER = "finalizer.flagger.app";

  private Deletion() {}

  /** A Canary that is to be reverted gets its finalizer at once. */
  static void prepare(ObjectStore store, CanaryView canary) {
    boolean deleted = canary.object().at("/metadata").has("deletionTimestamp");
    if (canary.spec().path("revertOnDeletion").asBoolean() && !deleted && !isHeld(canary)) {
      store.change(
          Statuses.key(canary),
          ObjectStore.Part.WHOLE,
          live -> {
            ((ObjectNode) live.path("metadata")).withArray("finalizers").add(FINALIZER);
            return live;
          });
    }
  }

  static void carryOut(Parts parts, Stored found) {
    CanaryView canary = new CanaryView(found.tree());
    if (!isHeld(canary) || !canary.object().at("/metadata").has("deletionTimestamp")) {
      return;
    }
    Workload workload = Workload.of(canary, parts.store(), parts.clock());
    try {
      if (!canary.isIn(Phase.TERMINATING)) {
        parts.statuses().phase(canary, Phase.TERMINATING);
        parts.hooks().info(canary, "Terminating canary %s", canary.label());
      }
      workload.giveBack(canary);
      workload.demandCanaryReady(canary);
    } catch (Halt e) {
      // It is tried again.
      return;
    }
    parts.routes().remove(Statuses.key(canary));
    parts.store().change(Statuses.key(canary), ObjectStore.Part.WHOLE, Deletion::released);
    parts.hooks().info(canary, "Terminated canary %s", canary.label());
  }

  private static ObjectNode released(ObjectNode live) {
    JsonNode before = live.at("/metadata/finalizers");
    ArrayNode left = ((ObjectNode) live.path("metadata")).putArray("finalizers");
    for (JsonNode one : before) {
      if (!one.asText().equals(FINALIZER)) {
        left.add(one.asText());
      }
    }
    return live;
  }

  private static boolean isHeld(CanaryView canary) {
    for (JsonNode one : canary.object().at("/metadata/finalizers")) {
      if (one.asText().equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }
}
