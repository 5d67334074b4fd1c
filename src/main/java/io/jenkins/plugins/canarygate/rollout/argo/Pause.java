package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Instant;

/**
 * One of the controller's reasons to pause.
 *
 * @param reason the controller's word
 * @param startTime as the controller wrote it, to the second
 */
record Pause(String reason, String startTime) {
  static final String CANARY_STEP = "CanaryPauseStep";
  static final String BLUE_GREEN = "BlueGreenPause";

  /** Whether it is one that a gate can stand at; the others are the controller's doubts. */
  boolean isGate() {
    return reason.equals(CANARY_STEP) || reason.equals(BLUE_GREEN);
  }

  boolean isInconclusive() {
    return reason.startsWith("Inconclusive");
  }

  /** When it began; the epoch if the controller wrote nonsense. */
  Instant since() {
    return KubeJson.instant(startTime).orElse(Instant.EPOCH);
  }
}
