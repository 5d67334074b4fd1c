package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Grade;
import java.util.Optional;

/**
 * How the measurements of one metric of one AnalysisRun came out, counted rather than believed: the
 * phase of a run can be Successful although every measurement was an error (argo-rollouts #4479).
 *
 * @param name the metric's name
 * @param successful measurements that were good
 * @param failed measurements that were bad
 * @param inconclusive measurements that were neither
 * @param errors measurements that did not come about
 * @param errorsInARow the errors since the last measurement that came about
 * @param limits how many of each it may have
 * @param phase the controller's own word, believed only where it is bad
 * @param ended whether nothing more will be measured
 */
record MetricCount(
    String name,
    int successful,
    int failed,
    int inconclusive,
    int errors,
    int errorsInARow,
    Limits limits,
    String phase,
    boolean ended) {

  /**
   * A metric's limits; more than the limit is a breach.
   *
   * @param failures -1 for none
   */
  record Limits(int failures, int inconclusives, int errorsInARow) {
    static Limits of(JsonNode metric) {
      return new Limits(
          number(metric.path("failureLimit"), 0),
          number(metric.path("inconclusiveLimit"), 0),
          number(metric.path("consecutiveErrorLimit"), 4));
    }

    /** A number, or a number in a string: both are allowed there. */
    private static int number(JsonNode node, int otherwise) {
      try {
        return Integer.parseInt(node.asText("").strip());
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }
  }

  /**
   * @param metric the metric as the run's spec has it
   * @param result its result in the run's status; missing before its first measurement
   * @param runEnded whether the run measures no more
   */
  static MetricCount of(JsonNode metric, JsonNode result, boolean runEnded) {
    // The list holds only the newest measurements, the counters all: neither may hide the other.
    int[] listed = new int[4];
    for (JsonNode measurement : result.path("measurements")) {
      switch (measurement.path("phase").asText("")) {
        case "Successful" -> listed[0]++;
        case "Failed" -> listed[1]++;
        case "Inconclusive" -> listed[2]++;
        case "Error" -> listed[3]++;
        default -> {
          // Pending or Running: not a measurement yet.
        }
      }
    }
    String phase = result.path("phase").asText("");
    return new MetricCount(
        metric.path("name").asText(""),
        successful(result, listed[0]),
        Math.max(result.path("failed").asInt(0), listed[1]),
        Math.max(result.path("inconclusive").asInt(0), listed[2]),
        Math.max(result.path("error").asInt(0), listed[3]),
        Math.max(result.path("consecutiveError").asInt(0), trailingErrors(result)),
        Limits.of(metric),
        phase,
        runEnded || phase.matches("Successful|Failed|Inconclusive|Error"));
  }

  /** A success counts only if it is counted, and, where measurements are listed, one may be. */
  private static int successful(JsonNode result, int listed) {
    int counted = result.path("successful").asInt(0);
    int kept = result.path("measurements").size();
    int all =
        counted
            + result.path("failed").asInt(0)
            + result.path("inconclusive").asInt(0)
            + result.path("error").asInt(0);
    // Where the list is whole, it decides.
    return kept >= all ? listed : counted;
  }

  private static int trailingErrors(JsonNode result) {
    int row = 0;
    for (JsonNode measurement : result.path("measurements")) {
      String phase = measurement.path("phase").asText("");
      if (phase.equals("Error")) {
        row++;
      } else if (phase.matches("Successful|Failed|Inconclusive")) {
        row = 0;
      }
    }
    return row;
  }

  /** What the metric says; empty while it has said nothing yet. */
  Optional<Grade> grade() {
    boolean failing = limits.failures() >= 0 && failed > limits.failures();
    boolean bad = phase.equals("Failed") || phase.equals("Error");
    if (failing || bad || errorsInARow > limits.errorsInARow()) {
      return Optional.of(Grade.FAIL);
    }
    if (inconclusive > limits.inconclusives() || phase.equals("Inconclusive")) {
      return Optional.of(Grade.INCONCLUSIVE);
    }
    if (successful > 0) {
      return Optional.of(Grade.PASS);
    }
    return ended ? Optional.of(Grade.INCONCLUSIVE) : Optional.empty();
  }

  /** One line: {@code success rate 5 good, 1 failed (limit 0)}. */
  String text() {
    StringBuilder text = new StringBuilder(name).append(' ').append(successful).append(" good");
    if (failed > 0) {
      text.append(", ").append(failed).append(" failed");
      text.append(limits.failures() < 0 ? "" : " (limit " + limits.failures() + ")");
    }
    if (inconclusive > 0) {
      text.append(", ").append(inconclusive).append(" inconclusive");
      text.append(" (limit ").append(limits.inconclusives()).append(')');
    }
    if (errors > 0 || errorsInARow > 0) {
      text.append(", ").append(Math.max(errors, errorsInARow)).append(" errors, ");
      text.append(errorsInARow).append(" in a row (limit ");
      text.append(limits.errorsInARow()).append(')');
    }
    return text.toString();
  }
}
