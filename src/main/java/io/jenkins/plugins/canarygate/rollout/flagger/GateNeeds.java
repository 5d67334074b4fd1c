package io.jenkins.plugins.canarygate.rollout.flagger;

import java.time.Duration;

/**
 * What {@code plan} must know of the gate to judge the Canary by.
 *
 * @param promotes whether it may promote
 * @param aborts whether it may abort
 * @param start how long it waits for its gate point
 * @param total how long it may take in all
 */
public record GateNeeds(boolean promotes, boolean aborts, Duration start, Duration total) {
  boolean acts() {
    return promotes || aborts;
  }
}
