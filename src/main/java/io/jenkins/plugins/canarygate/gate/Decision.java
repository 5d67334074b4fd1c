package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How a gate point was judged.
 *
 * @param verdict the verdict of the checks, or of the person
 * @param reason one line of why
 * @param score percent of the weights; empty where nothing was judged
 * @param at when
 */
public record Decision(Verdict verdict, String reason, OptionalDouble score, Instant at) {}
