package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** One calculation of a query over the events of one group. */
final class Calculation {
  private final String op;
  private final String column;
  private final Predicate<Filters.Row> filter;
  private final List<double[]> values = new ArrayList<>();
  private final Set<String> distinct = new HashSet<>();
  private double count;

  private Calculation(String op, String column, Predicate<Filters.Row> filter) {
    this.op = op;
    this.column = column;
    this.filter = filter;
  }

  static Calculation of(JsonNode spec) {
    return new Calculation(
        spec.path("op").asText(),
        spec.path("column").asText(""),
        Filters.of(spec.path("filters"), spec.path("filter_combination")));
  }

  /** What results call it. */
  static String name(JsonNode spec) {
    if (!spec.path("name").asText("").isEmpty()) {
      return spec.path("name").asText();
    }
    String column = spec.path("column").asText("");
    return spec.path("op").asText() + (column.isEmpty() ? "" : "(" + column + ")");
  }

  void add(Filters.Row row, double weight) {
    if (!filter.test(row)) {
      return;
    }
    count += weight;
    Object value = column.isEmpty() ? null : row.apply(column);
    if (value != null) {
      distinct.add(Values.text(value));
      Values.number(value).ifPresent(number -> values.add(new double[] {number, weight}));
    }
  }

  /** The result; empty where there was nothing to calculate with. */
  OptionalDouble result(double seconds) {
    return switch (op) {
      case "COUNT" -> OptionalDouble.of(count);
      case "COUNT_DISTINCT" -> OptionalDouble.of(distinct.size());
      case "SUM" -> some(sum());
      case "AVG" -> some(sum() / weight());
      case "MAX" -> values.stream().mapToDouble(v -> v[0]).max();
      case "MIN" -> values.stream().mapToDouble(v -> v[0]).min();
      case "RATE_SUM" -> some(sum() / seconds);
      case "RATE_AVG" -> some(sum() / weight() / seconds);
      case "RATE_MAX" -> some(values.stream().mapToDouble(v -> v[0]).max().orElse(0) / seconds);
      case "CONCURRENCY" -> OptionalDouble.of(1);
      default -> op.startsWith("P") ? percentile() : OptionalDouble.empty();
    };
  }

  private OptionalDouble some(double result) {
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(result);
  }

  private double sum() {
    return values.stream().mapToDouble(v -> v[0] * v[1]).sum();
  }

  private double weight() {
    return values.stream().mapToDouble(v -> v[1]).sum();
  }

  private OptionalDouble percentile() {
    double share = Double.parseDouble("0." + op.substring(1));
    List<double[]> sorted =
        values.stream().sorted(java.util.Comparator.comparingDouble(v -> v[0])).toList();
    double wanted = share * weight();
    double passed = 0;
    for (double[] value : sorted) {
      passed += value[1];
      if (passed >= wanted) {
        return OptionalDouble.of(value[0]);
      }
    }
    return OptionalDouble.empty();
  }
}
