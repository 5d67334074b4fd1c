package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Hashes;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays the controllers of Deployments and DaemonSets and the kubelets: new pods are there at once,
 * and ready after a while, as far as told. It is simpler than the real ones in that pods of the old
 * template are gone as soon as those of a new one are there.
 */
final class Kubelets {
  private static final int NODES = 2;

  private final ObjectStore store;
  private final InstantSource clock;
  private final Map<ObjectKey, Integer> limits = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final Map<ObjectKey, Pods> pods = new HashMap<>();
  private Duration readyAfter = Duration.ZERO;

  /** The pods of a workload: what they are made from, how many, and when the newest are ready. */
  private record Pods(String template, int number, int ready, Instant allReady) {}

  Kubelets(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  void readyAfter(Duration delay) {
    readyAfter = delay;
  }

  void limit(ObjectKey workload, int ready) {
    limits.put(workload, ready);
  }

  void unlimit(ObjectKey workload) {
    limits.remove(workload);
  }

  void neverReady(String image) {
    broken.add(image);
  }

  /**
   * Gives a workload the pods that it wants.
   *
   * @return when to look again
   */
  Optional<Instant> settle(ObjectKey key) {
    Optional<ObjectNode> found = store.find(key).map(Stored::tree);
    if (found.isEmpty()) {
      pods.remove(key);
      return Optional.empty();
    }
    ObjectNode workload = found.get();
    Instant now = clock.instant();
    Pods now1 = pods.compute(key, (k, before) -> next(key, workload, before, now));
    int ready = now.isBefore(now1.allReady()) ? now1.ready() : now1.number();
    if (isBroken(workload)) {
      ready = 0;
    }
    int available = Math.min(ready, limits.getOrDefault(key, Integer.MAX_VALUE));
    store.change(key, ObjectStore.Part.STATUS, live -> with(key, live, now1.number(), available));
    return now.isBefore(now1.allReady()) ? Optional.of(now1.allReady()) : Optional.empty();
  }

  private Pods next(ObjectKey key, ObjectNode workload, Pods before, Instant now) {
    String template = Hashes.of(workload.at("/spec/template"));
    int wanted = wanted(key, workload);
    if (before != null && before.template().equals(template) && before.number() == wanted) {
      return before;
    }
    int kept = 0;
    if (before != null && before.template().equals(template)) {
      kept = Math.min(wanted, now.isBefore(before.allReady()) ? before.ready() : before.number());
    }
    return new Pods(template, wanted, kept, kept == wanted ? now : now.plus(readyAfter));
  }

  private static int wanted(ObjectKey key, ObjectNode workload) {
    if (key.resource().equals(Resource.DEPLOYMENTS)) {
      return workload.at("/spec/replicas").asInt(1);
    }
    boolean nowhere =
        workload.at("/spec/template/spec/nodeSelector").has(DaemonSetWorkload.SCALE_TO_ZERO);
    return nowhere ? 0 : NODES;
  }

  private boolean isBroken(ObjectNode workload) {
    for (JsonNode container : workload.at("/spec/template/spec/containers")) {
      if (broken.contains(container.path("image").asText())) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode with(ObjectKey key, ObjectNode live, int number, int available) {
    JsonNode conditions = live.at("/status/conditions");
    ObjectNode status = live.putObject("status");
    status.put("observedGeneration", live.at("/metadata/generation").asLong());
    if (key.resource().equals(Resource.DEPLOYMENTS)) {
      count(status, "replicas", number);
      count(status, "updatedReplicas", number);
      count(status, "readyReplicas", available);
      count(status, "availableReplicas", available);
      count(status, "unavailableReplicas", number - available);
      boolean enough = available >= number - number / 4;
      ArrayNode list = status.putArray("conditions");
      list.add(
          condition(
              conditions.path(0),
              "Available",
              enough,
              enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable"));
      list.add(
          condition(
              conditions.path(1),
              "Progressing",
              true,
              available == number ? "NewReplicaSetAvailable" : "ReplicaSetUpdated"));
    } else {
      status.put("currentNumberScheduled", number).put("desiredNumberScheduled", number);
      status.put("updatedNumberScheduled", number).put("numberMisscheduled", 0);
      status.put("numberReady", available).put("numberAvailable", available);
    }
    return live;
  }

  private static void count(ObjectNode status, String field, int number) {
    if (number > 0) {
      status.put(field, number);
    }
  }

  private ObjectNode condition(JsonNode before, String type, boolean value, String reason) {
    ObjectNode condition = Json.object();
    condition.put("type", type).put("status", value ? "True" : "False").put("reason", reason);
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    boolean same = before.path("status").asText().equals(condition.path("status").asText());
    boolean still = same && before.path("reason").asText().equals(reason);
    condition.put("lastUpdateTime", still ? before.path("lastUpdateTime").asText() : now);
    condition.put("lastTransitionTime", same ? before.path("lastTransitionTime").asText() : now);
    return condition;
  }
}
