package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.jenkins.plugins.canarygate.evidence.NotWhenNamed;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.SourceSection;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The {@code keptn} section of a check: a KeptnMetric, or an Analysis that is created or is there.
 * What is not given is null.
 */
public record KeptnSection(
    @JsonPropertyDescription("A KeptnMetric, whose value is judged by the check's criteria.")
        Metric metric,
    @JsonPropertyDescription("An Analysis, which is judged by Keptn: pass and warning are its own.")
        Analysis analysis,
    @JsonPropertyDescription(
            "How old a KeptnMetric's value may be; 2m if not given. A value that is older is waited"
                + " for while the operator is due to fetch the next.")
        Duration maxAge,
    @JsonPropertyDescription(
            "How long an Analysis may take; 3m if not given. Keptn has no failed state: one that is"
                + " stuck stays so for ever.")
        Duration timeout,
    @NotWhenNamed
        @JsonPropertyDescription(
            "Leaves the Analysis that was created in the cluster; false if not given.")
        Boolean keep,
    @JsonPropertyDescription(
            "Takes a 0 that comes from Datadog or Dynatrace as a value; false if not given, for"
                + " Keptn makes a 0 of no data there.")
        Boolean zeroIsData)
    implements SourceSection {

  /** How long telemetry takes to arrive before an Analysis of a window is created (rule M5). */
  static final Duration LAG = Duration.ofMinutes(1);

  private static final Duration MAX_AGE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** A KeptnMetric by its name. */
  public record Metric(
      @JsonProperty(required = true) @JsonPropertyDescription("Its namespace.") String namespace,
      @JsonProperty(required = true)
          @JsonPropertyDescription(
              "Its name; with ${cohort} in it, canary and stable have a metric each.")
          String name) {}

  /** An Analysis: one that exists, by its name, or one to create, by its definition. */
  public record Analysis(
      @JsonProperty(required = true)
          @JsonPropertyDescription("The namespace that the Analysis is in, or is created in.")
          String namespace,
      @NotWhenNamed @JsonPropertyDescription("An Analysis that exists.") String name,
      @JsonPropertyDescription("The AnalysisDefinition of the Analysis to create.")
          String definition,
      @JsonPropertyDescription("The definition's namespace, if it is another one.")
          String definitionNamespace,
      @JsonPropertyDescription(
              "How far back the Analysis looks, on the operator's clock; if not given, it looks at"
                  + " the check's window.")
          Duration recent,
      @JsonPropertyDescription(
              "Values for the placeholders of the definition's templates, as {{.workload}}.")
          Map<String, String> args) {

    /** Whether it is created, rather than found. */
    boolean created() {
      return definition != null;
    }

    String definedIn() {
      return definitionNamespace == null ? namespace : definitionNamespace;
    }

    Map<String, String> arguments() {
      return args == null ? Map.of() : args;
    }
  }

  Duration oldest() {
    return maxAge == null ? MAX_AGE : maxAge;
  }

  Duration deadline() {
    return timeout == null ? TIMEOUT : timeout;
  }

  boolean keeps() {
    return Boolean.TRUE.equals(keep);
  }

  boolean takesZero() {
    return Boolean.TRUE.equals(zeroIsData);
  }

  @Override
  public String describe() {
    if (metric != null) {
      return "keptn metric " + metric.name();
    }
    return analysis.created()
        ? "keptn analysis by " + analysis.definition()
        : "keptn analysis " + analysis.name();
  }

  @Override
  public SourceTraits traits() {
    Set<String> names = placeholders();
    CohortUse cohorts =
        names.stream().anyMatch(name -> name.startsWith("cohort"))
            ? CohortUse.NAMED
            : CohortUse.NONE;
    boolean windowed = analysis != null && analysis.created() && analysis.recent() == null;
    return new SourceTraits(
        windowed,
        windowed ? LAG : Duration.ZERO,
        windowed ? SECOND : Duration.ZERO,
        SECOND,
        metric != null,
        false,
        cohorts,
        !names.isEmpty());
  }

  @Override
  public Set<String> namespaces() {
    return metric != null
        ? Set.of(metric.namespace())
        : analysis.created()
            ? new LinkedHashSet<>(List.of(analysis.namespace(), analysis.definedIn()))
            : Set.of(analysis.namespace());
  }

  @Override
  public Set<String> written() {
    return analysis != null && analysis.created() ? Set.of(analysis.namespace()) : Set.of();
  }

  /** What is known only while measuring. */
  private Set<String> placeholders() {
    Set<String> names = new LinkedHashSet<>();
    texts().forEach(text -> names.addAll(Placeholders.names(text)));
    return names;
  }

  private Stream<String> texts() {
    Stream<String> texts =
        metric != null
            ? Stream.of(metric.namespace(), metric.name())
            : Stream.concat(
                Stream.of(
                    analysis.namespace(),
                    analysis.name(),
                    analysis.definition(),
                    analysis.definitionNamespace()),
                analysis.arguments().values().stream());
    return texts.filter(text -> text != null);
  }

  @Override
  public List<SectionFault> faults() {
    return SectionRules.faults(this);
  }

  @Override
  public List<SectionFault> faultsWhenNamed() {
    return SectionRules.faultsWhenNamed(this);
  }
}
