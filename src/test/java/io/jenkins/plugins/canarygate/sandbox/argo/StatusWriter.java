package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the new status together and writes what is different ({@code rollout/sync.go}). */
final class StatusWriter {
  private final Reconcile pass;

  StatusWriter(Reconcile pass) {
    this.pass = pass;
  }

  /** What both strategies have in common. */
  ObjectNode base() {
    ObjectNode status = pass.newStatus;
    JsonNode before = pass.rollout.status();
    status.withObject("/blueGreen");
    status.withObject("/canary");
    status.put("currentPodHash", pass.fresh.hash());
    status.put("replicas", ReplicaSetView.sum(pass.all, ReplicaSetView::actual));
    status.put("updatedReplicas", pass.fresh.actual());
    status.put("readyReplicas", ReplicaSetView.sum(pass.all, ReplicaSetView::ready));
    if (before.path("conditions").isArray()) {
      status.set("conditions", before.path("conditions").deepCopy());
    }
    Conditions.remove(status, "InvalidSpec");
    status.put("promoteFull", before.path("promoteFull").asBoolean());
    status.put("stableRS", pass.rollout.stableHash());
    JsonNode restartAt = pass.rollout.spec().path("restartAt");
    if (restartAt.isTextual() && !pass.now.isBefore(java.time.Instant.parse(restartAt.asText()))) {
      status.set("restartedAt", restartAt);
    }
    return status;
  }

  static void countAll(Reconcile pass, ObjectNode status) {
    status.put("availableReplicas", ReplicaSetView.sum(pass.all, ReplicaSetView::available));
    status.put("HPAReplicas", ReplicaSetView.sum(pass.all, ReplicaSetView::actual));
    status.put("selector", selector(pass.rollout.spec().path("selector")));
  }

  static void countActive(Reconcile pass, ObjectNode status, String activeHash) {
    ReplicaSetView active = ReplicaSetView.byHash(pass.all, activeHash).orElse(null);
    if (active == null) {
      countAll(pass, status);
      return;
    }
    status.put("HPAReplicas", active.actual());
    status.put("availableReplicas", active.available());
    status.put("readyReplicas", active.ready());
    status.put("selector", selector(active.node().path("spec").path("selector")));
  }

