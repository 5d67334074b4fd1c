package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeApi;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.kube.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads the live objects: one request where the ReplicaSets tell nothing new. */
final class Reader {
  private final ObjectReader objects;
  private final Target target;

  Reader(KubeApi api, Target target) {
    this.objects = new ObjectReader(api, target, ArgoSection.ROLLOUTS);
    this.target = target;
  }

  ObjectReader objects() {
    return objects;
  }

  /** The Rollout as it is now; empty if there is none of this name. */
  Optional<RolloutStatus> rollout() throws LookException {
    Optional<JsonNode> object = objects.object();
    return object.isEmpty()
        ? Optional.empty()
        : Optional.of(new RolloutStatus(object.get(), workloadGeneration(object.get())));
  }

  /** The live generation of the referent: the controller's own note of it may be stale. */
  private OptionalLong workloadGeneration(JsonNode object) throws LookException {
    Optional<JsonNode> ref = new Strategy(object.path("spec")).workloadRef();
    if (ref.isEmpty()) {
      return OptionalLong.empty();
    }
    String resource = resource(ref.get());
    KubeApi.Answer answer = objects.get(referent(ref.get()));
    if (answer.code() == 404) {
      // The controller cannot see it either, so nothing it says is settled.
      return OptionalLong.of(Long.MAX_VALUE);
    }
    JsonNode workload = objects.require(answer, "get", resource);
    return OptionalLong.of(workload.path("metadata").path("generation").asLong(0));
  }

  String referent(JsonNode ref) {
    String version = ref.path("apiVersion").asText("apps/v1");
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + "/namespaces/"
        + KubeApi.encode(target.namespace())
        + "/"
        + plural(ref)
        + "/"
        + KubeApi.encode(ref.path("name").asText());
  }

  static String plural(JsonNode ref) {
    return ref.path("kind").asText("Deployment").toLowerCase(Locale.ROOT) + "s";
  }

  /** As RBAC names it: {@code deployments.apps}. */
  static String resource(JsonNode ref) {
    String version = ref.path("apiVersion").asText("apps/v1");
    int slash = version.indexOf('/');
    return plural(ref) + (slash < 0 ? "" : "." + version.substring(0, slash));
  }

  /** The Rollout's own ReplicaSets of the current and the stable revision, where they matter. */
  List<ReplicaSetView> sets(RolloutStatus rollout, Notes notes) throws LookException {
    List<String> hashes =
        Stream.of(rollout.hash(), rollout.stable())
            .filter(hash -> !hash.isEmpty())
            .distinct()
            .toList();
    boolean known = hashes.stream().allMatch(hash -> notes.images(hash).isPresent());
    // With a router the numbers of pods say nothing that the status does not.
    if (hashes.isEmpty() || (known && rollout.strategy().routed())) {
      notes.keepSets(hashes);
      return List.of();
    }
    // Where a single pod decides, all are read: a promote of blue/green too early is swallowed
    // (rule AR6), and progressing begins with the first pod (rule AR3).
    boolean podsDecide =
        rollout.strategy().isBlueGreen() || target.at().kind() == At.Kind.PROGRESSING;
    if (!podsDecide && rollout.settled()) {
      Optional<List<ReplicaSetView>> unchanged = notes.sets(hashes, rollout.counts());
      if (unchanged.isPresent()) {
        return unchanged.get();
      }
    }
    String selector = ReplicaSetView.HASH + " in (" + String.join(",", hashes) + ")";
    KubeApi.Answer answer =
        objects.get(
            "/apis/apps/v1/namespaces/"
                + KubeApi.encode(target.namespace())
                + "/replicasets?labelSelector="
                + KubeApi.encode(selector));
    List<ReplicaSetView> sets = new ArrayList<>();
    for (JsonNode object : objects.require(answer, "list", "replicasets.apps").path("items")) {
      if (ReplicaSetView.ownedBy(object, rollout.uid())) {
        sets.add(ReplicaSetView.of(object));
      }
    }
    sets.forEach(notes::set);
    notes.counted(rollout.counts());
    notes.keepSets(hashes);
    return sets;
  }
}
