package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.PatchCommand;

/** The exact commands that a person is told. */
final class Commands {
  private Commands() {}

  /**
   * Lifts {@code spec.paused} and nothing else: Argo's own {@code promote} would skip a step too.
   */
  static String lift(Target target) {
    return patch(target, "{\"spec\":{\"paused\":false}}");
  }

  /** Lifts a hold with its annotation. */
  static String liftHold(Target target) {
    return patch(
        target,
        "{\"metadata\":{\"annotations\":{\""
            + RolloutStatus.HOLD
            + "\":null}},\"spec\":{\"paused\":false}}");
  }

  private static String patch(Target target, String body) {
    return PatchCommand.merge(ArgoSection.ROLLOUTS, target, body);
  }
}
