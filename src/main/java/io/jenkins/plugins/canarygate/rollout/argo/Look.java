package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look: what was asked, and what was read.
 *
 * @param target the rollout, and what of it
 * @param gateId marks our hold
 * @param question what the engine asked
 * @param rollout the object
 * @param ours the gate's revision
 * @param sets the ReplicaSets that were read; may be none where they are not needed
 * @param notes what is remembered, to be added to
 */
record Look(
    Target target,
    String gateId,
    Question question,
    RolloutStatus rollout,
    RevisionReader.Ours ours,
    List<ReplicaSetView> sets,
    Notes notes) {
  Instant now() {
    return question.now();
  }

  Strategy strategy() {
    return rollout.strategy();
  }

  Optional<Fence> fence() {
    return question.fence();
  }

  Optional<Intent> intent() {
    return question.intent();
  }

  /** The ReplicaSet of the current revision, as it is now. */
  Optional<ReplicaSetView> currentSet() {
    return set(rollout.hash());
  }

  Optional<ReplicaSetView> set(String hash) {
    return sets.stream().filter(set -> set.hash().equals(hash)).findFirst();
  }

  /** Whether the rollout is paused by our own hold. */
  boolean heldByUs() {
    return rollout.paused()
        && rollout.holdOwner().filter(gateId::equals).isPresent()
        && !notes.holdLifted();
  }

  /** The other gate that holds the rollout (rule A8). */
  Optional<String> heldByOther() {
    return rollout.paused()
        ? rollout.holdOwner().filter(owner -> !owner.equals(gateId))
        : Optional.empty();
  }

  /** Whether {@code spec.paused} is a person's. */
  boolean pausedByPerson() {
    return rollout.paused() && !heldByUs() && heldByOther().isEmpty();
  }

  /** Whether the pause where the rollout stands ends by itself. */
  boolean timedPause() {
    if (strategy().isBlueGreen()) {
      return !strategy().waitsForPromotion();
    }
    return rollout.step().isPresent() && strategy().isTimed(rollout.step().getAsInt());
  }
}
