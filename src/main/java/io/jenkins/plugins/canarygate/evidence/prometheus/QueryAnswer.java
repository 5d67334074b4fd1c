package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an expression gave at one moment.
 *
 * @param series its series; a scalar is one without labels
 * @param notes what Prometheus remarked, as {@code PromQL warning: …}
 */
record QueryAnswer(List<Series> series, List<String> notes) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final int NOTES = 3;

  /**
   * A series.
   *
   * @param labels as Prometheus writes them, {@code {pod="a"}}
   * @param value may be NaN or infinite
   */
  record Series(String labels, double value) {}

  /**
   * Reads a successful answer.
   *
   * @throws PrometheusException if it is partial, or holds something other than numbers
   */
  static QueryAnswer of(JsonNode body) throws PrometheusException {
    List<String> notes = notes(body);
    JsonNode data = body.path("data");
    JsonNode result = data.path("result");
    List<Series> series = new ArrayList<>();
    switch (data.path("resultType").asText("")) {
      case "scalar" -> series.add(new Series("{}", number(result)));
      case "vector" -> {
        if (!result.isArray()) {
          throw strange("'result'");
        }
        for (JsonNode one : result) {
          series.add(series(one));
        }
      }
      case "matrix" ->
          throw new PrometheusException(
              Kind.INVALID,
              "the query gives a range of samples, which is no number; put a function around it, as"
                  + " rate(…) or avg_over_time(…)");
      case "string" ->
          throw new PrometheusException(Kind.INVALID, "the query gives a text, which is no number");
      default -> throw strange("'resultType'");
    }
    return new QueryAnswer(List.copyOf(series), notes);
  }

  /**
   * What was remarked. What PromQL itself remarks is about the expression; everything else means
   * that a store or a remote server did not give its part.
   */
  static List<String> notes(JsonNode body) throws PrometheusException {
    for (String mark : List.of("isPartial", "isTruncated", "partial", "truncated")) {
      if (body.path(mark).asBoolean() || body.path("data").path(mark).asBoolean()) {
        throw partial("it says so (" + mark + ")");
      }
    }
    List<String> notes = new ArrayList<>();
    for (String kind : List.of("warnings", "infos")) {
      for (JsonNode item : body.path(kind)) {
        String text = PrometheusProblems.line(item.asText(""));
        if (kind.equals("warnings") && !text.startsWith("PromQL ")) {
          throw partial(text);
        }
        if (notes.size() < NOTES) {
          notes.add(text);
        }
      }
    }
    return List.copyOf(notes);
  }

  private static PrometheusException partial(String why) {
    return new PrometheusException(
        Kind.PARTIAL, "Prometheus' answer is only a part, which is no evidence: " + why);
  }

  private static Series series(JsonNode one) throws PrometheusException {
    String labels = Labels.text(one.path("metric"));
    if (one.has("histogram")) {
      throw new PrometheusException(
          Kind.INVALID,
          "the query gives a native histogram, which is no number; put histogram_quantile(…),"
              + " histogram_fraction(…) or histogram_count(…) around it");
    }
    return new Series(labels, number(one.path("value")));
  }

  static double number(JsonNode sample) throws PrometheusException {
    JsonNode value = sample.path(1);
    if (!sample.isArray() || sample.size() != 2 || !value.isTextual()) {
      throw strange("a sample");
    }
    return switch (value.textValue()) {
      case "NaN" -> Double.NaN;
      case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!NUMBER.matcher(value.textValue()).matches()) {
          throw strange("a number");
        }
        yield Double.parseDouble(value.textValue());
      }
    };
  }

  static PrometheusException strange(String what) {
    return new PrometheusException(
        Kind.NOT_UNDERSTOOD, "Prometheus' answer is not understood: " + what + " is missing");
  }
}
