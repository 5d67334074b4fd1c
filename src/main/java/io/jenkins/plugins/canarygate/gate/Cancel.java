package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;

/**
 * Somebody wants the gate to end.
 *
 * @param by who or what, as {@code SIGTERM}
 * @param at when
 */
public record Cancel(String by, Instant at) {}
