package io.jenkins.plugins.canarygate.rollout;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Where the rollout waits for the gate (rules AR2, AR3).
 *
 * @param text what a person would call it: {@code the pause at step 1 of 7}
 * @param step the 0-based step; empty where there are none
 * @param since since when it waits there
 * @param timed whether it goes on by itself, so that only a hold keeps it
 */
public record GatePoint(String text, OptionalInt step, Instant since, boolean timed) {}
