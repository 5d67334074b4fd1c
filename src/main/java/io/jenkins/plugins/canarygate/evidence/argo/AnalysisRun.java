package io.jenkins.plugins.canarygate.evidence.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.canarygate.check.Grade;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** One AnalysisRun of the controller. */
final class AnalysisRun {
  private final JsonNode object;

  AnalysisRun(JsonNode object) {
    this.object = object;
  }

  String name() {
    return object.path("metadata").path("name").asText("");
  }

  private String label(String key) {
    return object.path("metadata").path("labels").path(key).asText("");
  }

  String hash() {
    return label("rollouts-pod-template-hash");
  }

  /** Step, Background, PrePromotion or PostPromotion. */
  String type() {
    return label("rollout-type");
  }

  /** What it was made for: a later run for the same takes its place. */
  String purpose() {
    return type() + " " + label("step-index");
  }

  /** Whether the Rollout with this uid is its controller. */
  boolean ownedBy(String uid) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean(false) && owner.path("uid").asText("").equals(uid)) {
        return true;
      }
    }
    return false;
  }

  Instant created() {
    try {
      return OffsetDateTime.parse(object.path("metadata").path("creationTimestamp").asText(""))
          .toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** Whether it was stopped: what had not failed by then was made Successful. */
  boolean terminated() {
    return object.path("spec").path("terminate").asBoolean(false);
  }

  String phase() {
    return object.path("status").path("phase").asText("");
  }

  private boolean ended() {
    return phase().matches("Successful|Failed|Inconclusive|Error");
  }

  /** The metrics that count: dry runs do not. */
  List<MetricCount> metrics() {
    List<MetricCount> counts = new ArrayList<>();
    for (JsonNode metric : object.path("spec").path("metrics")) {
      JsonNode result = result(metric.path("name").asText(""));
      if (!isDryRun(metric.path("name").asText("")) && !result.path("dryRun").asBoolean(false)) {
        counts.add(MetricCount.of(metric, result, ended()));
      }
    }
    return counts;
  }

  private JsonNode result(String metric) {
    for (JsonNode result : object.path("status").path("metricResults")) {
      if (result.path("name").asText("").equals(metric)) {
        return result;
      }
    }
    return MissingNode.getInstance();
  }

  private boolean isDryRun(String metric) {
    for (JsonNode dryRun : object.path("spec").path("dryRun")) {
      String pattern = dryRun.path("metricName").asText("");
      if (pattern.equals("*") || pattern.equals(metric) || matches(pattern, metric)) {
        return true;
      }
    }
    return false;
  }

  /** The controller reads the name as a regular expression that need not match all of it. */
  private static boolean matches(String pattern, String metric) {
    try {
      return Pattern.compile(pattern).matcher(metric).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** What the run says; empty while it has not said enough. */
  Optional<Grade> grade() {
    List<MetricCount> metrics = metrics();
    List<Optional<Grade>> grades = metrics.stream().map(MetricCount::grade).toList();
    if (grades.contains(Optional.of(Grade.FAIL)) || failedAsAWhole()) {
      return Optional.of(Grade.FAIL);
    }
    if (metrics.isEmpty() || grades.contains(Optional.of(Grade.INCONCLUSIVE))) {
      return Optional.of(Grade.INCONCLUSIVE);
    }
    return grades.stream().allMatch(Optional::isPresent)
        ? Optional.of(Grade.PASS)
        : Optional.empty();
  }

  /** A run can fail before it measures: arguments that are missing, a template that is wrong. */
  private boolean failedAsAWhole() {
    return phase().equals("Failed") || phase().equals("Error");
  }

  /** One line on it, metric by metric. */
  String text() {
    List<MetricCount> metrics = metrics();
    String counts =
        metrics.isEmpty()
            ? "no metric that counts"
            : metrics.stream().map(MetricCount::text).collect(Collectors.joining("; "));
    String message = object.path("status").path("message").asText("").replaceAll("\\s+", " ");
    return name()
        + " ("
        + (phase().isEmpty() ? "not begun" : phase())
        + "): "
        + counts
        + (failedAsAWhole() && !message.isEmpty() ? " [" + message.strip() + "]" : "");
  }
}
