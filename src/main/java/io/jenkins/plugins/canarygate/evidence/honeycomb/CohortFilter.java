package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.List;

/** A Honeycomb filter that picks out the events of one cohort; all of a cohort's must match. */
public record CohortFilter(
    @JsonProperty(required = true)
        @JsonPropertyDescription("The column that tells the cohorts apart.")
        String column,
    @JsonProperty(required = true) @JsonPropertyDescription("Honeycomb's filter operator, as =.")
        String op,
    @JsonPropertyDescription("The value, usually with ${rollout.canary} or ${rollout.stable}.")
        String value) {

  /** What is wrong with it, all at once; what is missing altogether is not repeated here. */
  public List<SectionFault> faults() {
    return QueryRules.cohortFilter(this);
  }
}
