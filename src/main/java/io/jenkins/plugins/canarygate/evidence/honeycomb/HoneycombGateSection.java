package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.ArrayList;
import java.util.List;

/** The gate's own {@code honeycomb} section. What is not given is null. */
public record HoneycombGateSection(
    @JsonPropertyDescription("Which of the administrator's named environments is asked.")
        String environment,
    @JsonPropertyDescription(
            "A marker that is set when the gate starts and closed when it decides.")
        Marker marker) {

  /** What is wrong with it, all at once. */
  public List<SectionFault> faults() {
    List<SectionFault> faults = new ArrayList<>();
    check(faults, "environment", environment);
    if (marker != null) {
      check(faults, "marker.type", marker.type());
      check(faults, "marker.dataset", marker.dataset());
    }
    return faults;
  }

  private static void check(List<SectionFault> faults, String path, String text) {
    if (text != null && (text.isBlank() || text.chars().anyMatch(Character::isISOControl))) {
      faults.add(new SectionFault(path, "must be one line and not blank"));
    }
  }

  /** A marker on Honeycomb's plots. */
  public record Marker(
      @JsonProperty(defaultValue = "deploy")
          @JsonPropertyDescription("The marker's type, as deploy.")
          String type,
      @JsonProperty(defaultValue = "__all__")
          @JsonPropertyDescription("The dataset it is shown in; __all__ for the whole environment.")
          String dataset) {}
}
