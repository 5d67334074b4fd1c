package io.jenkins.plugins.canarygate.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * How much the canary serves.
 *
 * @param text what a person would call it: {@code 20 %}, {@code 1 of 5 pods}
 * @param serving whether it gets any traffic of users
 * @param since since when, where that is known
 */
public record Share(String text, boolean serving, Optional<Instant> since) {}
