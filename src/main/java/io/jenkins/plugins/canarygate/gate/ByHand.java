package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;

/**
 * What a person decided in place of the checks.
 *
 * @param action PROMOTE, PROMOTE_FULLY, ABORT or RETRY
 * @param who the person, as the front end knows them
 * @param reason the reason that was given
 */
public record ByHand(Action action, String who, String reason) {}
