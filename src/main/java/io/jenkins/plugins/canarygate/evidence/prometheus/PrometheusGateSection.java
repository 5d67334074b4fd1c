package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.List;

/** The gate's own {@code prometheus} section. What is not given is null. */
public record PrometheusGateSection(
    @JsonPropertyDescription("Which of the administrator's named servers is asked.")
        String server) {

  /** What is wrong with it, all at once. */
  public List<SectionFault> faults() {
    boolean bad =
        server != null && (server.isBlank() || server.chars().anyMatch(Character::isISOControl));
    return bad ? List.of(new SectionFault("server", "must be one line and not blank")) : List.of();
  }
}
