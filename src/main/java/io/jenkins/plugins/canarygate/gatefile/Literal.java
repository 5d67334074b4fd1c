package io.jenkins.plugins.canarygate.gatefile;

/**
 * A single value of whatever type, as it is written.
 *
 * @param text for a number its very digits
 */
record Literal(String text) {}
