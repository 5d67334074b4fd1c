package io.jenkins.plugins.canarygate.evidence.keptn;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a KeptnMetricsProvider asks, and how Keptn takes its answers. */
enum DataSource {
  PROMETHEUS("Prometheus"),
  THANOS("Thanos"),
  CORTEX("Cortex"),
  DATADOG("Datadog"),
  DYNATRACE("Dynatrace"),
  DQL("Dynatrace (DQL)"),
  ELASTIC("Elastic"),
  UNKNOWN("an unknown data source");

  /** A query with one of these looks at the window's end, or forward, rather than at its begin. */
  private static final Pattern LOOKS_FORWARD =
      Pattern.compile("@\\s*end\\s*\\(\\s*\\)|\\boffset\\s+-");

  private final String title;

  DataSource(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** By the type of a provider. */
  static DataSource of(String type) {
    for (DataSource source : values()) {
      if (source.name().equals(type.toUpperCase(Locale.ROOT))) {
        return source;
      }
    }
    return UNKNOWN;
  }

  /** Whether Keptn makes a 0 of no data, or may do so. */
  boolean zeroMayBeNoData() {
    return this == DATADOG || this == DYNATRACE || this == UNKNOWN;
  }

  /** Whether an Analysis takes the first of the samples that the query has in its window. */
  boolean firstSampleOnly() {
    return this == PROMETHEUS || this == THANOS || this == CORTEX;
  }

  /** Whether a query of theirs, taken at the beginning of the window, still looks into it. */
  static boolean looksForward(String query) {
    return LOOKS_FORWARD.matcher(query).find();
  }

  /** What to know of it when it stands behind an Analysis. */
  Optional<String> quirk() {
    return switch (this) {
      case PROMETHEUS, THANOS, CORTEX ->
          Optional.of(
              "Keptn takes the query's value at the beginning of the window alone: aggregate in the"
                  + " query, up to the window's end, as in rate(x[5m] @ end())");
      case DATADOG, DYNATRACE ->
          Optional.of(
              "Keptn makes a 0 of no data: a 0 is no evidence unless the check says zeroIsData:"
                  + " true");
      case DQL -> Optional.of("Keptn takes the last value of the first record, whatever is in it");
      case ELASTIC ->
          Optional.of(
              "Keptn hands the query no window, so the query must have its own; it takes a number"
                  + " whose path contains the argument metricPath, and any of them if several do");
      case UNKNOWN -> Optional.empty();
    };
  }
}
