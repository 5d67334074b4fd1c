package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The labels of a series as a person reads them. */
final class Labels {
  private static final String NAME = "__name__";
  private static final int SHOWN = 3;

  private Labels() {}

  /** {@code up{job="a"}}, one bounded line. */
  static String text(JsonNode metric) {
    TreeMap<String, String> labels = new TreeMap<>();
    metric.properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    String name = labels.containsKey(NAME) ? labels.remove(NAME) : "";
    List<String> parts = new ArrayList<>();
    labels.forEach((label, value) -> parts.add(label + "=\"" + value + "\""));
    return PrometheusProblems.line(name + "{" + String.join(", ", parts) + "}");
  }

  /** Some of several series, and how many more there are. */
  static String some(List<QueryAnswer.Series> series) {
    List<String> first = series.stream().limit(SHOWN).map(QueryAnswer.Series::labels).toList();
    int more = series.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
