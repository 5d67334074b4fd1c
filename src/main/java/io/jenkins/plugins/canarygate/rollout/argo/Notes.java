package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import io.jenkins.plugins.canarygate.rollout.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the driver remembers from look to look, as {@link Memory} carries it. */
final class Notes {
  private static final int MOST_RUNS = 40;
  private final ObjectNode tree;

  private Notes(ObjectNode tree) {
    this.tree = tree;
  }

  static Notes of(Memory memory) {
    return new Notes(
        memory.details() instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode());
  }

  Memory memory() {
    return new Memory(tree.deepCopy());
  }

  /** Forgets everything if the object is another one than that of the looks before. */
  void about(String uid) {
    if (tree.has("uid") && !tree.path("uid").asText().equals(uid)) {
      tree.removeAll();
    }
    tree.put("uid", uid);
  }

  /** Whether a look found no object, so that whatever comes then is new. */
  boolean wasAbsent() {
    return tree.path("absent").asBoolean(false);
  }

  void absent() {
    tree.put("absent", true);
  }

  /** With {@code revision: any}: the revision that was there at first (rule D6). */
  Optional<String> old() {
    return KubeJson.text(tree, "old");
  }

  void old(String hash) {
    tree.put("old", hash);
  }

  /** The revision that was taken for the gate's. */
  Optional<String> ours() {
    return KubeJson.text(tree, "ours");
  }

  void ours(String hash) {
    tree.put("ours", hash);
  }

  /** A ReplicaSet's images by container, which never change for a hash. */
  Optional<Map<String, String>> images(String hash) {
    JsonNode images = tree.path("sets").path(hash).path("images");
    if (!images.isObject()) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    images.fields().forEachRemaining(entry -> found.put(entry.getKey(), entry.getValue().asText()));
    return Optional.of(found);
  }

  /** A ReplicaSet's name. */
  Optional<String> setName(String hash) {
    return KubeJson.text(tree, "sets", hash, "name");
  }

  void set(ReplicaSetView set) {
    ObjectNode entry = tree.withObjectProperty("sets").putObject(set.hash());
    entry.put("name", set.name());
    ObjectNode images = entry.putObject("images");
    set.images().forEach(images::put);
    entry.put("created", set.created().toString());
    entry.put("wanted", set.wanted());
    entry.put("replicas", set.replicas());
    entry.put("available", set.available());
  }

  /** What the rollout counted when its ReplicaSets were read last. */
  void counted(String counts) {
    tree.put("counts", counts);
  }

  /** The ReplicaSets as they were read last; empty if the rollout has counted otherwise since. */
  Optional<List<ReplicaSetView>> sets(List<String> hashes, String counts) {
    if (!tree.path("counts").asText("").equals(counts)) {
      return Optional.empty();
    }
    List<ReplicaSetView> sets = new ArrayList<>();
    for (String hash : hashes) {
      JsonNode entry = tree.path("sets").path(hash);
      if (!entry.has("available")) {
        return Optional.empty();
      }
      sets.add(
          new ReplicaSetView(
              hash,
              entry.path("name").asText(),
              images(hash).orElse(Map.of()),
              KubeJson.instant(entry, "created").orElse(Instant.EPOCH),
              entry.path("wanted").asInt(),
              entry.path("replicas").asInt(),
              entry.path("available").asInt()));
    }
    return Optional.of(sets);
  }

  /** Keeps only the ReplicaSets that still matter. */
  void keepSets(List<String> hashes) {
    if (tree.path("sets") instanceof ObjectNode sets) {
      sets.retain(hashes);
    }
  }

  /** When traffic of this kind was first seen; noted now if it was not. */
  Instant trafficSince(String key, Instant now) {
    JsonNode traffic = tree.path("traffic");
    if (!traffic.path("key").asText("").equals(key)) {
      tree.putObject("traffic").put("key", key).put("at", now.toString());
    }
    return KubeJson.instant(tree, "traffic", "at").orElse(now);
  }

  /** The controller's runs that may be counted (rule M12). */
  void analysis(String hash, Optional<Integer> step, List<String> runs, Instant now) {
    ObjectNode analysis = tree.withObjectProperty("analysis");
    boolean other = !analysis.path("hash").asText("").equals(hash);
    boolean again = !other && step.isPresent() && step.get() < analysis.path("step").asInt(0);
    if (other || again) {
      // The session itself saw the beginning only if it looked before, or sees step 0 now.
      analysis.removeAll();
      analysis.put("hash", hash);
      if (step.orElse(0) == 0) {
        analysis.put("since", now.toString());
      }
    }
    step.ifPresent(at -> analysis.put("step", at));
    ArrayNode names =
        analysis.path("runs") instanceof ArrayNode array ? array : analysis.putArray("runs");
    List<String> known = new ArrayList<>();
    names.forEach(name -> known.add(name.asText()));
    runs.stream().filter(name -> !known.contains(name)).forEach(names::add);
    while (names.size() > MOST_RUNS) {
      names.remove(0);
    }
  }

  /** Whether this look is a further one that shows an abort in effect (rule AR4). */
  boolean seenTwice(String abort) {
    boolean before = tree.path("abort").asText("").equals(abort);
    tree.put("abort", abort);
    return before;
  }

  void notAborted() {
    tree.remove("abort");
  }

  /** Whether the rollout left its step at some look since this intent was written (rule AR7). */
  boolean leftSince(String intent, boolean leftNow) {
    boolean left = leftNow || tree.path("left").asText("").equals(intent);
    if (left) {
      tree.put("left", intent);
    } else {
      tree.remove("left");
    }
    return left;
  }

  /** Whether our hold was seen lifted: what is paused after that is not ours. */
  boolean holdLifted() {
    return tree.path("lifted").asBoolean(false);
  }

  void holdLifted(boolean lifted) {
    if (lifted) {
      tree.put("lifted", true);
    } else {
      tree.remove("lifted");
    }
  }
}
