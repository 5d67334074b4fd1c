package io.jenkins.plugins.canarygate.evidence.keptn;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Metric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one gate asks of Keptn.
 *
 * @param name the gate's name, on what it creates
 * @param id the gate with its parameters
 * @param sections what its checks ask, by the check's name
 * @param checks the same checks, by name
 * @param values what the placeholders that are known beforehand stand for
 * @param use what the gate may do, and heeds
 */
public record KeptnGate(
    String name,
    String id,
    Map<String, KeptnSection> sections,
    Map<String, Check> checks,
    Map<String, String> values,
    Use use) {

  /**
   * How far a gate goes.
   *
   * @param writes whether it may create an Analysis (rule C2)
   * @param clamps whether what was measured before the canary got its traffic is no evidence (rules
   *     M5 and C1)
   */
  public record Use(boolean writes, boolean clamps) {}

  public KeptnGate {
    sections = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    checks = Map.copyOf(checks);
    values = Map.copyOf(values);
  }

  KeptnSection section(String check) {
    KeptnSection section = sections.get(check);
    if (section == null) {
      throw new IllegalArgumentException("no check of Keptn is called " + check);
    }
    return section;
  }

  /** The metric of a cohort. */
  Metric metric(Metric metric, Map<String, String> known) {
    return new Metric(fill(metric.namespace(), known), fill(metric.name(), known));
  }

  /** The Analysis that is asked for. */
  Analysis analysis(Analysis analysis, Map<String, String> known) {
    Map<String, String> args = new LinkedHashMap<>();
    analysis.arguments().forEach((argument, text) -> args.put(argument, fill(text, known)));
    return named(analysis, known, args);
  }

  /** The same with its arguments as they stand: some may be known only while measuring. */
  Analysis unmeasured(Analysis analysis) {
    return named(analysis, values, analysis.arguments());
  }

  private static Analysis named(
      Analysis analysis, Map<String, String> known, Map<String, String> args) {
    return new Analysis(
        fill(analysis.namespace(), known),
        fill(analysis.name(), known),
        fill(analysis.definition(), known),
        fill(analysis.definitionNamespace(), known),
        analysis.recent(),
        args);
  }

  private static String fill(String text, Map<String, String> known) {
    return text == null ? null : Placeholders.fill(text, known);
  }

  /**
   * What all placeholders stand for while measuring.
   *
   * @param cohort the one that is measured
   */
  Map<String, String> values(Map<Cohort, CohortNames> cohorts, Optional<Cohort> cohort) {
    Map<String, String> all = new HashMap<>(values);
    cohorts.forEach((which, names) -> all.put("rollout." + which.text(), names.name()));
    cohort
        .map(cohorts::get)
        .ifPresent(
            names -> {
              all.put("cohort", names.name());
              all.put("cohort.pods", names.pods());
            });
    return all;
  }
}
