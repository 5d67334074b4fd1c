package io.jenkins.plugins.canarygate.baddays;

import java.time.Duration;

/**
 * What a command said and did.
 *
 * @param exitCode its exit code
 * @param text standard output, then standard error
 * @param contacts how many requests reached the cluster and Honeycomb
 * @param writes how many of them wrote to the cluster
 * @param took how long it took
 */
record Said(int exitCode, String text, int contacts, int writes, Duration took) {}
