package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Numbers;
import java.time.Instant;
import java.util.Optional;

/** What Keptn says of one objective of a completed Analysis. */
final class ObjectiveResult {
  private final JsonNode result;

  ObjectiveResult(JsonNode result) {
    this.result = result;
  }

  JsonNode template() {
    return result.path("objective").path("analysisValueTemplateRef");
  }

  private String name() {
    return template().path("name").asText("an objective");
  }

  private double weight() {
    return result.path("objective").path("weight").asDouble(0);
  }

  private double score() {
    return result.path("score").asDouble(0);
  }

  private boolean key() {
    return result.path("objective").path("keyObjective").asBoolean(false);
  }

  private String target() {
    return TargetText.of(result.path("objective").path("target"));
  }

  /** Whether it can keep an Analysis from passing: one without a target passes whatever it is. */
  boolean judges() {
    return !target().isEmpty() && (weight() > 0 || key());
  }

  /** Whether it fails the whole Analysis by itself. */
  boolean fatal() {
    return key() && score() == 0;
  }

  /**
   * Why its value is no evidence; empty if it is.
   *
   * @param source what it comes from
   * @param takesZero whether a 0 counts whatever it comes from
   * @param from the begin of the window
   * @param trafficSince when the canary got its traffic, where that matters
   */
  Optional<String> unknown(
      DataSource source,
      boolean takesZero,
      Optional<Instant> from,
      Optional<Instant> trafficSince) {
    String query = result.path("query").asText("");
    JsonNode value = result.path("value");
    if (result.hasNonNull("error")) {
      String num = result.path("error").path("Num").asText("");
      return Optional.of(
          num.isEmpty()
              ? "there was no value"
              : "its value '" + Plain.line(num) + "' is no number");
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      return Optional.of("it has no value that is a number");
    }
    if (query.contains(GoTemplate.NO_VALUE)) {
      return Optional.of("an argument of its query is missing (" + GoTemplate.NO_VALUE + ")");
    }
    if (value.asDouble() == 0 && source.zeroMayBeNoData() && !takesZero && !target().isEmpty()) {
      return Optional.of(
          "its 0 comes from "
              + source.title()
              + ", of whose no data Keptn makes a 0; if it is a value, say zeroIsData: true");
    }
    Optional<Instant> at = asOf(source, from);
    if (at.isPresent() && trafficSince.filter(since -> !at.get().isAfter(since)).isPresent()) {
      return Optional.of(
          "Keptn took it at the begin of the window, "
              + Numbers.time(at.get())
              + " UTC, when the canary had no traffic yet; end the query's range with @ end()");
    }
    return Optional.empty();
  }

  /** The begin of the window, where that is the moment that the value is of. */
  private Optional<Instant> asOf(DataSource source, Optional<Instant> from) {
    boolean first =
        source.firstSampleOnly() && !DataSource.looksForward(result.path("query").asText(""));
    return from.filter(begin -> first);
  }

  /** {@code errors 0.012 as of 10:00:00 UTC (fail > 0.05): 2 of 2}. */
  String text(Optional<String> unknown, DataSource source, Optional<Instant> from) {
    String target = target().isEmpty() ? "no target" : target();
    String when = asOf(source, from).map(at -> " as of " + Numbers.time(at) + " UTC").orElse("");
    return name()
        + " "
        + unknown.orElseGet(() -> Numbers.value(result.path("value").asDouble()) + when)
        + " ("
        + target
        + (key() ? ", key" : "")
        + "): "
        + Numbers.value(score())
        + " of "
        + Numbers.value(weight());
  }
}
