package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What an expression gave at the moments of a {@link Grid}.
 *
 * @param values for each moment the values of the series that had one; they may be NaN or infinite
 */
record RangeAnswer(List<List<Double>> values) {

  /**
   * Reads a successful answer.
   *
   * @throws PrometheusException if it is partial, or holds something other than numbers
   */
  static RangeAnswer of(JsonNode body, Grid grid) throws PrometheusException {
    QueryAnswer.notes(body);
    JsonNode data = body.path("data");
    if (!data.path("resultType").asText("").equals("matrix") || !data.path("result").isArray()) {
      throw QueryAnswer.strange("'matrix'");
    }
    List<List<Double>> values =
        Stream.<List<Double>>generate(ArrayList::new).limit(grid.points()).toList();
    for (JsonNode series : data.path("result")) {
      add(series, grid, values);
    }
    return new RangeAnswer(values);
  }

  private static void add(JsonNode series, Grid grid, List<List<Double>> values)
      throws PrometheusException {
    if (series.has("histograms")) {
      throw new PrometheusException(Kind.INVALID, "the query gives native histograms");
    }
    int last = -1;
    for (JsonNode sample : series.path("values")) {
      double value = QueryAnswer.number(sample);
      if (!sample.path(0).isNumber()) {
        throw QueryAnswer.strange("the time of a sample");
      }
      OptionalInt point = grid.nearest(sample.path(0).doubleValue());
      if (point.isPresent() && point.getAsInt() > last) {
        last = point.getAsInt();
        values.get(last).add(value);
      }
    }
  }

  /**
   * One line: at each moment what would have been judged then; empty where there was nothing to
   * judge. A value that is no number is left as it is.
   *
   * @param reduce what is made of several series
   * @throws PrometheusException if there are several at one moment, and nothing is made of them
   */
  List<OptionalDouble> line(Optional<Reduction> reduce) throws PrometheusException {
    List<OptionalDouble> line = new ArrayList<>();
    for (List<Double> together : values) {
      if (together.size() > 1 && reduce.isEmpty()) {
        throw new PrometheusException(
            Kind.INVALID, "the query gave several series at once earlier in the window");
      }
      double[] all = together.stream().mapToDouble(Double::doubleValue).toArray();
      line.add(
          all.length == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(reduce.map(r -> r.apply(all)).orElse(all[0])));
    }
    return line;
  }
}
