package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** A DaemonSet and its primary: it is scaled to zero by a node selector that no node satisfies. */
final class DaemonSetWorkload extends Workload {
  static final String SCALE_TO_ZERO = "flagger.app/scale-to-zero";

  DaemonSetWorkload(ObjectStore store, InstantSource clock) {
    super(store, clock, Resource.DAEMON_SETS);
  }

  @Override
  ObjectNode hashed(ObjectNode template) {
    ObjectNode copy = template.deepCopy();
    copy.withObject("/spec/nodeSelector").remove(SCALE_TO_ZERO);
    return copy;
  }

  @Override
  void withoutScaleDown(ObjectNode template) {
    if (template.at("/spec/nodeSelector") instanceof ObjectNode selector) {
      selector.remove(SCALE_TO_ZERO);
    }
  }

  @Override
  void demandReady(CanaryView canary, ObjectNode set, int threshold) {
    JsonNode status = set.path("status");
    String name = set.at("/metadata/name").asText();
    boolean isTarget = name.equals(canary.target());
    String prefix =
        isTarget ? "canary damonset %s.%s not ready with retryable " : "primary daemonset %s.%s";
    prefix = prefix.formatted(name, canary.namespace());
    String wait = isTarget ? prefix + "true: " : prefix + " not ready: ";
    wait += "waiting for rollout to finish: ";
    if (set.at("/metadata/generation").asInt() > status.path("observedGeneration").asInt()) {
      throw new Halt(wait + "observed daemonset generation less than desired generation");
    }
    int desired = status.path("desiredNumberScheduled").asInt();
    int updated = status.path("updatedNumberScheduled").asInt();
    int available = status.path("numberAvailable").asInt();
    int needed = (int) ((float) desired * ((float) threshold / 100f));
    if (updated >= desired && available >= needed) {
      return;
    }
    Instant since = Instant.parse(canary.object().at("/status/lastTransitionTime").asText());
    if (since.plusSeconds(canary.deadlineSeconds()).isBefore(clock.instant())) {
      throw new Halt(
          (isTarget ? prefix + "false: " : prefix + " not ready: ")
              + "exceeded its progressDeadlineSeconds: "
              + canary.deadlineSeconds(),
          false);
    }
    if (updated < desired) {
      throw new Halt(wait + "%d out of %d new pods have been updated".formatted(updated, desired));
    }
    throw new Halt(
        wait
            + "%d of %d (readyThreshold %d%%) updated pods are available"
                .formatted(available, needed, threshold));
  }

  @Override
  void scaleToZero(CanaryView canary) {
    edit(
        targetKey(canary),
        live -> {
          live.withObject("/spec/template/spec/nodeSelector").put(SCALE_TO_ZERO, "true");
          return live;
        });
  }

  @Override
  void scaleFromZero(CanaryView canary) {
    edit(
        targetKey(canary),
        live -> {
          ObjectNode spec = live.withObject("/spec/template/spec");
          if (spec.path("nodeSelector") instanceof ObjectNode selector) {
            selector.remove(SCALE_TO_ZERO);
            if (selector.isEmpty()) {
              spec.remove("nodeSelector");
            }
          }
          return live;
        });
  }

  @Override
  void giveBack(CanaryView canary) {
    scaleFromZero(canary);
  }

  @Override
  Set<String> promotedFields(CanaryView canary) {
    return Set.of("minReadySeconds", "revisionHistoryLimit", "updateStrategy");
  }

  @Override
  void firstPods(ObjectNode spec) {}
}