  private static String selector(JsonNode selector) {
    Map<String, String> labels = new TreeMap<>();
    selector
        .path("matchLabels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return String.join(
        ",", labels.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  /** As at the beginning of a new update. */
  void reset(ObjectNode status) {
    pass.pauses.clear();
    pass.pauses.removeAbort();
    status.remove("promoteFull");
    status
        .withObject("/blueGreen")
        .remove(
            List.of(
                "prePromotionAnalysisRunStatus",
                "postPromotionAnalysisRunStatus",
                "scaleUpPreviewCheckPoint"));
    status
        .withObject("/canary")
        .remove(List.of("currentStepAnalysisRunStatus", "currentBackgroundAnalysisRunStatus"));
    if (pass.rollout.steps().isEmpty()) {
      status.remove("currentStepIndex");
    } else {
      status.put("currentStepIndex", 0);
    }
  }

  /** Marks the new ReplicaSet as stable. */
  void promote(ObjectNode status) {
    pass.pauses.clear();
    pass.pauses.removeAbort();
    status.remove("promoteFull");
    status.withObject("/blueGreen").remove("scaleUpPreviewCheckPoint");
    int steps = pass.rollout.steps().size();
    if (steps > 0) {
      status.put("currentStepIndex", steps);
    }
    status.put("stableRS", status.path("currentPodHash").asText());
  }

  /** Completes the status and writes the difference to the copy this pass began with. */
  void persist(ObjectNode status) {
    status.put("observedGeneration", pass.rollout.generation());
    if (WorkloadRef.isUsedBy(pass.rollout)) {
      status.put("workloadObservedGeneration", pass.rollout.annotation(Names.WORKLOAD_GENERATION));
    }
    Progress progress = new Progress(pass, status);
    progress.abortAtDeadline();
    status.remove(List.of("abort", "abortedAt"));
    pass.pauses.write(status);
    progress.writeConditions();
    Phases.write(pass.rollout, status);
    write(pass, status);
    progress.requeue();
  }

  /**
   * Conditions about pausing and resuming come first, in a pass of their own: the next one sees
   * them.
   */
  static void checkPaused(Reconcile pass) {
    RolloutView rollout = pass.rollout;
    if (!rollout.generation().equals(rollout.status().path("observedGeneration").asText())) {
      return;
    }
    ObjectNode status = (ObjectNode) rollout.status().deepCopy();
    boolean paused = rollout.hasPauseConditions() || rollout.isPaused();
    boolean saysPaused = Conditions.hasReason(status, "Progressing", "RolloutPaused");
    boolean saysAborted = Conditions.hasReason(status, "Progressing", "RolloutAborted");
    boolean completed = !rollout.stableHash().isEmpty() && rollout.isFullyPromoted();
    boolean changed = false;
    if (paused != saysPaused && !saysAborted && !completed) {
      changed =
          paused
              ? progressing(pass, status, "RolloutPaused", "Rollout is paused")
              : progressing(pass, status, "RolloutResumed", "Rollout is resumed");
    }
    if (!rollout.isAborted() && saysAborted) {
      changed |= progressing(pass, status, "RolloutRetry", "Retrying Rollout after abort");
    }
    boolean pausedCondition =
        Conditions.get(status, "Paused").path("status").asText().equals("True");
    if (paused != pausedCondition && !saysAborted) {
      changed |=
          Conditions.set(
              status,
              "Paused",
              paused ? "True" : "False",
              "RolloutPaused",
              "Rollout is paused",
              pass.now);
    }
    if (changed) {
      status.put("observedGeneration", rollout.generation());
      Phases.write(rollout, status);
      write(pass, status);
    }
  }

  private static boolean progressing(
      Reconcile pass, ObjectNode status, String reason, String message) {
    return Conditions.set(status, "Progressing", "Unknown", reason, message, pass.now);
  }

  /** Says that the spec is invalid; everything else stays as it is. */
  static void invalid(Reconcile pass, String fault) {
    ObjectNode status =
        pass.rollout.status().isObject()
            ? (ObjectNode) pass.rollout.status().deepCopy()
            : pass.rollout.node().objectNode();
    String message = "The Rollout \"%s\" is invalid: %s".formatted(pass.rollout.name(), fault);
    if (!Conditions.get(status, "InvalidSpec").path("message").asText().equals(message)) {
      Conditions.remove(status, "InvalidSpec");
      Conditions.set(status, "InvalidSpec", "True", "InvalidSpec", message, pass.now);
    }
    status.put("observedGeneration", pass.rollout.generation());
    Phases.write(pass.rollout, status);
    write(pass, status);
    pass.requeue.at(pass.key, pass.now.plusSeconds(20));
  }

  private static void write(Reconcile pass, ObjectNode status) {
    ObjectNode patch =
        Patches.difference(withoutZeros(pass.rollout.status()), withoutZeros(status));
    if (!patch.isEmpty()) {
      pass.change(
          ObjectStore.Part.STATUS,
          live -> live.set("status", Patches.merge(live.path("status"), patch)));
    }
  }

  /** As Go writes it: what is empty is left out. */
  private static ObjectNode withoutZeros(JsonNode status) {
    ObjectNode kept = status.isObject() ? (ObjectNode) status.deepCopy() : null;
    if (kept == null) {
      return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }
    JsonNode index = kept.path("currentStepIndex");
    dropZeros(kept);
    if (index.isInt()) {
      kept.set("currentStepIndex", index);
    }
    for (String part : List.of("blueGreen", "canary")) {
      if (kept.path(part) instanceof ObjectNode inner) {
        dropZeros(inner);
      }
    }
    return kept;
  }

  private static void dropZeros(ObjectNode node) {
    node.properties()
        .removeIf(
            field -> {
              JsonNode value = field.getValue();
              return value.isNull()
                  || (value.isBoolean() && !value.asBoolean())
                  || (value.isNumber() && value.asLong() == 0)
                  || (value.isTextual() && value.asText().isEmpty())
                  || (value.isArray() && value.isEmpty());
            });
  }
}
