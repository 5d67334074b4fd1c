package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;

/** Which ReplicaSet belongs to the pod template, and which revision that is. */
final class Revisions {
  private final Reconcile pass;

  Revisions(Reconcile pass) {
    this.pass = pass;
  }

  /** The ReplicaSet of the template as it is now, by hash or by content; null if none is yet. */
  ReplicaSetView find() {
    JsonNode template = normalized(pass.rollout.template());
    return ReplicaSetView.byHash(pass.all, Hashes.template(template))
        .or(() -> pass.all.stream().filter(set -> isOf(template, set)).findFirst())
        .orElse(null);
  }

  private static boolean isOf(JsonNode template, ReplicaSetView set) {
    ObjectNode own = (ObjectNode) set.node().path("spec").path("template").deepCopy();
    own.withObject("/metadata/labels").remove(Names.HASH);
    return Json.same(own, template);
  }

  /** Creates the ReplicaSet, without pods, and says so in the Rollout. */
  void create() {
    RolloutView rollout = pass.rollout;
    int revision = highest() + 1;
    JsonNode template = normalized(rollout.template());
    String hash = Hashes.template(template);
    ObjectNode set = Json.object();
    ObjectNode metadata = set.putObject("metadata");
    metadata
        .putObject("annotations")
        .put(Names.DESIRED_REPLICAS, Integer.toString(rollout.replicas()))
        .put(Names.REVISION, Integer.toString(revision));
    ObjectNode labels = metadata.putObject("labels");
    labels.setAll((ObjectNode) template.path("metadata").path("labels").deepCopy());
    labels.put(Names.HASH, hash);
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "argoproj.io/v1alpha1")
        .put("kind", "Rollout")
        .put("name", rollout.name())
        .put("uid", rollout.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    ObjectNode spec = set.putObject("spec");
    spec.put("replicas", 0);
    spec.set("selector", rollout.spec().path("selector").deepCopy());
    spec.withObject("/selector/matchLabels").put(Names.HASH, hash);
    spec.set("template", template.deepCopy());
    spec.withObject("/template/metadata/labels").put(Names.HASH, hash);
    ObjectKey key =
        new ObjectKey(Resource.REPLICA_SETS, rollout.namespace(), rollout.name() + "-" + hash);
    pass.store.create(key, set);
    setRevision(Integer.toString(revision));
    pass.change(
        ObjectStore.Part.STATUS,
        live ->
            Conditions.set(
                live.withObject("/status"),
                "Progressing",
                "True",
                "NewReplicaSetCreated",
                "Created new replica set \"%s\"".formatted(key.name()),
                pass.now));
  }

  /** Brings the revision of the ReplicaSet up to date, which a rollback raises, then ours. */
  void sync() {
    int revision = highest() + 1;
    if (pass.fresh.revision() < revision) {
      pass.sets.edit(
          pass.fresh,
          live -> {
            ObjectNode annotations = live.withObject("/metadata/annotations");
            String history = annotations.path("rollout.argoproj.io/revision-history").asText("");
            String old = Integer.toString(pass.fresh.revision());
            annotations.put(
                "rollout.argoproj.io/revision-history",
                history.isEmpty() ? old : history + "," + old);
            annotations.put(Names.REVISION, Integer.toString(revision));
          });
    }
    String known = pass.rollout.annotation(Names.REVISION);
    String current = Integer.toString(Math.max(pass.fresh.revision(), revision));
    if (!known.equals(current)) {
      setRevision(current);
    }
  }

  private int highest() {
    return pass.older().stream().mapToInt(ReplicaSetView::revision).max().orElse(0);
  }

  /**
   * Writes the revision. The controller writes the whole object as its types know it, containers
   * with empty resources among other things: that raises the generation.
   */
  private void setRevision(String revision) {
    String workload = pass.rollout.annotation(Names.WORKLOAD_GENERATION);
    pass.change(
        ObjectStore.Part.WHOLE,
        live -> {
          ObjectNode annotations = live.withObject("/metadata/annotations");
          annotations.put(Names.REVISION, revision);
          if (!workload.isEmpty()) {
            annotations.put(Names.WORKLOAD_GENERATION, workload);
          }
          if (live.path("spec").has("template")) {
            ((ObjectNode) live.path("spec"))
                .set("template", normalized(live.path("spec").path("template")));
          }
        });
    WorkloadRef.resolve(pass);
  }

  private static JsonNode normalized(JsonNode template) {
    JsonNode copy = template.deepCopy();
    for (JsonNode container : copy.path("spec").path("containers")) {
      if (!container.has("resources")) {
        ((ObjectNode) container).putObject("resources");
      }
    }
    return copy;
  }
}
