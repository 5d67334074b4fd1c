package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.kube.KubeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a completed Analysis says. Keptn's word is believed where it is bad; where it is good, there
 * must be values behind it: Keptn passes whatever is no number.
 */
final class AnalysisReader {
  static final String COMPLETED = "Completed";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Instants in objects are whole seconds, and are written by several clocks of one cluster. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private final KeptnApi api;
  private final boolean takesZero;
  private final Optional<Instant> trafficSince;

  /**
   * @param takesZero whether a 0 counts whatever it comes from
   * @param trafficSince when the canary got its traffic, where what was before is no evidence
   */
  AnalysisReader(KeptnApi api, boolean takesZero, Optional<Instant> trafficSince) {
    this.api = api;
    this.takesZero = takesZero;
    this.trafficSince = trafficSince;
  }

  Reading.Answer read(JsonNode analysis) throws KeptnException {
    JsonNode raw = raw(analysis);
    if (!raw.path("objectiveResults").isArray() || badStoredValue(analysis)) {
      return none(
          "Keptn left no readable result: a value was no finite number (NaN), which it lets pass");
    }
    List<ObjectiveResult> objectives = new ArrayList<>();
    raw.path("objectiveResults").forEach(result -> objectives.add(new ObjectiveResult(result)));
    if (objectives.stream().noneMatch(ObjectiveResult::judges)) {
      return none("no objective has both a target and a weight, so nothing was judged");
    }
    JsonNode status = analysis.path("status");
    if (KubeJson.isTrue(raw, "pass") != KubeJson.isTrue(status, "pass")
        || KubeJson.isTrue(raw, "warning") != KubeJson.isTrue(status, "warning")) {
      return none("Keptn's result and its status contradict each other");
    }
    Optional<String> window = wrongWindow(analysis);
    return window.isPresent() ? none(window.get()) : judge(analysis, raw, objectives);
  }

  private Reading.Answer judge(JsonNode analysis, JsonNode raw, List<ObjectiveResult> objectives)
      throws KeptnException {
    JsonNode reference = analysis.path("spec").path("analysisDefinition");
    String home =
        KubeJson.text(reference, "namespace")
            .orElse(analysis.path("metadata").path("namespace").asText(""));
    List<String> texts = new ArrayList<>();
    boolean unknown = false;
    boolean fatal = false;
    for (ObjectiveResult objective : objectives) {
      DataSource source =
          Template.read(api, objective.template(), home).source().orElse(DataSource.UNKNOWN);
      Optional<String> why = objective.unknown(source, takesZero, from(analysis), trafficSince);
      unknown |= why.isPresent();
      fatal |= why.isEmpty() && objective.fatal();
      texts.add(objective.text(why, source, from(analysis)));
    }
    Grade grade = grade(analysis.path("status"));
    if (unknown) {
      // What a key objective shows to be bad is bad, whatever the others would say (rule M2).
      grade = fatal ? Grade.FAIL : Grade.INCONCLUSIVE;
    }
    return Reading.Answer.judged(grade, score(raw, reference, home) + String.join("; ", texts));
  }

  /** Both absent is how Keptn writes a failure. */
  private static Grade grade(JsonNode status) {
    if (KubeJson.isTrue(status, "pass")) {
      return Grade.PASS;
    }
    return KubeJson.isTrue(status, "warning") ? Grade.WARN : Grade.FAIL;
  }

  private String score(JsonNode raw, JsonNode reference, String home) throws KeptnException {
    double maximum = raw.path("maximumScore").asDouble(0);
    double total = raw.path("totalScore").asDouble(0);
    String thresholds =
        api.find(KeptnKind.DEFINITION, home, reference.path("name").asText(""))
            .map(object -> "; " + new Definition(object.path("spec"), List.of()).thresholds())
            .orElse("");
    return "Keptn's score "
        + Numbers.value(total)
        + " of "
        + Numbers.value(maximum)
        + " ("
        + Numbers.score(maximum == 0 ? 0 : 100 * total / maximum)
        + thresholds
        + "): ";
  }

  private static JsonNode raw(JsonNode analysis) {
    try {
      JsonNode raw = JSON.readTree(analysis.path("status").path("raw").asText(""));
      return raw == null ? MissingNode.getInstance() : raw;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean badStoredValue(JsonNode analysis) {
    for (JsonNode stored : analysis.path("status").path("storedValues")) {
      if (GoNumber.parse(stored.path("value").asText("")).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Instant> from(JsonNode analysis) {
    return KubeJson.instant(analysis, "status", "timeframe", "from");
  }

  /** Why what it looked at says nothing of the canary. */
  private Optional<String> wrongWindow(JsonNode analysis) {
    Optional<Instant> to = KubeJson.instant(analysis, "spec", "timeframe", "to");
    Optional<Instant> created = KubeJson.instant(analysis, "metadata", "creationTimestamp");
    if (to.isPresent() && created.filter(c -> c.plus(SLACK).isBefore(to.get())).isPresent()) {
      return Optional.of(
          "its window ends after it was created ("
              + Numbers.dayAndTime(to.get())
              + "): Keptn asks at once, so the end was missing");
    }
    Optional<Instant> from = from(analysis);
    if (from.isEmpty()) {
      return Optional.of("Keptn does not say which window it looked at");
    }
    if (trafficSince.filter(since -> from.get().plus(SLACK).isBefore(since)).isPresent()) {
      return Optional.of(
          "its window begins at "
              + Numbers.time(from.get())
              + " UTC, before the canary got its traffic at "
              + Numbers.time(trafficSince.get())
              + " UTC");
    }
    return Optional.empty();
  }

  private static Reading.Answer none(String why) {
    return Reading.Answer.judged(Grade.INCONCLUSIVE, why);
  }
}
