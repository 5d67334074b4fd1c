package io.jenkins.plugins.canarygate.check;

/**
 * How telemetry names a cohort.
 *
 * @param name the value of {@code ${rollout.canary}} or {@code ${rollout.stable}}, for Argo a pod
 *     template hash
 * @param pods a regular expression that matches exactly the names of its pods, the value of {@code
 *     ${cohort.pods}}
 */
public record CohortNames(String name, String pods) {}
