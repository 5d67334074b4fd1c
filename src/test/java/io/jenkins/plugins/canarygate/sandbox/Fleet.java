package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many rollouts at a pause. The first goes its whole way; the others are copies of it with names
 * and uids of their own, which is some hundred times faster.
 */
final class Fleet {
  private final SandboxCluster cluster;

  Fleet(SandboxCluster cluster) {
    this.cluster = cluster;
  }

  /** Creates {@code bench-N/app-M}; those that are there already are left alone. */
  List<SandboxRollout> create(int namespaces, int rolloutsEach) {
    List<SandboxRollout> fleet = new ArrayList<>();
    SandboxRollout model = null;
    for (int i = 0; i < namespaces; i++) {
      for (int j = 0; j < rolloutsEach; j++) {
        ObjectKey key = new ObjectKey(Resource.ROLLOUTS, "bench-" + i, "app-" + j);
        if (cluster.store().find(key).isEmpty()) {
          if (model == null) {
            model = grow(key);
          } else {
            copy(model, key);
          }
        }
        fleet.add(cluster.existing(key.namespace(), key.name()));
      }
    }
    cluster.settle();
    return fleet;
  }

  private SandboxRollout grow(ObjectKey key) {
    return cluster
        .rollout(key.namespace(), key.name())
        .canary()
        .steps(Step.setWeight(20), Step.pause(), Step.setWeight(60), Step.pause())
        .image("registry.example/bench:1")
        .create()
        .deploy("registry.example/bench:2");
  }

  private void copy(SandboxRollout model, ObjectKey key) {
    ObjectStore store = cluster.store();
    synchronized (store) {
      ObjectNode object = renamed(store.get(model.key()).json(), model, key);
      String uid = store.insert(key, object).uid();
      for (Stored set : store.ownedBy(model.uid(), Resource.REPLICA_SETS)) {
        ObjectNode copy = renamed(set.json(), model, key);
        ((ObjectNode) copy.at("/metadata/ownerReferences/0")).put("uid", uid);
        String name = copy.at("/metadata/name").asText();
        store.insert(new ObjectKey(Resource.REPLICA_SETS, key.namespace(), name), copy);
      }
    }
  }

  private static ObjectNode renamed(byte[] json, SandboxRollout model, ObjectKey key) {
    String text = new String(json, StandardCharsets.UTF_8);
    String renamed =
        text.replace("\"" + model.name() + "\"", "\"" + key.name() + "\"")
            .replace("\"" + model.name() + "-", "\"" + key.name() + "-")
            .replace("\\\"" + model.name() + "-", "\\\"" + key.name() + "-")
            .replace("app=" + model.name() + "\"", "app=" + key.name() + "\"");
    return (ObjectNode) Json.read(renamed.getBytes(StandardCharsets.UTF_8));
  }
}
