package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;

/**
 * A moment on both clocks, so that a jump of the wall clock is seen (rule M15).
 *
 * @param now the wall clock
 * @param uptimeMillis a clock that only goes forward, from an arbitrary start
 * @param boot which start that was; two moments compare only within one
 */
public record Moment(Instant now, long uptimeMillis, String boot) {}
