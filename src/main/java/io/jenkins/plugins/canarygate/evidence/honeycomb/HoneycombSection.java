package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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
    @JsonPropertyDescription("A trigger.") Reference trigger)
    implements SourceSection {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** An SLO or a trigger by its dataset and id. */
  public record Reference(
      @JsonProperty(required = true)
          @JsonPropertyDescription("The dataset; __all__ for the whole environment.")
          String dataset,
      @JsonProperty(required = true)
          @JsonPropertyDescription("The id, as the address of its page shows it.")
          String id) {}

  @Override
  public String describe() {
    if (slo != null) {
      return "honeycomb SLO " + slo.id();
    }
    return trigger != null ? "honeycomb trigger " + trigger.id() : "honeycomb " + dataset;
  }

  @Override
  public SourceTraits traits() {
    if (slo != null || trigger != null) {
      boolean criteria = trigger == null && result != null;
      return new SourceTraits(
          false, Duration.ZERO, Duration.ZERO, MINUTE, criteria, false, CohortUse.NONE, false);
    }
    Set<String> names = query == null ? Set.of() : Placeholders.names(query);
    boolean named = names.stream().anyMatch(name -> name.startsWith("cohort"));
    return new SourceTraits(
        true,
        MINUTE,
        MINUTE,
        MINUTE,
        true,
        true,
        named ? CohortUse.NAMED : CohortUse.FILTERS,
        !names.isEmpty());
  }

  @Override
  public List<SectionFault> faults() {
    return SectionRules.faults(this);
  }
}
