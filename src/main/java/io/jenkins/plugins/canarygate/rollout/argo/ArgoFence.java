package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fence;
import java.util.Optional;
import java.util.OptionalInt;

/** The fence of an Argo Rollout, made and compared (rules R2, AR1). */
final class ArgoFence {
  private final Fence fence;
  private final JsonNode details;

  ArgoFence(Fence fence) {
    this.fence = fence;
    this.details = fence.details();
  }

  /** What a fence taken now would be; empty while the gate's revision is not the current one. */
  static Optional<Fence> take(Look look) {
    RolloutStatus rollout = look.rollout();
    if (!look.ours().current()) {
      return Optional.empty();
    }
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("uid", rollout.uid());
    if (look.target().at().kind() == At.Kind.PROGRESSING) {
      // Its fence is the revision alone (rule R3).
      details.put("revisionOnly", true);
      return Optional.of(new Fence(rollout.hash(), details));
    }
    details.put("stable", rollout.stable());
    rollout.step().ifPresent(step -> details.put("step", step));
    details.put("stepHash", rollout.stepHash());
    rollout
        .gatePause()
        .ifPresent(
            pause -> details.put("reason", pause.reason()).put("startTime", pause.startTime()));
    details.put("hold", look.heldByUs());
    rollout.abortedAt().ifPresent(at -> details.put("abortedAt", at));
    return Optional.of(new Fence(rollout.hash(), details));
  }

  String revision() {
    return fence.revision();
  }

  OptionalInt step() {
    return details.path("step").isNumber()
        ? OptionalInt.of(details.path("step").intValue())
        : OptionalInt.empty();
  }

  String reason() {
    return details.path("reason").asText("");
  }

  String startTime() {
    return details.path("startTime").asText("");
  }

  String abortedAt() {
    return details.path("abortedAt").asText("");
  }

  boolean hold() {
    return details.path("hold").asBoolean(false);
  }

  boolean revisionOnly() {
    return details.path("revisionOnly").asBoolean(false);
  }

  boolean sameObject(RolloutStatus rollout) {
    return details.path("uid").asText("").equals(rollout.uid());
  }

  boolean sameRevision(RolloutStatus rollout) {
    return revision().equals(rollout.hash());
  }

  boolean sameSteps(RolloutStatus rollout) {
    return details.path("stepHash").asText("").equals(rollout.stepHash());
  }

  /** Whether the rollout stands at the fence's step; always for blue/green. */
  boolean sameStep(RolloutStatus rollout) {
    return step().equals(rollout.step());
  }

  boolean laterStep(RolloutStatus rollout) {
    return step().isPresent()
        && rollout.step().isPresent()
        && rollout.step().getAsInt() > step().getAsInt();
  }

  /** The fence's pause, if the rollout has it still; it may have begun again. */
  Optional<Pause> pause(RolloutStatus rollout) {
    return rollout.gatePause().filter(pause -> pause.reason().equals(reason()));
  }

  /** Whether the very pause of the fence stands, whatever pauses beside it. */
  boolean stands(RolloutStatus rollout) {
    return sameRevision(rollout)
        && sameSteps(rollout)
        && sameStep(rollout)
        && pause(rollout).filter(pause -> pause.startTime().equals(startTime())).isPresent();
  }

  /** How the rollout differs, whoever did it; an abort is a fate, not a drift (rule R2). */
  Drift drift(Look look) {
    RolloutStatus rollout = look.rollout();
    if (!sameObject(rollout)) {
      return Drift.GONE;
    }
    if (!sameRevision(rollout)) {
      return Drift.OTHER_REVISION;
    }
    if (revisionOnly() || rollout.abort()) {
      return Drift.NONE;
    }
    if (laterStep(rollout) && sameSteps(rollout)) {
      return Drift.MOVED_ON;
    }
    if (!details.path("stable").asText("").equals(rollout.stable())) {
      return revision().equals(rollout.stable()) ? Drift.MOVED_ON : Drift.BEGAN_AGAIN;
    }
    if (!sameSteps(rollout) || !sameStep(rollout)) {
      return Drift.BEGAN_AGAIN;
    }
    if (reason().isEmpty()) {
      return Drift.NONE;
    }
    Optional<Pause> pause = pause(rollout);
    if (pause.isEmpty()) {
      return Drift.MOVED_ON;
    }
    if (!pause.get().startTime().equals(startTime())) {
      return Drift.BEGAN_AGAIN;
    }
    return hold() && !look.heldByUs() ? Drift.HOLD_LIFTED : Drift.NONE;
  }
}
