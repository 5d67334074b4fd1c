package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The {@code prometheus} section of a check. What is not given is null. */
public record PrometheusSection(
    @JsonProperty(required = true)
        @JsonPropertyDescription(
            "A PromQL expression, evaluated at the end of the window. ${window} is the window's"
                + " length, as in rate(x[${window}]).")
        String query,
    @JsonPropertyDescription(
            "A second expression that counts the samples behind the value, for minimumSamples.")
        String samples,
    @JsonPropertyDescription(
            "What is made of several series: sum, max, min, avg or count. Without, several are an"
                + " error.")
        String reduce,
    @JsonPropertyDescription("How old the newest sample may be.") Fresh fresh)
    implements SourceSection {

  /** What {@code ${window}} is called. */
  public static final String WINDOW = "window";

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LAG = Duration.ofSeconds(30);
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);

  /** Series whose newest sample must not be old. */
  public record Fresh(
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "The name of a metric with label matchers, and nothing else: only of it does"
                  + " Prometheus tell how old its samples are.")
          String selector,
      @JsonProperty(defaultValue = "1m")
          @JsonPropertyDescription("The age of its newest sample beyond which there is no value.")
          Duration maxAge) {}

  @Override
  public String describe() {
    return "prometheus";
  }

  @Override
  public SourceTraits traits() {
    Set<String> names = names();
    return new SourceTraits(
        true,
        LAG,
        SECOND,
        LEAST_INTERVAL,
        true,
        samples != null,
        named() ? CohortUse.NAMED : CohortUse.UNNAMED,
        names.stream().anyMatch(name -> !name.equals(WINDOW)),
        reach());
  }

  @Override
  public List<SectionFault> faults() {
    return SectionRules.faults(this);
  }

  /** Its expressions, those that are given. */
  private Stream<String> texts() {
    return Stream.of(query, samples, fresh == null ? null : fresh.selector())
        .filter(text -> text != null);
  }

  /** The placeholders that are filled only while measuring. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    texts().forEach(text -> names.addAll(Placeholders.names(text)));
    return names;
  }

  private boolean named() {
    return names().stream().anyMatch(name -> name.startsWith("cohort"));
  }

  /** The cohort that its expressions are about, measured for this one; empty if they name none. */
  Optional<Cohort> about(Cohort cohort) {
    return named() ? Optional.of(cohort) : Optional.empty();
  }

  /** How far back the expressions look by ranges of their own. */
  Duration reach() {
    return Stream.of(query, samples)
        .filter(text -> text != null)
        .map(Promql::reach)
        .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) < 0 ? other : one);
  }
}
