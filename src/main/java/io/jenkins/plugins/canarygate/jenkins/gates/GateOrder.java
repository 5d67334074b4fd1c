package io.jenkins.plugins.canarygate.jenkins.gates;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a step asks, beside the gate file itself.
 *
 * @param version the form of this value, {@link #VERSION}
 * @param file the gate file in the workspace; empty where the gate stands in the Jenkinsfile
 * @param parameters what varies from run to run
 * @param cluster the cluster's name; empty: the gate file's, or the only one
 * @param honeycomb the environment's name; likewise
 * @param credentialsId the build's own credential for the cluster
 * @param honeycombCredentialsId the build's own key for Honeycomb
 * @param throwOnFailure whether a bad verdict fails the step
 * @param dryRun whether nothing is written to the cluster
 * @param archive whether the reports are put into the workspace as well
 */
public record GateOrder(
    int version,
    Optional<String> file,
    Map<String, String> parameters,
    Optional<String> cluster,
    Optional<String> honeycomb,
    Optional<String> credentialsId,
    Optional<String> honeycombCredentialsId,
    boolean throwOnFailure,
    boolean dryRun,
    boolean archive) {

  /** The form that this code writes. */
  public static final int VERSION = 1;

  public GateOrder {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
