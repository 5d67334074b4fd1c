package io.jenkins.plugins.canarygate.jenkins.gates;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
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
 * @param prometheus the server's name; likewise
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
    Optional<String> prometheus,
    Optional<String> credentialsId,
    Optional<String> honeycombCredentialsId,
    boolean throwOnFailure,
    boolean dryRun,
    boolean archive) {

  /** The form that this code writes. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public GateOrder {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Loads what writing the first order takes, which is done on Pipeline's own thread. */
  static void warmUp() {
    new GateOrder(
            VERSION,
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            false,
            false)
        .json();
  }

  /**
   * The same by the names that were found, so that the gate keeps to them: after a restart the only
   * server may be another.
   */
  GateOrder with(Admission.Admitted found) {
    return new GateOrder(
        version,
        file,
        parameters,
        Optional.of(found.cluster().name()),
        found.names().honeycomb(),
        found.names().prometheus(),
        credentialsId,
        honeycombCredentialsId,
        throwOnFailure,
        dryRun,
        archive);
  }

  public String json() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an order could not be written as JSON", e);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws IOException if it is none
   */
  public static GateOrder read(String json) throws IOException {
    return MAPPER.readValue(json, GateOrder.class);
  }
}
