package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Plays the ReplicaSet controller and the kubelets: pods come and go, ready as far as told. */
final class Pods {
  private final ObjectStore store;
  private final Map<ObjectKey, Integer> limits = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  Pods(ObjectStore store) {
    this.store = store;
  }

  /** At most so many pods of a ReplicaSet are ready. */
  void limit(ObjectKey set, int ready) {
    limits.put(set, ready);
  }

  void unlimit(ObjectKey set) {
    limits.remove(set);
  }

  /** No pod with this image ever gets ready. */
  void neverReady(String image) {
    broken.add(image);
  }

  private boolean isBroken(ObjectNode set) {
    for (JsonNode container : set.at("/spec/template/spec/containers")) {
      if (broken.contains(container.path("image").asText())) {
        return true;
      }
    }
    return false;
  }

  /** Gives the ReplicaSet the pods that it wants. */
  void settle(ObjectKey key) {
    store
        .find(key)
        .map(Stored::tree)
        .ifPresent(
            set -> {
              int wanted = set.path("spec").path("replicas").asInt();
              int ready =
                  Math.min(wanted, isBroken(set) ? 0 : limits.getOrDefault(key, Integer.MAX_VALUE));
              long generation = set.path("metadata").path("generation").asLong();
              store.change(
                  key, ObjectStore.Part.STATUS, live -> with(live, wanted, ready, generation));
            });
  }

  private static ObjectNode with(ObjectNode set, int wanted, int ready, long generation) {
    ObjectNode status = set.putObject("status");
    status.put("replicas", wanted);
    if (wanted > 0) {
      status.put("fullyLabeledReplicas", wanted);
    }
    if (ready > 0) {
      status.put("readyReplicas", ready).put("availableReplicas", ready);
    }
    status.put("observedGeneration", generation);
    return set;
  }
}
