package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The {@code honeycomb} section of a check: a query, an SLO or a trigger. What is not given is
 * null.
 */
public record HoneycombSection(
    @JsonPropertyDescription("The dataset that the query reads; __all__ for the whole environment.")
        String dataset,
    @JsonPropertyDescription(
            "Honeycomb's own query specification: calculations, filters, filter_combination,"
                + " calculated_fields, formulas. Times, breakdowns, orders and limits are the"
                + " gate's.")
        JsonNode query,
    @JsonPropertyDescription(
            "Which result is judged, as AVG(error); may be left out when the query has one"
                + " calculation. For an SLO: compliance, budget_remaining or burn_rate.")
        String result,
    @JsonPropertyDescription("An SLO.") Reference slo,
    @JsonPropertyDescription("A trigger.") Reference trigger) {

  /** An SLO or a trigger by its dataset and id. */
  public record Reference(
      @JsonPropertyDescription("The dataset; __all__ for the whole environment.") String dataset,
      @JsonPropertyDescription("The id, as the address of its page shows it.") String id) {}
}
