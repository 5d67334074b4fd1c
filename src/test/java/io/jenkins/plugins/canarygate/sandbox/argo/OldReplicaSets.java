package io.jenkins.plugins.canarygate.sandbox.argo;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scales down what is neither new nor stable. */
final class OldReplicaSets {
  private final Reconcile pass;
  private int annotated;

  OldReplicaSets(Reconcile pass) {
    this.pass = pass;
  }

  private List<ReplicaSetView> active() {
    return pass.others().stream()
        .filter(ReplicaSetView::isActive)
        .sorted(Comparator.comparing(ReplicaSetView::revision).reversed())
        .toList();
  }

  boolean scaleDownForCanary() {
    boolean scaled = false;
    RolloutView rollout = pass.rollout;
    for (ReplicaSetView set : active()) {
      if (set.available() < set.replicas()) {
        scaled |= pass.sets.scaleTo(set, set.available());
      }
    }
    int least = rollout.replicas() - Fenceposts.of(rollout).unavailable();
    int spare = ReplicaSetView.sum(pass.all, ReplicaSetView::available) - least;
    for (ReplicaSetView set : active()) {
      if (spare <= 0) {
        break;
      }
      int count = 0;
      if (!rollout.isRouted()) {
        count = Math.max(0, set.replicas() - spare);
      } else if (isReferenced(set)) {
        continue;
      } else if (rollout.isFullyPromoted() || set.scaleDownDeadline().isPresent()) {
        count = rollout.hasDynamicStableScale() ? 0 : delayed(set, set.replicas());
      }
      if (count != set.replicas()) {
        scaled |= pass.sets.scaleTo(set, count);
        spare -= set.replicas() - count;
      }
    }
    return scaled;
  }

  void scaleDownForBlueGreen() {
    if (pass.rollout.pausedSince(Names.INCONCLUSIVE).isPresent() || waitsForPostPromotion()) {
      return;
    }
    for (ReplicaSetView set : active()) {
      if (!isReferenced(set)) {
        int count = delayed(set, pass.rollout.replicas());
        if (count != set.replicas()) {
          pass.sets.scaleTo(set, count);
        }
      }
    }
  }

  private boolean waitsForPostPromotion() {
    return pass.rollout.blueGreen().has("postPromotionAnalysis")
        && !pass.rollout.blueGreen().has("scaleDownDelaySeconds")
        && pass.analyses.isPostPromotionDue()
        && !pass.analyses.hasPostPromotionSucceeded();
  }

  /** Keeps it until its deadline, which begins now if it has none. */
  private int delayed(ReplicaSetView set, int kept) {
    int limit =
        pass.rollout.strategy().path("scaleDownDelayRevisionLimit").asInt(Integer.MAX_VALUE);
    Optional<java.time.Instant> deadline = set.scaleDownDeadline();
    if (deadline.isEmpty()) {
      if (annotated >= limit) {
        return 0;
      }
      annotated++;
      pass.sets.addDeadline(set, pass.rollout.scaleDownDelay());
      return set.replicas();
    }
    annotated++;
    if (annotated <= limit && pass.now.isBefore(deadline.get())) {
      pass.requeue.at(pass.key, deadline.get());
      return kept;
    }
    return 0;
  }

  private boolean isReferenced(ReplicaSetView set) {
    RolloutView rollout = pass.rollout;
    return Set.of(
                rollout.stableHash() + "\0s",
                rollout.currentHash() + "\0c",
                rollout.activeHash() + "\0a",
                rollout.status().at("/blueGreen/previewSelector").asText("") + "\0p",
                rollout.weights().at("/canary/podTemplateHash").asText("") + "\0wc",
                rollout.weights().at("/stable/podTemplateHash").asText("") + "\0ws")
            .stream()
            .anyMatch(reference -> reference.startsWith(set.hash() + "\0"))
        || services().contains(set.hash());
  }

  private Set<String> services() {
    RolloutView rollout = pass.rollout;
    return rollout.isBlueGreen()
        ? Set.copyOf(
            List.of(
                pass.selected(rollout.blueGreen().path("activeService")),
                pass.selected(rollout.blueGreen().path("previewService"))))
        : Set.copyOf(
            List.of(
                pass.selected(rollout.canary().path("canaryService")),
                pass.selected(rollout.canary().path("stableService"))));
  }
}
