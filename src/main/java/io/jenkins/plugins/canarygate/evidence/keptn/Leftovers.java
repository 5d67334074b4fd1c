package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Analyses that a gate of this name created and did not live to delete. An Analysis says until when
 * its gate can still want to read it; only what is long past that is deleted, so that it is never
 * one of a gate that runs, here or on another machine whose clock is a little off.
 */
final class Leftovers {
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private final KeptnApi api;
  private final KeptnGate gate;

  Leftovers(KeptnApi api, KeptnGate gate) {
    this.api = api;
    this.gate = gate;
  }

  /** Deletes those in a namespace, as far as that can be done: no verdict depends on it. */
  void sweep(String namespace, Instant now) {
    try {
      for (JsonNode analysis : api.list(namespace, OurAnalysis.selector(gate))) {
        if (isLeft(analysis, now)) {
          api.delete(namespace, analysis);
        }
      }
    } catch (KeptnException e) {
      // The next gate will try again.
    }
  }

  private static boolean isLeft(JsonNode analysis, Instant now) {
    Optional<Instant> until =
        KubeJson.instant(analysis, "metadata", "annotations", OurAnalysis.UNTIL);
    return until.filter(u -> u.plus(MARGIN).isBefore(now)).isPresent()
        && !KubeJson.has(analysis, "metadata", "deletionTimestamp");
  }
}
