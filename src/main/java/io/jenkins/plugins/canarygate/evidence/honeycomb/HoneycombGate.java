package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one gate asks of Honeycomb.
 *
 * @param sections the checks' own sections by the checks' names, in the order of the gate file
 * @param checks the checks, for each section one
 * @param filters how the events of a cohort are told apart; empty where the gate does not say
 * @param values what stands for {@code ${…}} and is known from the start: parameters, {@code
 *     rollout.name}, {@code rollout.namespace}
 */
public record HoneycombGate(
    Map<String, HoneycombSection> sections,
    Map<String, Check> checks,
    Map<Cohort, List<CohortFilter>> filters,
    Map<String, String> values) {
  public HoneycombGate {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    checks = Map.copyOf(checks);
    filters = Map.copyOf(filters);
    values = Map.copyOf(values);
    List<String> missing = new ArrayList<>(sections.keySet());
    missing.removeAll(checks.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("sections without a check: " + missing);
    }
  }

  Check check(String name) {
    Check check = checks.get(name);
    if (check == null || !sections.containsKey(name)) {
      throw new IllegalArgumentException("no Honeycomb check is called " + name);
    }
    return check;
  }

  /** The cohorts that any of the checks measures by filters: one query serves all of them. */
  Set<Cohort> filtered() {
    Set<Cohort> all = EnumSet.noneOf(Cohort.class);
    sections.forEach(
        (name, section) -> {
          if (section.query() != null && !UserQuery.namesCohort(section.query())) {
            all.addAll(check(name).cohorts());
          }
        });
    all.retainAll(filters.keySet());
    return all;
  }
}
