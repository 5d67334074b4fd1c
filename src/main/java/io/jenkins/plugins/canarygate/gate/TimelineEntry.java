package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;

/**
 * Something that happened, in one line for a person.
 *
 * @param at when it was seen
 * @param text what
 */
public record TimelineEntry(Instant at, String text) {}
