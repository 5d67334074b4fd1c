package io.jenkins.plugins.canarygate.evidence.honeycomb;

import io.jenkins.plugins.canarygate.check.Cohort;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A calculated field that says of each event which cohort it is of, in Honeycomb's expression
 * language. It leaves the filters of a query alone, whatever they are combined by.
 */
final class CohortExpression {
  private CohortExpression() {}

  /** {@code IF(EQUALS($a, "x"), "canary", EQUALS($a, "y"), "stable")}. */
  static String of(Map<Cohort, List<CohortFilter>> filters) {
    return filters.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> all(e.getValue()) + ", " + text(e.getKey().text()))
        .collect(Collectors.joining(", ", "IF(", ")"));
  }

  private static String all(List<CohortFilter> filters) {
    List<String> parts = filters.stream().map(CohortExpression::one).toList();
    return parts.size() == 1 ? parts.get(0) : "AND(" + String.join(", ", parts) + ")";
  }

  private static String one(CohortFilter filter) {
    String column = column(filter.column());
    String value = filter.value() == null ? "" : filter.value();
    return switch (filter.op()) {
      case "=" -> equal(column, value);
      case "!=" -> not(equal(column, value));
      case "in" -> in(column, value);
      case "not-in" -> not(in(column, value));
      case "starts-with" -> call("STARTS_WITH", column, text(value));
      case "does-not-start-with" -> not(call("STARTS_WITH", column, text(value)));
      case "ends-with" -> call("ENDS_WITH", column, text(value));
      case "does-not-end-with" -> not(call("ENDS_WITH", column, text(value)));
      case "contains" -> call("CONTAINS", column, text(value));
      case "does-not-contain" -> not(call("CONTAINS", column, text(value)));
      case "exists" -> call("EXISTS", column);
      case "does-not-exist" -> not(call("EXISTS", column));
      case ">" -> call("GT", column, number(value));
      case ">=" -> call("GTE", column, number(value));
      case "<" -> call("LT", column, number(value));
      case "<=" -> call("LTE", column, number(value));
      default ->
          throw new IllegalArgumentException(
              "a cohort cannot be told by the operator '"
                  + filter.op()
                  + "'; write =, in, starts-with, contains or exists");
    };
  }

  /** A number or a truth value in a column is compared by its text, as a filter would. */
  private static String equal(String column, String value) {
    return call("EQUALS", typed(value) ? call("STRING", column) : column, text(value));
  }

  private static String in(String column, String value) {
    List<String> values = list(value);
    String of = values.stream().anyMatch(CohortExpression::typed) ? call("STRING", column) : column;
    return call(
        "IN",
        of + ", " + values.stream().map(CohortExpression::text).collect(Collectors.joining(", ")));
  }

  /** The values of {@code in}, which a gate file writes with commas. */
  static List<String> list(String value) {
    return Arrays.stream(value.split(",")).map(String::strip).toList();
  }

  private static boolean typed(String value) {
    return value.matches("true|false|-?\\d+(\\.\\d+)?");
  }

  private static String number(String value) {
    return value.matches("-?\\d+(\\.\\d+)?") ? value : text(value);
  }

  private static String not(String expression) {
    return call("NOT", expression);
  }

  private static String call(String function, String... arguments) {
    return function + "(" + String.join(", ", arguments) + ")";
  }

  private static String column(String name) {
    return name.matches("[\\p{L}_][\\p{L}\\d_./:+?=-]*") ? "$" + name : "$" + text(name);
  }

  private static String text(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
