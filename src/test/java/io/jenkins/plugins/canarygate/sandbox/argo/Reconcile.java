package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ApiError;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pass of the controller over one Rollout ({@code rollout/controller.go}): from a copy of the
 * object, which may be stale, to at most a few writes.
 */
final class Reconcile {
  final ObjectStore store;
  final ObjectKey key;
  final Instant now;
  final Requeue requeue;
  final RouterState routers;

  RolloutView rollout;
  List<ReplicaSetView> all = new ArrayList<>();
  ReplicaSetView fresh;
  ReplicaSetView stable;
  boolean freshWithinDelay;
  boolean written;
  Pauses pauses;
  ObjectNode newStatus;
  Analyses analyses;
  ReplicaSets sets;

  /** Looks at the rollout again at a moment. */
  interface Requeue {
    void at(ObjectKey key, Instant when);
  }

  Reconcile(ObjectStore store, Stored copy, Instant now, Requeue requeue, RouterState routers) {
    this.store = store;
    this.key = copy.key();
    this.now = now;
    this.requeue = requeue;
    this.routers = routers;
    this.rollout = new RolloutView(copy.tree());
  }

  void run() {
    Optional<String> unresolved = WorkloadRef.resolve(this);
    for (Stored set : store.ownedBy(rollout.uid(), Resource.REPLICA_SETS)) {
      all.add(new ReplicaSetView(set.tree()));
    }
    all.sort(
        java.util.Comparator.comparing(ReplicaSetView::created)
            .thenComparing(ReplicaSetView::revision));
    Revisions revisions = new Revisions(this);
    fresh = revisions.find();
    stable =
        rollout.stableHash().isEmpty()
            ? null
            : ReplicaSetView.byHash(all, rollout.stableHash()).orElse(null);
    freshWithinDelay = fresh != null && fresh.scaleDownDeadline().filter(now::isBefore).isPresent();
    pauses = new Pauses(rollout, now);
    newStatus = rollout.node().objectNode();
    analyses = new Analyses(this);
    sets = new ReplicaSets(this);
    Optional<String> fault = unresolved.or(() -> Validation.fault(this));
    if (fault.isPresent()) {
      StatusWriter.invalid(this, fault.get());
      return;
    }
    if (fresh == null) {
      revisions.create();
      return;
    }
    if (rollout.isFullyPromoted() && pauses.isAborted()) {
      pauses.removeAbort();
    }
    if (rollout.weights().isObject()) {
      newStatus.putObject("canary").set("weights", rollout.weights().deepCopy());
    }
    if (!rollout.spec().has("replicas")) {
      change(ObjectStore.Part.WHOLE, live -> live.withObject("/spec").put("replicas", 1));
      return;
    }
    StatusWriter.checkPaused(this);
    if (written) {
      return;
    }
    revisions.sync();
    if (sets.isScalingEvent()) {
      sets.syncReplicasOnly();
    } else if (rollout.isBlueGreen()) {
      new BlueGreenSync(this).run();
    } else {
      new CanarySync(this).run();
    }
  }

  /** Everything but new and stable. */
  List<ReplicaSetView> others() {
    return all.stream().filter(set -> !isSame(set, fresh) && !isSame(set, stable)).toList();
  }

  static boolean isSame(ReplicaSetView one, ReplicaSetView other) {
    return one != null && other != null && one.name().equals(other.name());
  }

  /** Everything but new. */
  List<ReplicaSetView> older() {
    return all.stream().filter(set -> !isSame(set, fresh)).toList();
  }

  CanaryScale scale() {
    return new CanaryScale(rollout, fresh, stable, others());
  }

  boolean isRollback() {
    return fresh != null
        && stable != null
        && (rollout.stableHash().equals(fresh.hash())
            || fresh.created().isBefore(stable.created()));
  }

  boolean isFastRollback() {
    return isRollback()
        && (isRollbackWithinWindow()
            || (freshWithinDelay && rollout.isBlueGreen())
            || rollout.stableHash().equals(fresh.hash()));
  }

  boolean isRollbackWithinWindow() {
    int revisions = rollout.spec().path("rollbackWindow").path("revisions").asInt(0);
    if (fresh == null || stable == null || !fresh.created().isBefore(stable.created())) {
      return false;
    }
    long between =
        all.stream()
            .filter(set -> set.created().isBefore(stable.created()))
            .filter(set -> fresh.created().isBefore(set.created()))
            .count();
    return revisions > 0 && between < revisions;
  }

  /** Whether pod template or steps are others than the status knows. */
  boolean isTemplateChanged() {
    String known = rollout.currentHash();
    return !known.isEmpty() && !known.equals(fresh.hash());
  }

  boolean areStepsChanged() {
    return !rollout.status().path("currentStepHash").asText("").equals(stepHash());
  }

  String stepHash() {
    return Hashes.steps(rollout.canary().path("steps"));
  }

  /** Edits the live Rollout; the rest of this pass goes on with what came of it. */
  void change(ObjectStore.Part part, java.util.function.Consumer<ObjectNode> edit) {
    try {
      Stored stored =
          store.change(
              key,
              part,
              live -> {
                edit.accept(live);
                return live;
              });
      rollout = new RolloutView(stored.tree());
      written = true;
    } catch (ApiError e) {
      if (e.code() != 404) {
        throw e;
      }
    }
  }

  Optional<Stored> service(JsonNode name) {
    return name.asText("").isEmpty()
        ? Optional.empty()
        : store.find(new ObjectKey(Resource.SERVICES, rollout.namespace(), name.asText()));
  }

  /** The pod template hash that a service selects; empty where it selects none. */
  String selected(JsonNode serviceName) {
    return service(serviceName)
        .map(stored -> stored.tree().path("spec").path("selector").path(Names.HASH).asText(""))
        .orElse("");
  }

  void select(JsonNode serviceName, String hash) {
    service(serviceName)
        .ifPresent(
            stored ->
                store.change(
                    stored.key(),
                    ObjectStore.Part.WHOLE,
                    live -> {
                      live.withObject("/spec/selector").put(Names.HASH, hash);
                      live.withObject("/metadata/annotations")
                          .put(Names.MANAGED_BY, rollout.name());
                      return live;
                    }));
  }
}
