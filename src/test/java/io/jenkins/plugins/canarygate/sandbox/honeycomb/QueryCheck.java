package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Honeycomb refuses in a query before it runs it. */
final class QueryCheck {
  private static final Set<String> KNOWN =
      Set.of(
          "breakdowns",
          "calculations",
          "filters",
          "filter_combination",
          "formulas",
          "granularity",
          "orders",
          "limit",
          "start_time",
          "end_time",
          "time_range",
          "havings",
          "calculated_fields",
          "compare_time_offset_seconds",
          "usage_mode");
  private static final Set<String> OPS =
      Set.of(
          "COUNT",
          "CONCURRENCY",
          "SUM",
          "AVG",
          "COUNT_DISTINCT",
          "HEATMAP",
          "MAX",
          "MIN",
          "P001",
          "P01",
          "P05",
          "P10",
          "P20",
          "P25",
          "P50",
          "P75",
          "P80",
          "P90",
          "P95",
          "P99",
          "P999",
          "RATE_AVG",
          "RATE_SUM",
          "RATE_MAX");
  private static final Set<String> FILTER_OPS =
      Set.of(
          "=",
          "!=",
          ">",
          ">=",
          "<",
          "<=",
          "starts-with",
          "does-not-start-with",
          "ends-with",
          "does-not-end-with",
          "exists",
          "does-not-exist",
          "contains",
          "does-not-contain",
          "in",
          "not-in");
  private static final List<String> WITHOUT_COLUMN = List.of("COUNT", "CONCURRENCY");

  private final ArrayNode faults = Json.MAPPER.createArrayNode();
  private final Set<String> columns;

  private QueryCheck(Set<String> columns) {
    this.columns = new HashSet<>(columns);
  }

  /** What is wrong: elements of {@code type_detail}; empty if nothing is. */
  static ArrayNode faults(JsonNode query, Set<String> columns, Instant now, boolean beta) {
    QueryCheck check = new QueryCheck(columns);
    if (!beta) {
      check.beta(query);
    }
    check.calculatedFields(query.path("calculated_fields"));
    check.calculations(query.path("calculations"));
    check.filters("filters", query.path("filters"));
    check.breakdowns(query.path("breakdowns"));
    query
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                check.fault(name, "invalid", name + ": unknown field");
              }
            });
    if (!Set.of("AND", "OR").contains(query.path("filter_combination").asText("AND"))) {
      check.fault("filter_combination", "invalid", "filter_combination: must be AND or OR");
    }
    if (query.path("limit").asInt(100) > 1000) {
      check.fault("limit", "invalid", "limit: must be no greater than 1000");
    }
    try {
      Span.of(query, now);
    } catch (IllegalArgumentException e) {
      check.fault(e.getMessage().split(":")[0], "invalid", e.getMessage());
    }
    return check.faults;
  }

  private void fault(String field, String code, String description) {
    faults.addObject().put("field", field).put("code", code).put("description", description);
  }

  private void beta(JsonNode query) {
    if (!query.path("formulas").isEmpty()) {
      fault("formulas", "invalid", "formulas: not enabled for this team");
    }
    for (int i = 0; i < query.path("calculations").size(); i++) {
      JsonNode calculation = query.path("calculations").get(i);
      if (calculation.hasNonNull("name") || !calculation.path("filters").isEmpty()) {
        fault(
            "calculations[" + i + "]",
            "invalid",
            "calculations[" + i + "]: name and filters are not enabled for this team");
      }
    }
  }

  private void calculatedFields(JsonNode fields) {
    for (int i = 0; i < fields.size(); i++) {
      try {
        Expression.parse(fields.get(i).path("expression").asText())
            .apply(name -> known("calculated_fields", name));
      } catch (IllegalArgumentException e) {
        fault("calculated_fields[" + i + "].expression", "invalid", e.getMessage());
      }
      columns.add(fields.get(i).path("name").asText());
    }
  }

  private Object known(String field, String column) {
    if (!columns.contains(column)) {
      fault(field, "invalid", field + ": unknown column '" + column + "'");
    }
    return null;
  }

  private void calculations(JsonNode calculations) {
    for (int i = 0; i < calculations.size(); i++) {
      String field = "calculations[" + i + "]";
      String op = calculations.get(i).path("op").asText("");
      String column = calculations.get(i).path("column").asText("");
      if (!OPS.contains(op)) {
        fault(field + ".op", "invalid", field + ".op: invalid op: " + op);
      } else if (WITHOUT_COLUMN.contains(op) != column.isEmpty()) {
        fault(
            field + ".column",
            column.isEmpty() ? "missing" : "invalid",
            field + ".column: " + op + (column.isEmpty() ? " needs a column" : " takes none"));
      } else if (!column.isEmpty()) {
        known(field + ".column", column);
      }
      filters(field + ".filters", calculations.get(i).path("filters"));
    }
  }

  private void filters(String where, JsonNode filters) {
    for (int i = 0; i < filters.size(); i++) {
      String field = where + "[" + i + "]";
      JsonNode filter = filters.get(i);
      String op = filter.path("op").asText("");
      if (!FILTER_OPS.contains(op)) {
        fault(field + ".op", "invalid", field + ".op: invalid filter op: " + op);
      } else if (!op.contains("exist") && !filter.has("value")) {
        fault(field + ".value", "missing", field + ".value: " + op + " needs a value");
      } else if (op.endsWith("in") && op.matches("in|not-in") && !filter.path("value").isArray()) {
        fault(field + ".value", "incorrect_type", field + ".value: " + op + " needs an array");
      }
      known(field + ".column", filter.path("column").asText(""));
    }
  }

  private void breakdowns(JsonNode breakdowns) {
    for (int i = 0; i < breakdowns.size(); i++) {
      known("breakdowns[" + i + "]", breakdowns.get(i).asText());
    }
  }
}
