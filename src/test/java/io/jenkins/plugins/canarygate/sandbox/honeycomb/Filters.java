package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The filters of a query. */
final class Filters {
  private Filters() {}

  /** What an event looks like to a filter: a value, or null, for each column. */
  interface Row extends Function<String, Object> {}

  static Predicate<Row> of(JsonNode filters, JsonNode combination) {
    List<Predicate<Row>> all = new ArrayList<>();
    filters.forEach(filter -> all.add(one(filter)));
    if (all.isEmpty()) {
      return row -> true;
    }
    return combination.asText("AND").equals("OR")
        ? row -> all.stream().anyMatch(filter -> filter.test(row))
        : row -> all.stream().allMatch(filter -> filter.test(row));
  }

  private static Predicate<Row> one(JsonNode filter) {
    String column = filter.path("column").asText();
    String op = filter.path("op").asText();
    List<Object> wanted = new ArrayList<>();
    if (filter.path("value").isArray()) {
      filter.path("value").forEach(value -> wanted.add(Values.of(value)));
    } else if (filter.has("value")) {
      wanted.add(Values.of(filter.path("value")));
    }
    return row -> holds(op, row.apply(column), wanted);
  }

  private static boolean holds(String op, Object value, List<Object> wanted) {
    // An event without the column passes every negated filter.
    return switch (op) {
      case "exists" -> value != null;
      case "does-not-exist" -> value == null;
      case "=" -> Values.same(value, wanted.get(0));
      case "!=" -> !Values.same(value, wanted.get(0));
      case "in" -> wanted.stream().anyMatch(one -> Values.same(value, one));
      case "not-in" -> wanted.stream().noneMatch(one -> Values.same(value, one));
      case "does-not-start-with" -> !holds("starts-with", value, wanted);
      case "does-not-end-with" -> !holds("ends-with", value, wanted);
      case "does-not-contain" -> !holds("contains", value, wanted);
      case "starts-with" ->
          value != null && Values.text(value).startsWith(Values.text(wanted.get(0)));
      case "ends-with" -> value != null && Values.text(value).endsWith(Values.text(wanted.get(0)));
      case "contains" -> value != null && Values.text(value).contains(Values.text(wanted.get(0)));
      case ">" -> value != null && Values.order(value, wanted.get(0)) > 0;
      case ">=" -> value != null && Values.order(value, wanted.get(0)) >= 0;
      case "<" -> value != null && Values.order(value, wanted.get(0)) < 0;
      case "<=" -> value != null && Values.order(value, wanted.get(0)) <= 0;
      default -> throw new IllegalArgumentException("unknown filter operator " + op);
    };
  }
}
