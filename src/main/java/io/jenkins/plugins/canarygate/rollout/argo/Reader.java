package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Reads the live objects: one request where the ReplicaSets tell nothing new. */
final class Reader {
  private static final String ROLLOUTS = "rollouts." + Failures.GROUP;
  private final KubeApi api;
  private final Target target;
  private final Failures failures;

  Reader(KubeApi api, Target target) {
    this.api = api;
    this.target = target;
    this.failures = new Failures(api.server(), target.namespace());
  }

  Failures failures() {
    return failures;
  }

  /** The path of the Rollout. */
  String path() {
    return "/apis/"
        + Failures.GROUP
        + "/"
        + Failures.VERSION
        + "/namespaces/"
        + encode(target.namespace())
        + "/rollouts/"
        + encode(target.name());
  }

  /** The Rollout as it is now; empty if there is none of this name. */
  Optional<RolloutStatus> rollout() throws LookException {
    KubeApi.Answer answer = get(path());
    if (answer.code() == 404) {
      if (namesTheObject(answer)) {
        return Optional.empty();
      }
      throw served() ? failures.strange(answer) : failures.notServed();
    }
    JsonNode object = require(answer, "get", ROLLOUTS);
    if (Json.text(object.path("metadata"), "uid").isEmpty()) {
      // Somebody else's object must not look like another Rollout in the place of ours.
      throw failures.strange(answer);
    }
    return Optional.of(new RolloutStatus(object, workloadGeneration(object)));
  }

  /**
   * Why there is no Rollout, as far as our rights let us see: the API server answers the same for a
   * name and for a namespace that is not there.
   */
  String absence() {
    return namespaceIsMissing()
        ? "there is no namespace "
            + target.namespace()
            + " in "
            + api.server()
            + "; see whether it is the right cluster, and the right name"
        : "there is no " + target + "; see whether its name is right, or what deploys it failed";
  }

  private boolean namespaceIsMissing() {
    try {
      return get("/api/v1/namespaces/" + encode(target.namespace())).code() == 404;
    } catch (LookException untold) {
      return false;
    }
  }

  /** A missing object is answered with its name; a missing kind with a bare 404. */
  private static boolean namesTheObject(KubeApi.Answer answer) {
    return answer.body().path("details").hasNonNull("name")
        && answer.body().path("reason").asText("").equals("NotFound");
  }

  private boolean served() throws LookException {
    KubeApi.Answer answer = get("/apis/" + Failures.GROUP + "/" + Failures.VERSION);
    if (answer.code() == 404) {
      return false;
    }
    JsonNode group = require(answer, "get", "the API group " + Failures.GROUP);
    for (JsonNode resource : group.path("resources")) {
      if (resource.path("name").asText("").equals("rollouts")) {
        return true;
      }
    }
    return false;
  }

  /** The live generation of the referent: the controller's own note of it may be stale. */
  private OptionalLong workloadGeneration(JsonNode object) throws LookException {
    Optional<JsonNode> ref = new Strategy(object.path("spec")).workloadRef();
    if (ref.isEmpty()) {
      return OptionalLong.empty();
    }
    String resource = resource(ref.get());
    KubeApi.Answer answer = get(referent(ref.get()));
    if (answer.code() == 404) {
      // The controller cannot see it either, so nothing it says is settled.
      return OptionalLong.of(Long.MAX_VALUE);
    }
    JsonNode workload = require(answer, "get", resource);
    return OptionalLong.of(workload.path("metadata").path("generation").asLong(0));
  }

  String referent(JsonNode ref) {
    String version = ref.path("apiVersion").asText("apps/v1");
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + "/namespaces/"
        + encode(target.namespace())
        + "/"
        + plural(ref)
        + "/"
        + encode(ref.path("name").asText());
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
        get(
            "/apis/apps/v1/namespaces/"
                + encode(target.namespace())
                + "/replicasets?labelSelector="
                + encode(selector));
    List<ReplicaSetView> sets = new ArrayList<>();
    for (JsonNode object : require(answer, "list", "replicasets.apps").path("items")) {
      if (ReplicaSetView.ownedBy(object, rollout.uid())) {
        sets.add(ReplicaSetView.of(object));
      }
    }
    sets.forEach(notes::set);
    notes.counted(rollout.counts());
    notes.keepSets(hashes);
    return sets;
  }

  private KubeApi.Answer get(String path) throws LookException {
    try {
      return api.get(path);
    } catch (KubeApi.NoAnswerException e) {
      throw failures.unanswered(e);
    }
  }

  private JsonNode require(KubeApi.Answer answer, String verb, String resource)
      throws LookException {
    if (!answer.ok() || !answer.body().isObject()) {
      throw failures.refused(answer, verb, resource);
    }
    return answer.body();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
