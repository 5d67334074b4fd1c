package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fills the expressions of a gate (rule M13). */
final class Names {
  private final PrometheusGate gate;
  private final Map<Cohort, CohortNames> cohorts;

  Names(PrometheusGate gate, Map<Cohort, CohortNames> cohorts) {
    this.gate = gate;
    this.cohorts = Map.copyOf(cohorts);
  }

  /**
   * The same gate with names that stand for those that are not known yet. Those of pods match the
   * pods of either cohort.
   */
  static Names sample(PrometheusGate gate, Map<Cohort, CohortNames> known) {
    String pods = gate.values().getOrDefault("rollout.name", "").replace(".", "[.]") + "-.*";
    Map<Cohort, CohortNames> all = new EnumMap<>(Cohort.class);
    for (Cohort cohort : Cohort.values()) {
      all.put(cohort, new CohortNames("sample-" + cohort.text(), pods));
    }
    all.putAll(known);
    return new Names(gate, all);
  }

  /** Whether the two cohorts are one, so that comparing them says nothing (rule C1). */
  boolean oneAndTheSame() {
    CohortNames canary = cohorts.get(Cohort.CANARY);
    CohortNames stable = cohorts.get(Cohort.STABLE);
    return canary != null && stable != null && canary.name().equals(stable.name());
  }

  /**
   * An expression as it is sent.
   *
   * @param cohort the one it is about; empty if it is about none
   * @throws IllegalArgumentException if a placeholder has no value, or one cannot stand where it is
   */
  String fill(String expression, Optional<Cohort> cohort, Window window) {
    Map<String, String> values = new HashMap<>(gate.values());
    values.putIfAbsent(PrometheusSection.WINDOW, Promql.text(window.length()));
    cohorts.forEach((which, known) -> values.put("rollout." + which.text(), known.name()));
    cohort
        .map(cohorts::get)
        .ifPresent(
            known -> {
              values.put("cohort", known.name());
              values.put("cohort.pods", known.pods());
            });
    return Placeholders.fill(expression, values, Promql::write);
  }
}
