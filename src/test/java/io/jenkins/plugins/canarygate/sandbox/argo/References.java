package io.jenkins.plugins.canarygate.sandbox.argo;

import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which Rollouts name a service or a Deployment. */
final class References {
  private static final List<String> SERVICES =
      List.of("activeService", "previewService", "canaryService", "stableService");

  private final Map<ObjectKey, Set<ObjectKey>> rollouts = new HashMap<>();

  void update(ObjectKey key, RolloutView rollout) {
    for (String field : SERVICES) {
      add(Resource.SERVICES, key, rollout.strategy().path(field).asText(""));
    }
    add(Resource.DEPLOYMENTS, key, rollout.spec().path("workloadRef").path("name").asText(""));
  }

  private void add(Resource resource, ObjectKey rollout, String name) {
    if (!name.isEmpty()) {
      rollouts
          .computeIfAbsent(
              new ObjectKey(resource, rollout.namespace(), name), k -> new LinkedHashSet<>())
          .add(rollout);
    }
  }

  Set<ObjectKey> to(ObjectKey key) {
    return Set.copyOf(rollouts.getOrDefault(key, Set.of()));
  }
}
