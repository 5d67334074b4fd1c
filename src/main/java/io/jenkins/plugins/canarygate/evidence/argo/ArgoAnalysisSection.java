package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The {@code argo} section of a check: the controller's own analysis, counted, not believed. */
public record ArgoAnalysisSection(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "required: each counted metric of the revision's AnalysisRuns must have a successful"
                + " measurement and have breached no limit.")
        String analysisRuns)
    implements SourceSection {
  private static final String REQUIRED = "required";

  private static final SourceTraits TRAITS =
      new SourceTraits(
          false, Duration.ZERO, Duration.ZERO, Duration.ZERO, false, false, CohortUse.NONE, true);

  @Override
  public String describe() {
    return "argo analysis runs";
  }

  @Override
  public SourceTraits traits() {
    return TRAITS;
  }

  @Override
  public Optional<String> onlyOf() {
    return Optional.of("Rollout");
  }

  @Override
  public List<SectionFault> faults() {
    return analysisRuns == null || analysisRuns.equals(REQUIRED)
        ? List.of()
        : List.of(new SectionFault("analysisRuns", "must be 'required', the only word there is"));
  }
}
