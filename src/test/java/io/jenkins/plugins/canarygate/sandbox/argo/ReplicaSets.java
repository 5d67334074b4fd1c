package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Scales ReplicaSets ({@code rollout/replicaset.go}). */
final class ReplicaSets {
  private final Reconcile pass;

  ReplicaSets(Reconcile pass) {
    this.pass = pass;
  }

  void edit(ReplicaSetView set, Consumer<ObjectNode> edit) {
    pass.store.change(
        key(set),
        ObjectStore.Part.WHOLE,
        live -> {
          edit.accept(live);
          return live;
        });
  }

  private ObjectKey key(ReplicaSetView set) {
    return new ObjectKey(Resource.REPLICA_SETS, pass.rollout.namespace(), set.name());
  }

  /** Whether spec.replicas is another than the ReplicaSets were scaled for. */
  boolean isScalingEvent() {
    String wanted = Integer.toString(pass.rollout.replicas());
    return Stream.of(pass.fresh, pass.stable)
        .filter(Objects::nonNull)
        .filter(ReplicaSetView::isActive)
        .map(set -> set.annotation(Names.DESIRED_REPLICAS))
        .anyMatch(desired -> !desired.isEmpty() && !desired.equals(wanted));
  }

  /** A change of spec.replicas alone: scales, and leaves steps and pauses as they are. */
  void syncReplicasOnly() {
    StatusWriter status = new StatusWriter(pass);
    ObjectNode next = (ObjectNode) pass.rollout.status().deepCopy();
    if (pass.rollout.isBlueGreen()) {
      scaleBlueGreen();
      StatusWriter.countActive(pass, next, pass.rollout.activeHash());
    } else {
      scaleCanary();
      StatusWriter.countAll(pass, next);
    }
    status.persist(next);
  }

  /**
   * Scales a canary, one thing at a time.
   *
   * @return whether something was scaled
   */
  boolean scaleCanary() {
    if (pass.rollout.halted().isPresent()) {
      return false;
    }
    removeDeadlines();
    CanaryScale scale = pass.scale();
    if (pass.stable != null && !Reconcile.isSame(pass.fresh, pass.stable)) {
      // The recorded weights, not the ones just decided: pods go after traffic has gone.
      if (scaleTo(pass.stable, scale.counts(pass.rollout.weights()).stable())) {
        return true;
      }
    }
    return scaleFresh() || new OldReplicaSets(pass).scaleDownForCanary();
  }

  void scaleBlueGreen() {
    removeDeadlines();
    if (pass.stable != null) {
      scaleTo(pass.stable, pass.rollout.replicas());
    }
    scaleFresh();
    new OldReplicaSets(pass).scaleDownForBlueGreen();
  }

  private void removeDeadlines() {
    if (!delaysScaleDownOnAbort()) {
      removeDeadline(pass.fresh);
    }
    if (pass.stable != null) {
      removeDeadline(pass.stable);
    }
  }

  void removeDeadline(ReplicaSetView set) {
    if (set.scaleDownDeadline().isPresent()) {
      edit(set, live -> live.withObject("/metadata/annotations").remove(Names.SCALE_DOWN_DEADLINE));
      set.node().withObject("/metadata/annotations").remove(Names.SCALE_DOWN_DEADLINE);
    }
  }

  void addDeadline(ReplicaSetView set, int seconds) {
    if (seconds == 0) {
      removeDeadline(set);
      return;
    }
    Instant deadline = pass.now.plusSeconds(seconds);
    edit(
        set,
        live ->
            live.withObject("/metadata/annotations")
                .put(Names.SCALE_DOWN_DEADLINE, Pauses.second(deadline)));
    pass.requeue.at(pass.key, deadline);
  }

  /** How many pods the new ReplicaSet should have. */
  int wanted() {
    RolloutView rollout = pass.rollout;
    if (!rollout.isBlueGreen()) {
      return pass.scale().counts(pass.newStatus.path("canary").path("weights")).canary();
    }
    OptionalInt preview =
        rollout.blueGreen().has("previewReplicaCount")
            ? OptionalInt.of(rollout.blueGreen().path("previewReplicaCount").asInt())
            : OptionalInt.empty();
    boolean isActive =
        ReplicaSetView.byHash(pass.all, rollout.activeHash())
            .map(active -> Reconcile.isSame(active, pass.fresh))
            .orElse(true);
    if (preview.isEmpty() || isActive || rollout.isPromotedFully()) {
      return rollout.replicas();
    }
    boolean resumed =
        !rollout.isPaused() && !rollout.hasPauseConditions() && rollout.isPreviewScaledUp();
    return pass.fresh.hash().equals(rollout.currentHash()) && resumed
        ? rollout.replicas()
        : preview.getAsInt();
  }

  private boolean scaleFresh() {
    int wanted = wanted();
    if (delaysScaleDownOnAbort()) {
      if (pass.fresh.scaleDownDeadline().isPresent()) {
        Instant deadline = pass.fresh.scaleDownDeadline().get();
        if (pass.now.isBefore(deadline)) {
          pass.requeue.at(pass.key, deadline);
          noteDesired(pass.fresh);
          return false;
        }
        wanted = 0;
      } else {
        noteDesired(pass.fresh);
        if (pass.stable.available() >= pass.rollout.replicas()) {
          addDeadline(pass.fresh, pass.rollout.abortScaleDownDelay().orElseThrow());
        }
        return false;
      }
    }
    return scaleTo(pass.fresh, wanted);
  }

  private void noteDesired(ReplicaSetView set) {
    scaleTo(set, set.replicas());
  }

  private boolean delaysScaleDownOnAbort() {
    RolloutView rollout = pass.rollout;
    return pass.pauses.isAborted()
        && pass.stable != null
        && (rollout.isBlueGreen() || rollout.isRouted())
        && rollout.abortScaleDownDelay().isPresent()
        && (!rollout.hasDynamicStableScale() || rollout.hasExplicitAbortScaleDownDelay());
  }

  /**
   * Scales one ReplicaSet.
   *
   * @return whether its number of pods changed
   */
  boolean scaleTo(ReplicaSetView set, int count) {
    String desired = Integer.toString(pass.rollout.replicas());
    if (set.replicas() == count && set.annotation(Names.DESIRED_REPLICAS).equals(desired)) {
      return false;
    }
    edit(
        set,
        live -> {
          live.withObject("/spec").put("replicas", count);
          ObjectNode annotations = live.withObject("/metadata/annotations");
          annotations.put(Names.DESIRED_REPLICAS, desired);
          if (count == 0 && !delaysScaleDownOnAbort()) {
            annotations.remove(Names.SCALE_DOWN_DEADLINE);
          }
        });
    return set.replicas() != count;
  }

  /** Deletes the oldest ReplicaSets that nobody needs. */
  void tidy() {
    int kept = pass.rollout.spec().path("revisionHistoryLimit").asInt(10);
    List<ReplicaSetView> old =
        pass.others().stream().sorted(Comparator.comparing(ReplicaSetView::created)).toList();
    old.stream()
        .limit(Math.max(0, old.size() - kept))
        .filter(set -> set.replicas() == 0 && set.actual() == 0)
        .forEach(
            set ->
                pass.store.delete(
                    key(set), com.fasterxml.jackson.databind.node.MissingNode.getInstance()));
  }
}
