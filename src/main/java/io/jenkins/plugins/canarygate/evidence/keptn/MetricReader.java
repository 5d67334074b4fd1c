package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Metric;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the value of a KeptnMetric, and whether it says anything of now. */
final class MetricReader {
  /** How long past its time a fetch may be: the operator gives a data source 20 s. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Duration LATEST_LOOK = Duration.ofSeconds(15);
  private static final Duration SOONEST_LOOK = Duration.ofSeconds(1);

  private final KeptnApi api;
  private final KeptnSection section;
  private final Instant now;
  private final Optional<Instant> trafficSince;

  /** What came of reading one metric. */
  sealed interface Read {
    /**
     * @param updated when the value was fetched
     */
    record Value(double value, Instant updated, DataSource source) implements Read {}

    /** It was read, and says nothing. */
    record None(String why) implements Read {}

    /** Another value is due. */
    record Soon(Duration lookAgain, String why) implements Read {}

    /** The operator could not fetch it. */
    record Broken(String why, Duration after) implements Read {}
  }

  /**
   * @param trafficSince when the canary got its traffic, where what was before is no evidence
   */
  MetricReader(KeptnApi api, KeptnSection section, Instant now, Optional<Instant> trafficSince) {
    this.api = api;
    this.section = section;
    this.now = now;
    this.trafficSince = trafficSince;
  }

  Read read(Metric metric) throws KeptnException {
    String name = KeptnKind.METRIC.named(metric.namespace(), metric.name());
    Optional<JsonNode> found = api.find(KeptnKind.METRIC, metric.namespace(), metric.name());
    if (found.isEmpty()) {
      return new Read.Broken("there is no " + name + "; see whether its name is right", GRACE);
    }
    JsonNode object = found.get();
    String provider = object.path("spec").path("provider").path("name").asText("");
    Optional<DataSource> source = Template.source(api, metric.namespace(), provider);
    JsonNode latest = latest(object);
    Optional<Instant> updated = KubeJson.instant(latest, "lastUpdated");
    Duration fetch = fetchInterval(object);
    if (updated.isEmpty()) {
      return neverFetched(object, name, provider, source);
    }
    Instant due = updated.get().plus(fetch).plus(GRACE);
    Optional<String> error = KubeJson.text(latest, "errMsg");
    if (error.isPresent()) {
      return new Read.Broken(
          name + ": the operator could not fetch it: " + Plain.line(error.get()), until(due));
    }
    return stale(name, updated.get(), due)
        .or(() -> changed(name, object, updated.get(), due))
        .or(() -> early(name, object, updated.get()))
        .orElseGet(() -> value(name, latest, updated.get(), source));
  }

  /** With {@code storedResults} only the list of results is written, newest last. */
  static JsonNode latest(JsonNode metric) {
    JsonNode status = metric.path("status");
    if (metric.path("spec").path("range").path("storedResults").asInt(0) <= 0) {
      return status;
    }
    JsonNode results = status.path("intervalResults");
    return results.isEmpty() ? MissingNode.getInstance() : results.get(results.size() - 1);
  }

  static Duration fetchInterval(JsonNode metric) {
    // Whatever is less has the effect of the operator's own 10 s.
    return Duration.ofSeconds(
        Math.max(10, metric.path("spec").path("fetchIntervalSeconds").asLong(0)));
  }

  private Read neverFetched(
      JsonNode object, String name, String provider, Optional<DataSource> source) {
    if (source.isEmpty()) {
      return new Read.None(
          name + " was never fetched: there is no " + KeptnKind.PROVIDER.kind() + " " + provider);
    }
    Optional<Instant> created = KubeJson.instant(object, "metadata", "creationTimestamp");
    Instant due = created.orElse(Instant.EPOCH).plus(GRACE).plus(GRACE);
    return now.isBefore(due)
        ? new Read.Soon(until(due), name + " was just created")
        : new Read.None(
            name
                + " was never fetched: "
                + KeptnKind.PRODUCT
                + " may not be running, or may not see this namespace");
  }

  private Optional<Read> stale(String name, Instant updated, Instant due) {
    if (updated.isAfter(now.plus(SKEW))) {
      return Optional.of(
          new Read.None(
              name
                  + " was fetched in the future, at "
                  + Numbers.dayAndTime(updated)
                  + ": the clocks of this machine and the cluster differ"));
    }
    Duration age = Duration.between(updated, now);
    if (age.compareTo(section.oldest()) <= 0) {
      return Optional.empty();
    }
    String old =
        name
            + " is "
            + Numbers.length(age)
            + " old, more than maxAge "
            + Numbers.length(section.oldest());
    return Optional.of(
        now.isBefore(due)
            ? new Read.Soon(until(due), old + "; the next value is due")
            : new Read.None(old + ", and no newer value came when it was due"));
  }

  /** After a change of its spec a metric goes on showing what the query before gave. */
  private Optional<Read> changed(String name, JsonNode object, Instant updated, Instant due) {
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      Optional<Instant> at = KubeJson.instant(entry, "time");
      boolean spec = entry.path("fieldsV1").has("f:spec");
      if (spec && at.filter(updated::isBefore).isPresent()) {
        String why = name + " was changed after its value was fetched";
        return Optional.of(
            now.isBefore(due)
                ? new Read.Soon(until(due), why + "; the next value is due")
                : new Read.None(why + ", and no newer value came when it was due"));
      }
    }
    return Optional.empty();
  }

  /** What was measured before the canary got its traffic says nothing of it (rule M5). */
  private Optional<Read> early(String name, JsonNode object, Instant updated) {
    Duration back = GoDuration.parse(rangeInterval(object)).orElse(Duration.ZERO);
    return trafficSince
        .map(since -> since.plus(back))
        .filter(first -> !updated.isAfter(first))
        .map(
            first ->
                new Read.Soon(
                    until(now.plus(LATEST_LOOK)),
                    name
                        + " was fetched at "
                        + Numbers.time(updated)
                        + " UTC; only what is fetched after "
                        + Numbers.time(first)
                        + " UTC is about the canary alone"));
  }

  private static String rangeInterval(JsonNode object) {
    return object.path("spec").path("range").path("interval").asText("");
  }

  private Read value(String name, JsonNode latest, Instant updated, Optional<DataSource> provider) {
    DataSource source = provider.orElse(DataSource.UNKNOWN);
    if (source == DataSource.ELASTIC) {
      return new Read.None(
          name
              + " comes from Elastic, of whose answer Keptn takes any number for a metric: use an"
              + " Analysis with the argument metricPath");
    }
    String text = latest.path("value").asText("");
    OptionalDouble value = GoNumber.parse(text);
    if (value.isEmpty()) {
      return new Read.None(
          name + (text.isEmpty() ? " has no value" : " is '" + Plain.line(text) + "', no number"));
    }
    if (value.getAsDouble() == 0 && source.zeroMayBeNoData() && !section.takesZero()) {
      return new Read.None(
          name
              + " is 0 and comes from "
              + source.title()
              + ", of whose no data Keptn makes a 0; if it is a value, say zeroIsData: true");
    }
    return new Read.Value(value.getAsDouble(), updated, source);
  }

  private Duration until(Instant due) {
    Duration wait = Duration.between(now, due);
    if (wait.compareTo(SOONEST_LOOK) < 0) {
      return SOONEST_LOOK;
    }
    return wait.compareTo(LATEST_LOOK) > 0 ? LATEST_LOOK : wait;
  }
}
