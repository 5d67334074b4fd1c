package io.jenkins.plugins.canarygate.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What must not have moved when we act (rules R2, AR1). The driver compares fences; others only see
 * the {@link Drift} that follows.
 *
 * @param revision the revision it holds for, as the controller names it
 * @param details the driver's own fields
 */
public record Fence(String revision, JsonNode details) {}
