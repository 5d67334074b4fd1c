package io.jenkins.plugins.canarygate.gate;

/**
 * From which score on a gate passes or warns (rule D2).
 *
 * @param pass percent of the weights
 * @param warn percent of the weights, at most {@code pass}
 */
public record ScoreTargets(double pass, double warn) {}
