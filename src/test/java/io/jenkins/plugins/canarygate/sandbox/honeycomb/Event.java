package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import java.time.Instant;
import java.util.Map;

/**
 * A stored event.
 *
 * @param sampleRate how many events it stands for
 * @param columns numbers, strings and booleans by their column
 */
public record Event(Instant at, int sampleRate, Map<String, Object> columns) {}
