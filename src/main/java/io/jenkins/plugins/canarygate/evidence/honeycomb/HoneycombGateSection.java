package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The gate's own {@code honeycomb} section. What is not given is null. */
public record HoneycombGateSection(
    @JsonPropertyDescription("Which of the administrator's named environments is asked.")
        String environment,
    @JsonPropertyDescription(
            "A marker that is set when the gate starts and closed when it decides.")
        Marker marker) {

  /** A marker on Honeycomb's plots. */
  public record Marker(
      @JsonPropertyDescription("The marker's type, as deploy.") String type,
      @JsonPropertyDescription("The dataset it is shown in; __all__ for the whole environment.")
          String dataset) {}
}
