package io.jenkins.plugins.canarygate.evidence.prometheus;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusException.Kind;
import io.jenkins.plugins.canarygate.evidence.prometheus.QueryAnswer.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** One measurement of one check. What is not there is no value, and never 0 (rule M8). */
final class CheckReading {
  private final PrometheusClient client;
  private final Batch batch;
  private final Names names;
  private final PrometheusSection section;
  private final Set<Cohort> cohorts;
  private final Window window;
  private final Set<String> details = new LinkedHashSet<>();

  CheckReading(
      PrometheusClient client,
      Batch batch,
      Names names,
      PrometheusSection section,
      Check check,
      Window window) {
    this.client = client;
    this.batch = batch;
    this.names = names;
    this.section = section;
    this.cohorts = check.cohorts();
    this.window = window;
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException if a placeholder cannot be filled
   */
  Reading.Answer read() throws PrometheusException {
    Duration reach = section.reach();
    if (window.length().compareTo(reach) < 0) {
      // Clamping cannot shorten a range that stands in the query (rules M5 and M6).
      return Reading.Answer.of(Values.none())
          .withDetail(
              "the query looks back "
                  + Numbers.length(reach)
                  + ", and the canary has had its traffic for only "
                  + Numbers.length(window.length())
                  + "; with [${window}] it would look back only so far");
    }
    boolean both = cohorts.contains(Cohort.STABLE);
    OptionalDouble canary = value(Cohort.CANARY);
    OptionalDouble stable = both ? value(Cohort.STABLE) : OptionalDouble.empty();
    OptionalLong canarySamples = samples(Cohort.CANARY);
    OptionalLong stableSamples = both ? samples(Cohort.STABLE) : OptionalLong.empty();
    return Reading.Answer.of(new Values(canary, stable))
        .withSamples(canarySamples, stableSamples)
        .withLink(client.page(filled(section.query(), Cohort.CANARY), window))
        .withDetail(String.join("; ", details));
  }

  private OptionalDouble value(Cohort cohort) throws PrometheusException {
    if (section.fresh() != null && !fresh(section.fresh(), cohort)) {
      return OptionalDouble.empty();
    }
    QueryAnswer answer = ask(section.query(), cohort);
    if (answer.series().isEmpty()) {
      details.add("Prometheus has no data" + of(cohort) + " for the query");
      return OptionalDouble.empty();
    }
    double value = one(answer, Optional.ofNullable(section.reduce()), "query");
    if (Double.isFinite(value)) {
      return OptionalDouble.of(value);
    }
    details.add(
        "Prometheus gave "
            + (Double.isNaN(value) ? "NaN" : "an infinite value")
            + of(cohort)
            + ", which is no number to judge");
    return OptionalDouble.empty();
  }

  private OptionalLong samples(Cohort cohort) throws PrometheusException {
    if (section.samples() == null) {
      return OptionalLong.empty();
    }
    QueryAnswer answer = ask(section.samples(), cohort);
    if (answer.series().isEmpty()) {
      return OptionalLong.empty();
    }
    double count = one(answer, Optional.empty(), "samples");
    return Double.isFinite(count) && count >= 0
        ? OptionalLong.of((long) Math.floor(count))
        : OptionalLong.empty();
  }

  private boolean fresh(PrometheusSection.Fresh fresh, Cohort cohort) throws PrometheusException {
    List<Series> newest = ask("max(timestamp(" + fresh.selector() + "\n))", cohort).series();
    if (newest.isEmpty() || !Double.isFinite(newest.get(0).value())) {
      details.add("Prometheus has no sample" + of(cohort) + " of " + fresh.selector());
      return false;
    }
    Instant last = Instant.ofEpochMilli(Math.round(newest.get(0).value() * 1000));
    Duration age = Duration.between(last, window.to());
    if (age.compareTo(fresh.maxAge()) > 0) {
      details.add(
          "the newest sample"
              + of(cohort)
              + " is "
              + Numbers.length(age)
              + " old, more than fresh.maxAge "
              + Numbers.length(fresh.maxAge()));
      return false;
    }
    return true;
  }

  private static double one(QueryAnswer answer, Optional<String> reduce, String field)
      throws PrometheusException {
    List<Series> series = answer.series();
    if (reduce.isPresent()) {
      return Reduction.of(reduce.get())
          .orElseThrow()
          .apply(series.stream().mapToDouble(Series::value).toArray());
    }
    if (series.size() == 1) {
      return series.get(0).value();
    }
    throw new PrometheusException(
        Kind.INVALID,
        "'"
            + field
            + "' gives "
            + series.size()
            + " series where one is judged: "
            + Labels.some(series)
            + "; put sum(…) or the like around it"
            + (field.equals("query") ? ", or say 'reduce'" : ""));
  }

  private QueryAnswer ask(String expression, Cohort cohort) throws PrometheusException {
    QueryAnswer answer = batch.ask(filled(expression, cohort), window.to());
    details.addAll(answer.notes());
    return answer;
  }

  private String filled(String expression, Cohort cohort) {
    return names.fill(expression, section.about(cohort), window);
  }

  private String of(Cohort cohort) {
    return cohorts.isEmpty() ? "" : " of the " + cohort.text();
  }
}
