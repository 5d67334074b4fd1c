package io.jenkins.plugins.canarygate.evidence;

import io.jenkins.plugins.canarygate.check.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * One measurement that is asked of a source.
 *
 * @param check the name of the check
 * @param window the span of telemetry; empty for sources without one
 * @param askedSince when this measurement was first asked for
 * @param ticket what {@link io.jenkins.plugins.canarygate.check.Reading.NotYet} gave the last time
 */
public record EvidenceRequest(
    String check, Optional<Window> window, Instant askedSince, Optional<String> ticket) {}
