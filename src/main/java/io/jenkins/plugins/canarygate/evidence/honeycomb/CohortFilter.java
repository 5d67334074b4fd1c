package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A Honeycomb filter that picks out the events of one cohort; all of a cohort's must match. */
public record CohortFilter(
    @JsonPropertyDescription("The column that tells the cohorts apart.") String column,
    @JsonPropertyDescription("Honeycomb's filter operator, as =.") String op,
    @JsonPropertyDescription("The value, usually with ${rollout.canary} or ${rollout.stable}.")
        String value) {}
