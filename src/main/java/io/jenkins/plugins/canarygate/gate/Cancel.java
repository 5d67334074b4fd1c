package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;

/**
 * Somebody wants the gate to end.
 *
 * @param by who or what, as {@code SIGTERM}
 * @param at when
 * @param timedOut whether time was up for whoever runs the gate: its verdict is TIMEOUT then
 */
public record Cancel(String by, Instant at, boolean timedOut) {}
