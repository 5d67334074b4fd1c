package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.Optional;

/** Whether a promote would be taken by the controller as it is meant (rule AR6). */
final class PromoteConditions {
  private PromoteConditions() {}

  /** Whether the pause where the rollout stands may be ended by clearing pauseConditions. */
  static Readiness of(Look look) {
    Readiness common = atGatePoint(look);
    if (common.state() != Readiness.State.READY || look.heldByUs()) {
      return common;
    }
    RolloutStatus rollout = look.rollout();
    if (!rollout.controllerPause()) {
      return Readiness.waitFor("the controller has not taken up its own pause yet");
    }
    if (!look.strategy().isBlueGreen()) {
      return Readiness.READY;
    }
    if (look.timedPause()) {
      return Readiness.waitFor("the controller promotes it by itself when its time is over");
    }
    return unavailable(look).map(Readiness::waitFor).orElse(Readiness.READY);
  }

  /** Whether the rollout stands at a gate point and nobody but us keeps it there. */
  static Readiness atGatePoint(Look look) {
    RolloutStatus rollout = look.rollout();
    if (rollout.abort()) {
      return Readiness.refused("the rollout is aborted");
    }
    if (rollout.invalidSpec().isPresent()) {
      return Readiness.refused(
          "the controller refuses the spec and does nothing until it is valid");
    }
    if (rollout.inconclusive().isPresent()) {
      return Readiness.refused(
          "the controller's own analysis was inconclusive: it is never promoted past that");
    }
    if (look.heldByOther().isPresent()) {
      return Readiness.refused(
          "gate " + look.heldByOther().get() + " holds it", Commands.liftHold(look.target()));
    }
    if (look.pausedByPerson()) {
      return Readiness.refused("a person paused it", Commands.lift(look.target()));
    }
    if (!rollout.settled()) {
      return Readiness.waitFor("the controller has not seen the Rollout as it is written");
    }
    return rollout.solePause().isPresent()
        ? Readiness.READY
        : Readiness.waitFor("the rollout does not wait at a gate point");
  }

  /** What is missing before blue/green takes a promote rather than swallow it. */
  private static Optional<String> unavailable(Look look) {
    int wanted = look.strategy().previewReplicas(look.rollout().previewScaledUp());
    Optional<ReplicaSetView> set = look.currentSet();
    if (set.isEmpty()) {
      return Optional.of("the new ReplicaSet was not found");
    }
    boolean all =
        set.get().wanted() == wanted
            && set.get().replicas() == wanted
            && set.get().available() == wanted;
    return all
        ? Optional.empty()
        : Optional.of(
            set.get().available()
                + " of "
                + wanted
                + " new pods are available: the controller would swallow a promote");
  }
}
