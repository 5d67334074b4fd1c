package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What a ReplicaSet says. */
record ReplicaSetView(ObjectNode node) {

  String name() {
    return node.path("metadata").path("name").asText();
  }

  String hash() {
    return node.path("metadata").path("labels").path(Names.HASH).asText("");
  }

  Instant created() {
    return Instant.parse(node.path("metadata").path("creationTimestamp").asText());
  }

  String annotation(String name) {
    return node.path("metadata").path("annotations").path(name).asText("");
  }

  int revision() {
    String revision = annotation(Names.REVISION);
    return revision.isEmpty() ? 0 : Integer.parseInt(revision);
  }

  /** How many pods are wanted. */
  int replicas() {
    return node.path("spec").path("replicas").asInt();
  }

  /** How many pods there are. */
  int actual() {
    return node.path("status").path("replicas").asInt();
  }

  int ready() {
    return node.path("status").path("readyReplicas").asInt();
  }

  int available() {
    return node.path("status").path("availableReplicas").asInt();
  }

  boolean isActive() {
    return replicas() > 0;
  }

  /** When it is scaled down, where that has been decided. */
  Optional<Instant> scaleDownDeadline() {
    String deadline = annotation(Names.SCALE_DOWN_DEADLINE);
    return deadline.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(deadline));
  }

  /** Whether all pods that the Rollout wants in the end are there and available. */
  boolean isSaturated(RolloutView rollout) {
    return replicas() == rollout.replicas()
        && annotation(Names.DESIRED_REPLICAS).equals(Integer.toString(rollout.replicas()))
        && available() == rollout.replicas();
  }

  static int sum(Collection<ReplicaSetView> sets, ToIntFunction<ReplicaSetView> count) {
    return sets.stream().filter(Objects::nonNull).mapToInt(count).sum();
  }

  static Optional<ReplicaSetView> byHash(Collection<ReplicaSetView> sets, String hash) {
    return sets.stream().filter(set -> !hash.isEmpty() && set.hash().equals(hash)).findFirst();
  }
}
