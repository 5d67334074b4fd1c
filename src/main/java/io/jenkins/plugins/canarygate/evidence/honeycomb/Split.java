package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the rows of one result are told apart.
 *
 * @param column the breakdown; empty where one row is about everything that was asked
 * @param values the value of the breakdown in the row of a cohort
 */
record Split(Optional<String> column, Map<Cohort, String> values) {
  private static final String FIELD = "canary_gate_cohort";
  static final Split NONE = new Split(Optional.empty(), Map.of());

  /**
   * Puts into a query what tells cohorts apart.
   *
   * @param query gets filters, a calculated field, a breakdown
   * @param cohorts the filters of each cohort that is asked for, filled
   * @param leaveFilters whether the query's own filters must stay as they are
   */
  static Split into(
      ObjectNode query, Map<Cohort, List<CohortFilter>> cohorts, boolean leaveFilters) {
    if (cohorts.isEmpty()) {
      return NONE;
    }
    if (cohorts.size() > 1 && Set.copyOf(cohorts.values()).size() == 1) {
      throw new IllegalArgumentException(
          "the filters of canary and stable are the same; give each its own value, as"
              + " ${rollout.canary} and ${rollout.stable}");
    }
    if (!leaveFilters && cohorts.size() == 1) {
      cohorts.values().iterator().next().forEach(filter -> add(query, filter));
      return NONE;
    }
    Optional<String> same = leaveFilters ? Optional.empty() : sameColumn(cohorts);
    if (same.isPresent()) {
      Map<Cohort, String> values = new EnumMap<>(Cohort.class);
      cohorts.forEach((cohort, filters) -> values.put(cohort, filters.get(0).value()));
      ArrayNode in =
          query
              .withArray("filters")
              .addObject()
              .put("column", same.get())
              .put("op", "in")
              .putArray("value");
      values.values().forEach(in::add);
      query.putArray("breakdowns").add(same.get());
      return new Split(same, values);
    }
    String field = freeName(query);
    query
        .withArray("calculated_fields")
        .addObject()
        .put("name", field)
        .put("expression", CohortExpression.of(cohorts));
    query.putArray("breakdowns").add(field);
    Map<Cohort, String> values = new EnumMap<>(Cohort.class);
    cohorts.keySet().forEach(cohort -> values.put(cohort, cohort.text()));
    return new Split(Optional.of(field), values);
  }

  private static void add(ObjectNode query, CohortFilter filter) {
    ObjectNode added =
        query
            .withArray("filters")
            .addObject()
            .put("column", filter.column())
            .put("op", filter.op());
    if (filter.op().endsWith("in") && !filter.op().startsWith("contain")) {
      ArrayNode values = added.putArray("value");
      CohortExpression.list(filter.value()).forEach(values::add);
    } else if (!filter.op().contains("exist")) {
      added.put("value", filter.value());
    }
  }

  /** The column that alone tells the cohorts apart, each by one {@code =}. */
  private static Optional<String> sameColumn(Map<Cohort, List<CohortFilter>> cohorts) {
    Set<String> columns = new HashSet<>();
    for (List<CohortFilter> filters : cohorts.values()) {
      if (filters.size() != 1 || !filters.get(0).op().equals("=")) {
        return Optional.empty();
      }
      columns.add(filters.get(0).column());
    }
    return columns.size() == 1 ? Optional.of(columns.iterator().next()) : Optional.empty();
  }

  private static String freeName(ObjectNode query) {
    Set<String> taken = new HashSet<>();
    query.path("calculated_fields").forEach(field -> taken.add(field.path("name").asText()));
    String name = FIELD;
    while (taken.contains(name)) {
      name += "_";
    }
    return name;
  }

  /** The rows that are about a cohort; those of no cohort are ignored. */
  List<JsonNode> rows(List<JsonNode> all, Cohort cohort) {
    if (column.isEmpty()) {
      return all;
    }
    String value = values.get(cohort);
    return all.stream()
        .filter(row -> row.hasNonNull(column.get()))
        .filter(row -> row.path(column.get()).asText().equals(value))
        .toList();
  }
}
