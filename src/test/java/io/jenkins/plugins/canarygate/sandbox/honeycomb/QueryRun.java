package io.jenkins.plugins.canarygate.sandbox.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Runs a query over telemetry. */
final class QueryRun {
  private final JsonNode query;
  private final Collection<Dataset> datasets;
  private final Map<String, Expression.Value> calculated = new HashMap<>();

  QueryRun(JsonNode query, Collection<Dataset> datasets) {
    this.query = query;
    this.datasets = datasets;
    for (JsonNode field : query.path("calculated_fields")) {
      calculated.put(
          field.path("name").asText(), Expression.parse(field.path("expression").asText()));
    }
  }

  /**
   * The {@code data} of a result.
   *
   * @param now what has been sent by then is there
   */
  ObjectNode data(Instant now, boolean series, int limit) {
    Span span = Span.of(query, now);
    Instant end = span.to().isAfter(now) ? now : span.to();
    ObjectNode data = Json.object();
    ArrayNode results = Json.MAPPER.createArrayNode();
    rows(span.from(), end, span.seconds()).stream()
        .limit(limit)
        .forEach(row -> results.addObject().set("data", row));
    ArrayNode times = data.putArray("series");
    if (series) {
      long grain = query.path("granularity").asLong(60);
      for (Instant at = span.from(); at.isBefore(end); at = at.plusSeconds(grain)) {
        for (ObjectNode row : rows(at, min(at.plusSeconds(grain), end), grain)) {
          times.addObject().put("time", at.toString()).set("data", row);
        }
      }
    }
    data.set("results", results);
    return data;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private List<ObjectNode> rows(Instant from, Instant to, double seconds) {
    Predicate<Filters.Row> filter =
        Filters.of(query.path("filters"), query.path("filter_combination"));
    Map<List<Object>, List<Calculation>> groups = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      dataset.events(
          from,
          to,
          event -> {
            Filters.Row row = column -> value(event, column);
            if (filter.test(row)) {
              List<Calculation> group = groups.computeIfAbsent(groupOf(row), key -> calculations());
              int weight = query.path("usage_mode").asBoolean() ? 1 : event.sampleRate();
              group.forEach(calculation -> calculation.add(row, weight));
            }
          });
    }
    Map<String, ObjectNode> sorted = new TreeMap<>();
    groups.forEach(
        (key, group) -> {
          ObjectNode row = row(key, group, seconds);
          // Nobody may rely on an order: this one is neither of time nor of the alphabet.
          sorted.put(Integer.toHexString(key.hashCode() * 31 + 7) + key, row);
        });
    return new ArrayList<>(sorted.values());
  }

  private Object value(Event event, String column) {
    Expression.Value expression = calculated.get(column);
    return expression == null
        ? event.columns().get(column)
        : expression.apply(name -> event.columns().get(name));
  }

  private List<Object> groupOf(Filters.Row row) {
    List<Object> key = new ArrayList<>();
    query.path("breakdowns").forEach(column -> key.add(row.apply(column.asText())));
    return key;
  }

  private List<Calculation> calculations() {
    List<Calculation> list = new ArrayList<>();
    specs().forEach(spec -> list.add(Calculation.of(spec)));
    return list;
  }

  private JsonNode specs() {
    return query.path("calculations").isEmpty()
        ? Json.MAPPER.createArrayNode().add(Json.of("{'op':'COUNT'}"))
        : query.path("calculations");
  }

  private ObjectNode row(List<Object> key, List<Calculation> group, double seconds) {
    ObjectNode row = Json.object();
    for (int i = 0; i < key.size(); i++) {
      Object value = key.get(i);
      if (value != null) {
        row.set(query.path("breakdowns").get(i).asText(), Json.MAPPER.valueToTree(value));
      }
    }
    for (int i = 0; i < group.size(); i++) {
      OptionalDouble result = group.get(i).result(seconds);
      String name = Calculation.name(specs().get(i));
      result.ifPresent(
          number -> {
            if (number == Math.rint(number) && Math.abs(number) < 1e15) {
              row.put(name, (long) number);
            } else {
              row.put(name, number);
            }
          });
    }
    return row;
  }
}
