package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.At;
import java.util.Optional;

/** Whether a revision, or one promotion of it, has landed (rule AR5). */
final class Landing {
  private Landing() {}

  /** Whether the revision is the stable one, and Healthy if it is still current. */
  static boolean landed(Look look) {
    RolloutStatus rollout = look.rollout();
    if (!look.ours().is(rollout.stable())) {
      return false;
    }
    // Blue/green: the active service alone proves nothing, for its analysis may still abort.
    return !look.ours().current() || rollout.healthy();
  }

  /** Whether the rollout waits at a later pause than the fence's. */
  static boolean advanced(Look look) {
    RolloutStatus rollout = look.rollout();
    if (look.fence().isEmpty() || !look.ours().current() || !rollout.settled()) {
      return false;
    }
    ArgoFence fence = new ArgoFence(look.fence().get());
    Optional<Pause> pause = rollout.solePause();
    return !fence.revisionOnly()
        && pause.isPresent()
        && pause.get().reason().equals(Pause.CANARY_STEP)
        && fence.sameSteps(rollout)
        && fence.laterStep(rollout)
        && !rollout.unverified()
        && !look.pausedByPerson()
        && counts(look);
  }

  /** Where each pause is judged, only one that can be judged ends the promotion before it. */
  private static boolean counts(Look look) {
    At at = look.target().at();
    return at.kind() != At.Kind.EACH_PAUSE || at.hold() || !look.timedPause();
  }
}
