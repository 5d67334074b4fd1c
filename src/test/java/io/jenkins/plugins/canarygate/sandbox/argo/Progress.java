package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Whether a rollout gets on, and the conditions that say so. */
final class Progress {
  private final Reconcile pass;
  private final RolloutView rollout;
  private final JsonNode before;
  private final ObjectNode after;

  Progress(Reconcile pass, ObjectNode status) {
    this.pass = pass;
    this.rollout = pass.rollout;
    this.before = pass.rollout.status();
    this.after = status;
  }

  /** Aborts an update that is past its deadline, where the spec asks for that. */
  void abortAtDeadline() {
    if (rollout.spec().path("progressDeadlineAbort").asBoolean()
        && !pass.pauses.isAborted()
        && !isCompleted()
        && !isProgressing()
        && !mayTakeTime()
        && isTimedOut(before)) {
      pass.pauses.abort(
          "ReplicaSet \"%s\" has timed out progressing.".formatted(pass.fresh.name()));
    }
  }

  void writeConditions() {
    boolean paused = !after.path("pauseConditions").isEmpty() || rollout.isPaused();
    boolean becameUnhealthy = false;
    if (!paused && isHealthy()) {
      set("Healthy", "True", "RolloutHealthy", "Rollout is healthy");
    } else if (!Conditions.get(before, "Healthy").isMissingNode()) {
      becameUnhealthy = set("Healthy", "False", "RolloutHealthy", "Rollout is not healthy");
    }
    if (pass.pauses.isAborted()) {
      String why = pass.pauses.abortMessage();
      set(
          "Progressing",
          "False",
          "RolloutAborted",
          "Rollout aborted update to revision "
              + rollout.revision()
              + (why.isEmpty() ? "" : ": " + why));
    } else {
      writeProgressing(becameUnhealthy);
    }
    writeAvailable();
    set("Completed", isCompleted() ? "True" : "False", "RolloutCompleted", "RolloutCompleted");
  }

  private void writeProgressing(boolean becameUnhealthy) {
    String set = "ReplicaSet \"" + pass.fresh.name() + "\" ";
    if (isHealthy()) {
      set("Progressing", "True", "NewReplicaSetAvailable", set + "has successfully progressed.");
    } else if (isProgressing() || becameUnhealthy) {
      boolean lost = isCompleted() && becameUnhealthy;
      JsonNode old = Conditions.get(before, "Progressing");
      Conditions.remove(after, "Progressing");
      set(
          "Progressing",
          "True",
          lost ? "ReplicaSetNotAvailable" : "ReplicaSetUpdated",
          lost ? "Rollout does not have minimum availability" : set + "is progressing.");
      if (old.path("status").asText().equals("True")) {
        ((ObjectNode) Conditions.get(after, "Progressing"))
            .set("lastTransitionTime", old.path("lastTransitionTime"));
      }
    } else if (!mayTakeTime() && isTimedOut(after)) {
      set("Progressing", "False", "ProgressDeadlineExceeded", set + "has timed out progressing.");
    }
  }

  private void writeAvailable() {
    boolean available =
        rollout.isBlueGreen()
            ? ReplicaSetView.byHash(pass.all, after.at("/blueGreen/activeSelector").asText(""))
                .filter(active -> active.isSaturated(rollout))
                .isPresent()
            : ReplicaSetView.sum(pass.all, ReplicaSetView::available) >= rollout.replicas();
    set(
        "Available",
        available ? "True" : "False",
        "AvailableReason",
        available
            ? "Rollout has minimum availability"
            : "Rollout does not have minimum availability");
  }

  private boolean set(String type, String status, String reason, String message) {
    return Conditions.set(after, type, status, reason, message, pass.now);
  }

  private boolean isCompleted() {
    String stable = after.path("stableRS").asText("");
    return !stable.isEmpty() && stable.equals(after.path("currentPodHash").asText());
  }

  private boolean isHealthy() {
    boolean complete;
    if (rollout.isBlueGreen()) {
      String current = after.path("currentPodHash").asText();
      complete =
          after.at("/blueGreen/activeSelector").asText("").equals(current)
              && (!rollout.blueGreen().has("previewService")
                  || after.at("/blueGreen/previewSelector").asText("").equals(current));
    } else {
      int steps = rollout.steps().size();
      complete =
          (steps == 0 || after.path("currentStepIndex").asInt(steps) == steps)
              && isCompleted()
              && after.path("replicas").asInt() == rollout.replicas();
    }
    return complete
        && after.path("updatedReplicas").asInt() == rollout.replicas()
        && after.path("availableReplicas").asInt() == rollout.replicas()
        && before.path("observedGeneration").asText("").equals(rollout.generation());
  }

  private boolean isProgressing() {
    boolean strategy;
    if (rollout.isBlueGreen()) {
      strategy = differs("/blueGreen/activeSelector") || differs("/blueGreen/previewSelector");
    } else {
      boolean moved =
          before.has("currentStepIndex")
              && after.has("currentStepIndex")
              && differs("/currentStepIndex");
      strategy = differs("/stableRS") || moved || differs("/currentStepHash");
    }
    return strategy
        || count(after, "updatedReplicas") != count(before, "updatedReplicas")
        || count(after, "replicas") - count(after, "updatedReplicas")
            < count(before, "replicas") - count(before, "updatedReplicas")
        || count(after, "readyReplicas") > count(before, "readyReplicas")
        || count(after, "availableReplicas") > count(before, "availableReplicas");
  }

  private boolean differs(String pointer) {
    return !before.at(pointer).asText("").equals(after.at(pointer).asText(""));
  }

  private static int count(JsonNode status, String field) {
    return status.path(field).asInt();
  }

  /** Whether waiting is no lack of progress now. */
  private boolean mayTakeTime() {
    JsonNode step = rollout.step();
    return step.has("pause")
        || step.has("analysis")
        || step.has("experiment")
        || Conditions.get(before, "Paused").path("status").asText().equals("True")
        || pass.others().stream().anyMatch(set -> set.scaleDownDeadline().isPresent());
  }

  private boolean isTimedOut(JsonNode status) {
    JsonNode condition = Conditions.get(status, "Progressing");
    return switch (condition.path("reason").asText("")) {
      case "", "RolloutAborted", "RolloutPaused" -> false;
      case "ProgressDeadlineExceeded" -> true;
      default -> !pass.now.isBefore(deadline(condition));
    };
  }

  private Instant deadline(JsonNode progressing) {
    // A second more than the deadline: the controller queues it so, times being whole seconds.
    return Instant.parse(progressing.path("lastUpdateTime").asText())
        .plusSeconds(1L + rollout.spec().path("progressDeadlineSeconds").asInt(600));
  }

  /** Comes back when the deadline is over. */
  void requeue() {
    JsonNode condition = Conditions.get(after, "Progressing");
    String reason = condition.path("reason").asText("");
    boolean idle =
        reason.isEmpty()
            || reason.equals("ProgressDeadlineExceeded")
            || reason.equals("RolloutAborted")
            || isHealthy()
            || rollout.isPaused()
            || !after.path("pauseConditions").isEmpty();
    if (!idle) {
      pass.requeue.at(pass.key, deadline(condition));
    }
  }
}
