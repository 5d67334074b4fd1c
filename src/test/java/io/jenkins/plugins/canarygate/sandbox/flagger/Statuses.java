package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ApiError;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the status of a Canary ({@code canary/status.go}): the whole of it, from the copy at hand,
 * and where that is stale once more from a fresh one.
 */
final class Statuses {
  private static final int TRIES = 4;

  private final ObjectStore store;
  private final InstantSource clock;

  Statuses(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  static ObjectKey key(CanaryView canary) {
    return new ObjectKey(Resource.CANARIES, canary.namespace(), canary.name());
  }

  /** What a revision begins or ends with: everything that was counted, and what is applied now. */
  void sync(CanaryView canary, String phase, int weight, String applied, JsonNode configs) {
    sync(canary, phase, new int[] {weight, 0, 0}, applied, configs);
  }

  /** The same, with the counters as they are: so a Failed one is refreshed at each tick. */
  void refresh(CanaryView canary, String applied, JsonNode configs) {
    int weight = canary.object().at("/status/canaryWeight").asInt();
    int[] counted = {weight, canary.failedChecks(), canary.iterations()};
    sync(canary, canary.phase(), counted, applied, configs);
  }

  private void sync(
      CanaryView canary, String phase, int[] counted, String applied, JsonNode configs) {
    write(
        canary,
        (before, status) -> {
          status.put("phase", phase);
          status.put("canaryWeight", counted[0]);
          status.put("failedChecks", counted[1]);
          status.put("iterations", counted[2]);
          status.put("lastAppliedSpec", applied);
          if (phase.equals(Phase.INITIALIZED)) {
            status.put("lastPromotedSpec", applied);
          }
          status.set("trackedConfigs", configs.deepCopy());
          condition(before, status, phase);
        });
  }

  void failedChecks(CanaryView canary, int number) {
    write(canary, (before, status) -> status.put("failedChecks", number));
  }

  void weight(CanaryView canary, int weight) {
    write(canary, (before, status) -> status.put("canaryWeight", weight));
  }

  void iterations(CanaryView canary, int number) {
    write(canary, (before, status) -> status.put("iterations", number));
  }

  void phase(CanaryView canary, String phase) {
    write(
        canary,
        (before, status) -> {
          status.put("phase", phase);
          if (!List.of(Phase.PROGRESSING, Phase.WAITING, Phase.PROMOTING).contains(phase)) {
            boolean waits = phase.equals(Phase.WAITING_PROMOTION);
            status.put("canaryWeight", 0);
            status.put("iterations", waits ? before.plannedIterations() - 1 : 0);
          }
          if (List.of(Phase.INITIALIZED, Phase.SUCCEEDED).contains(phase)) {
            status.put("lastPromotedSpec", before.lastApplied());
          }
          condition(before, status, phase);
        });
  }

  /** A Canary that has just been seen ({@code setPhaseInitializing}). */
  void initializing(CanaryView canary) {
    write(
        canary,
        (before, status) -> {
          condition(before, status, Phase.INITIALIZING);
          status.put("phase", Phase.INITIALIZING);
        });
  }

  private void write(CanaryView canary, BiConsumer<CanaryView, ObjectNode> edit) {
    CanaryView from = canary;
    for (int tries = 1; ; tries++) {
      CanaryView to = from.copy();
      ObjectNode status = to.status();
      for (String counter : List.of("failedChecks", "canaryWeight", "iterations")) {
        if (!status.has(counter)) {
          status.put(counter, 0);
        }
      }
      edit.accept(from, status);
      status.put("lastTransitionTime", now());
      try {
        store.change(key(canary), ObjectStore.Part.STATUS, live -> to.object());
        return;
      } catch (ApiError e) {
        if (e.code() != 409 || tries == TRIES) {
          throw new Halt("updating canary " + canary.label() + " status failed: " + e.getMessage());
        }
        from = new CanaryView(store.get(key(canary)).tree());
      }
    }
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A condition of the same status and reason is left as it is, its times included. */
  private void condition(CanaryView before, ObjectNode status, String phase) {
    String value =
        switch (phase) {
          case Phase.INITIALIZED, Phase.SUCCEEDED -> "True";
          case Phase.FAILED -> "False";
          default -> "Unknown";
        };
    JsonNode current = before.object().at("/status/conditions/0");
    boolean sameValue = current.path("status").asText().equals(value);
    if (sameValue && current.path("reason").asText().equals(phase)) {
      return;
    }
    ObjectNode next = Json.object();
    next.put("type", "Promoted").put("status", value);
    next.put("lastUpdateTime", now());
    next.put("lastTransitionTime", sameValue ? current.path("lastTransitionTime").asText() : now());
    next.put("reason", phase).put("message", message(phase, before.targetKind()));
    status.putArray("conditions").add(next);
  }

  private static String message(String phase, String kind) {
    return switch (phase) {
      case Phase.INITIALIZED -> kind + " initialization completed.";
      case Phase.WAITING, Phase.WAITING_PROMOTION -> "Waiting for approval.";
      case Phase.PROGRESSING -> "New revision detected, progressing canary analysis.";
      case Phase.PROMOTING -> "Canary analysis completed, starting primary rolling update.";
      case Phase.FINALISING -> "Canary analysis completed, routing all traffic to primary.";
      case Phase.SUCCEEDED -> "Canary analysis completed successfully, promotion finished.";
      case Phase.FAILED -> "Canary analysis failed, " + kind + " scaled to zero.";
      default -> "New " + kind + " detected, starting initialization.";
    };
  }
}
