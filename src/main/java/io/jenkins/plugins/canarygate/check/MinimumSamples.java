package io.jenkins.plugins.canarygate.check;

/**
 * How many samples a value needs to say something (rule M8).
 *
 * @param number at least so many, in each cohort used
 * @param stored whether stored events are asked for rather than events counted, which a sampling
 *     rate multiplies
 */
public record MinimumSamples(long number, boolean stored) {}
