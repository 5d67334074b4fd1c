package io.jenkins.plugins.canarygate.jenkins.gates;

/**
 * That somebody wants a gate to end. It is kept with the gate before anything else is done about
 * it, so that no process that ends just then makes a promotion of it.
 *
 * @param by who or what, as {@code alice}
 * @param timedOut whether time was up for its build or stage
 */
record StopRequest(String by, boolean timedOut) {}
