package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a gate may say of a Honeycomb query (rule M10), as far as it shows without asking. */
final class QueryRules {
  private static final List<String> ALLOWED =
      List.of("calculations", "filters", "filter_combination", "calculated_fields", "formulas");
  private static final Set<String> OURS =
      Set.of(
          "start_time",
          "end_time",
          "time_range",
          "granularity",
          "breakdowns",
          "orders",
          "havings",
          "limit",
          "compare_time_offset_seconds",
          "usage_mode");
  private static final Set<String> WITHOUT_COLUMN = Set.of("COUNT", "CONCURRENCY");
  private static final List<String> CALCULATIONS =
      List.of(
          "COUNT",
          "CONCURRENCY",
          "SUM",
          "AVG",
          "COUNT_DISTINCT",
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
  private static final Set<String> WITHOUT_VALUE = Set.of("exists", "does-not-exist");
  private static final List<String> FILTERS =
      List.of(
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

  private final List<SectionFault> faults = new ArrayList<>();

  private QueryRules() {}

  /** What is wrong with a query; the paths begin with {@code query}. */
  static List<SectionFault> query(JsonNode query) {
    QueryRules rules = new QueryRules();
    rules.check(query);
    return rules.faults;
  }

  static List<SectionFault> cohortFilter(CohortFilter filter) {
    QueryRules rules = new QueryRules();
    if (filter.column() != null && filter.column().isBlank()) {
      rules.add("column", "must not be blank");
    }
    if (filter.op() != null) {
      rules.filterOperator("", filter.op(), filter.value() != null);
    }
    return rules.faults;
  }

  /** The names under which a query that {@link #query} finds no fault with has its results. */
  static Set<String> results(JsonNode query) {
    Set<String> names = new LinkedHashSet<>();
    query.path("formulas").forEach(formula -> names.add(formula.path("name").asText()));
    query.path("calculations").forEach(calculation -> names.add(result(calculation)));
    return names;
  }

  private static String result(JsonNode calculation) {
    if (calculation.hasNonNull("name")) {
      return calculation.get("name").asText();
    }
    String op = calculation.get("op").asText();
    return calculation.hasNonNull("column")
        ? op + "(" + calculation.get("column").asText() + ")"
        : op;
  }

  private void check(JsonNode query) {
    if (!query.isObject()) {
      add("query", "must be a mapping, as calculations: [{op: COUNT}]");
      return;
    }
    query.fieldNames().forEachRemaining(this::field);
    JsonNode calculations = query.path("calculations");
    if (!calculations.isArray() || calculations.isEmpty()) {
      add("query", "needs a list of calculations, as calculations: [{op: COUNT}]");
    }
    for (int i = 0; calculations.isArray() && i < calculations.size(); i++) {
      calculation("query.calculations[" + i + "]", calculations.get(i));
    }
    filters("query.filters", query.get("filters"));
    JsonNode combination = query.get("filter_combination");
    if (combination != null && !List.of("AND", "OR").contains(combination.asText())) {
      add("query.filter_combination", "must be AND or OR");
    }
    expressions("query.formulas", query.get("formulas"));
    expressions("query.calculated_fields", query.get("calculated_fields"));
  }

  private void field(String name) {
    if (OURS.contains(name)) {
      add("query." + name, "is the gate's own to set: leave it out");
    } else if (!ALLOWED.contains(name)) {
      add("query." + name, "unknown field" + NearestWord.hint(name, ALLOWED));
    }
  }

  private void calculation(String path, JsonNode calculation) {
    String op = calculation.path("op").asText();
    if (op.equals("HEATMAP")) {
      add(path + ".op", "a heatmap is no number that could be judged");
    } else if (op.isEmpty()) {
      add(path, "needs an op, as COUNT");
    } else if (!CALCULATIONS.contains(op)) {
      add(path + ".op", "Honeycomb has no such calculation" + NearestWord.hint(op, CALCULATIONS));
    } else if (!calculation.hasNonNull("column") && !WITHOUT_COLUMN.contains(op)) {
      add(path, op + " needs a column");
    }
    filters(path + ".filters", calculation.get("filters"));
  }

  private void filters(String path, JsonNode filters) {
    if (filters == null) {
      return;
    }
    if (!filters.isArray()) {
      add(path, "must be a list of {column, op, value}");
      return;
    }
    for (int i = 0; i < filters.size(); i++) {
      JsonNode filter = filters.get(i);
      String at = path + "[" + i + "]";
      if (filter.path("column").asText().isBlank() || filter.path("op").asText().isBlank()) {
        add(at, "needs column and op");
      } else {
        filterOperator(at + ".", filter.get("op").asText(), filter.hasNonNull("value"));
      }
    }
  }

  private void filterOperator(String prefix, String op, boolean hasValue) {
    if (!FILTERS.contains(op)) {
      add(prefix + "op", "Honeycomb has no such operator" + NearestWord.hint(op, FILTERS));
    } else if (hasValue == WITHOUT_VALUE.contains(op)) {
      add(prefix + "op", hasValue ? op + " takes no value" : op + " needs a value");
    }
  }

  private void expressions(String path, JsonNode list) {
    if (list == null) {
      return;
    }
    if (!list.isArray()) {
      add(path, "must be a list of {name, expression}");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      if (item.path("name").asText().isBlank() || item.path("expression").asText().isBlank()) {
        add(path + "[" + i + "]", "needs name and expression");
      }
    }
  }

  private void add(String path, String message) {
    faults.add(new SectionFault(path, message));
  }
}
