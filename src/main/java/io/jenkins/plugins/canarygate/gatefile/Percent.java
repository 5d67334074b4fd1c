package io.jenkins.plugins.canarygate.gatefile;

/**
 * A share in percent, written {@code 90} or {@code 90%}.
 *
 * @param value from 0 to 100
 */
record Percent(double value) {}
