package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Need;
import io.jenkins.plugins.canarygate.evidence.honeycomb.CheckPlan.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns checks into the fewest query results that answer them. */
final class Planner {
  private static final Map<String, JsonNode> COUNT =
      Map.of("COUNT", JsonNodeFactory.instance.objectNode().put("op", "COUNT"));

  private final HoneycombGate gate;
  private final Map<Cohort, CohortNames> names;

  Planner(HoneycombGate gate, Map<Cohort, CohortNames> names) {
    this.gate = gate;
    this.names = names;
  }

  /** The same gate with names that stand for those that are not known yet (rule C3). */
  static Planner sample(HoneycombGate gate, Map<Cohort, CohortNames> known) {
    Map<Cohort, CohortNames> all = new EnumMap<>(Cohort.class);
    for (Cohort cohort : Cohort.values()) {
      String text = "sample-" + cohort.text();
      all.put(cohort, new CohortNames(text, text + "-[a-z0-9]{5}"));
    }
    // While nothing is rolled out both names are the same, and a query with both would be none.
    if (!new Planner(gate, known).oneAndTheSame()) {
      all.putAll(known);
    }
    return new Planner(gate, all);
  }

  /** Whether the two cohorts are one, so that comparing them says nothing (rule C1). */
  boolean oneAndTheSame() {
    CohortNames canary = names.get(Cohort.CANARY);
    return canary != null
        && names.containsKey(Cohort.STABLE)
        && canary.name().equals(names.get(Cohort.STABLE).name());
  }

  /**
   * Plans one measurement.
   *
   * @throws IllegalArgumentException if a placeholder has no value, or an operator cannot be used
   */
  CheckPlan plan(String name, Window window) {
    Check check = gate.check(name);
    HoneycombSection section = gate.sections().get(name);
    List<Need> needs = new ArrayList<>();
    boolean stored = check.minimumSamples().map(MinimumSamples::stored).orElse(false);
    boolean counted = check.minimumSamples().isPresent();
    if (UserQuery.namesCohort(section.query())) {
      Set<Cohort> cohorts = check.cohorts().isEmpty() ? Set.of(Cohort.CANARY) : check.cohorts();
      cohorts.stream()
          .sorted()
          .forEach(
              cohort ->
                  needs(needs, section, Optional.of(cohort), Map.of(), window, counted, stored));
    } else {
      needs(needs, section, Optional.empty(), cohorts(check), window, counted, stored);
    }
    Optional<String> result =
        Optional.ofNullable(section.result())
            .or(() -> new UserQuery(section.query()).onlyResult())
            .map(text -> Placeholders.fill(text, values(Optional.of(Cohort.CANARY))));
    return new CheckPlan(name, result, check.cohorts(), needs);
  }

  private void needs(
      List<Need> needs,
      HoneycombSection section,
      Optional<Cohort> cohort,
      Map<Cohort, List<CohortFilter>> filters,
      Window window,
      boolean counted,
      boolean stored) {
    Map<String, String> values = values(cohort);
    String dataset = Placeholders.fill(section.dataset(), values);
    UserQuery query = new UserQuery(Placeholders.fill(section.query(), values));
    ObjectNode shared = query.shared();
    Split split = Split.into(shared, filters, query.anyFilterDoes() || !query.plain());
    whole(shared, window);
    if (query.plain()) {
      Map<String, JsonNode> wanted = new LinkedHashMap<>(COUNT);
      wanted.putAll(query.calculations());
      needs.add(new Need(Role.VALUE, cohort, new ResultSpec(dataset, shared, wanted), split));
    } else {
      ObjectNode alone = shared.deepCopy();
      alone.setAll(query.own());
      needs.add(new Need(Role.VALUE, cohort, new ResultSpec(dataset, alone, Map.of()), split));
    }
    if (stored) {
      ObjectNode uncorrected = shared.deepCopy().put("usage_mode", true);
      needs.add(new Need(Role.SAMPLES, cohort, new ResultSpec(dataset, uncorrected, COUNT), split));
    } else if (counted && !query.plain()) {
      needs.add(new Need(Role.SAMPLES, cohort, new ResultSpec(dataset, shared, COUNT), split));
    }
  }

  /** Honeycomb cuts the edges to whole minutes; we do so first, to know what was measured. */
  private static void whole(ObjectNode query, Window window) {
    query.put("start_time", minute(window.from())).put("end_time", minute(window.to()));
  }

  private static long minute(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), 60) * 60;
  }

  /** The filters of the cohorts that a query must tell apart, for this check and its neighbours. */
  private Map<Cohort, List<CohortFilter>> cohorts(Check check) {
    Map<Cohort, List<CohortFilter>> all = new EnumMap<>(Cohort.class);
    if (check.cohorts().isEmpty()) {
      return all;
    }
    for (Cohort cohort : check.cohorts()) {
      if (gate.filters().getOrDefault(cohort, List.of()).isEmpty()) {
        // Without one the whole would be taken for both, and their ratio be 1.
        throw new IllegalArgumentException(
            "nothing tells the "
                + cohort.text()
                + " apart in Honeycomb; give spec.cohorts."
                + cohort.text()
                + ".honeycomb a filter");
      }
    }
    for (Cohort cohort : gate.filtered()) {
      boolean own = check.cohorts().contains(cohort);
      if (own || names.containsKey(cohort)) {
        all.put(cohort, gate.filters().get(cohort).stream().map(f -> filled(f, cohort)).toList());
      }
    }
    return all;
  }

  private CohortFilter filled(CohortFilter filter, Cohort cohort) {
    String value = filter.value();
    return new CohortFilter(
        filter.column(),
        filter.op(),
        value == null ? null : Placeholders.fill(value, values(Optional.of(cohort))));
  }

  private Map<String, String> values(Optional<Cohort> cohort) {
    Map<String, String> values = new HashMap<>(gate.values());
    names.forEach((which, known) -> values.put("rollout." + which.text(), known.name()));
    cohort
        .map(names::get)
        .ifPresent(
            known -> {
              values.put("cohort", known.name());
              values.put("cohort.pods", known.pods());
            });
    return values;
  }
}
