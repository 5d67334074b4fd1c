package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.util.Optional;

/** Rollouts whose pod template stands in a Deployment. */
final class WorkloadRef {
  private WorkloadRef() {}

  /**
   * Puts the referenced template into the copy, never into the stored object.
   *
   * @return what is wrong with the reference
   */
  static Optional<String> resolve(Reconcile pass) {
    JsonNode reference = pass.rollout.spec().path("workloadRef");
    if (reference.isMissingNode()) {
      return Optional.empty();
    }
    String name = reference.path("name").asText();
    Optional<Stored> workload =
        pass.store.find(new ObjectKey(Resource.DEPLOYMENTS, pass.rollout.namespace(), name));
    if (workload.isEmpty()) {
      return Optional.of(
          "spec.workloadRef.name: Invalid value: \"%s\": deployment.apps \"%s\" not found"
              .formatted(name, name));
    }
    ObjectNode deployment = workload.get().tree();
    ObjectNode spec = (ObjectNode) pass.rollout.spec();
    spec.set("template", deployment.path("spec").path("template"));
    if (!spec.has("selector")) {
      spec.set("selector", deployment.path("spec").path("selector"));
    }
    pass.rollout
        .node()
        .withObject("/metadata/annotations")
        .put(Names.WORKLOAD_GENERATION, deployment.path("metadata").path("generation").asText());
    return Optional.empty();
  }

  /** Tells the Rollout which generation of its Deployment there is now. */
  static void noteGeneration(ObjectStore store, ObjectKey rollout, ObjectKey deployment) {
    Optional<Stored> found = store.find(deployment);
    if (store.find(rollout).isPresent() && found.isPresent()) {
      String generation = found.get().tree().at("/metadata/generation").asText();
      store.change(
          rollout,
          ObjectStore.Part.WHOLE,
          live -> {
            live.withObject("/metadata/annotations").put(Names.WORKLOAD_GENERATION, generation);
            return live;
          });
    }
  }

  static boolean isUsedBy(RolloutView rollout) {
    return rollout.spec().has("workloadRef");
  }
}
