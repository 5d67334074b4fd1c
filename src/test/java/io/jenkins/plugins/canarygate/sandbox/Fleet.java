package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.argo.SimulatedArgo;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Many rollouts at a pause. The first goes its whole way; the others are copies of it with names
 * and uids of their own, which is some hundred times faster.
 */
public final class Fleet {
  private static final String HASH = "rollouts-pod-template-hash";

  private final SandboxCluster cluster;

  public Fleet(SandboxCluster cluster) {
    this.cluster = cluster;
  }

  /** Creates {@code bench-N/app-M}; those that are there already are left alone. */
  public List<SandboxRollout> create(int namespaces, int rolloutsEach) {
    return create("bench", namespaces, rolloutsEach);
  }

  /** Creates {@code PREFIX-N/app-M}; those that are there already are left alone. */
  public List<SandboxRollout> create(String prefix, int namespaces, int rolloutsEach) {
    List<SandboxRollout> fleet = new ArrayList<>();
    SandboxRollout model = null;
    for (int i = 0; i < namespaces; i++) {
      for (int j = 0; j < rolloutsEach; j++) {
        ObjectKey key = new ObjectKey(Resource.ROLLOUTS, prefix + "-" + i, "app-" + j);
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
      List<Stored> sets = store.ownedBy(model.uid(), Resource.REPLICA_SETS);
      Map<String, String> hashes = new HashMap<>();
      for (Stored set : sets) {
        ObjectNode copy = tree(renamed(set.json(), model, key, Map.of()));
        ObjectNode template = (ObjectNode) copy.at("/spec/template");
        String old = template.withObject("/metadata/labels").remove(HASH).asText();
        hashes.put(old, SimulatedArgo.hash(template));
      }
      String rollout = renamed(store.get(model.key()).json(), model, key, hashes);
      String uid = store.insert(key, tree(rollout)).uid();
      for (Stored set : sets) {
        ObjectNode copy = tree(renamed(set.json(), model, key, hashes));
        ((ObjectNode) copy.at("/metadata/ownerReferences/0")).put("uid", uid);
        String name = copy.at("/metadata/name").asText();
        store.insert(new ObjectKey(Resource.REPLICA_SETS, key.namespace(), name), copy);
      }
    }
  }

  /**
   * The copy's JSON. Revisions get the names that the controller would give them: with the model's
   * it would take them for older ones and deploy once more.
   */
  private static String renamed(
      byte[] json, SandboxRollout model, ObjectKey key, Map<String, String> hashes) {
    String text = new String(json, StandardCharsets.UTF_8);
    for (Map.Entry<String, String> hash : hashes.entrySet()) {
      text = text.replace(hash.getKey(), hash.getValue());
    }
    return text.replace("\"" + model.name() + "\"", "\"" + key.name() + "\"")
        .replace("\"" + model.name() + "-", "\"" + key.name() + "-")
        .replace("\\\"" + model.name() + "-", "\\\"" + key.name() + "-")
        .replace("app=" + model.name() + "\"", "app=" + key.name() + "\"");
  }

  private static ObjectNode tree(String json) {
    return (ObjectNode) Json.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
