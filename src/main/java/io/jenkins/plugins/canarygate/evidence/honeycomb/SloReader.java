package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.util.Optional;
import java.util.Set;

/** What an SLO says of a service; it cannot tell canary from stable. */
final class SloReader {
  static final Set<String> RESULTS = Set.of("compliance", "budget_remaining", "burn_rate");

  private SloReader() {}

  /** A value that criteria judge, or without {@code result} the SLO's own state (rule M9). */
  static Reading.Answer read(JsonNode slo, Optional<String> result) {
    return result.map(name -> value(slo, name)).orElseGet(() -> state(slo));
  }

  private static Reading.Answer value(JsonNode slo, String name) {
    JsonNode value = slo.path(name);
    if (!RESULTS.contains(name) || !value.isNumber()) {
      return Reading.Answer.of(Values.none())
          .withDetail(
              "Honeycomb gave no '"
                  + name
                  + "' of the SLO; what can be judged is "
                  + String.join(", ", RESULTS.stream().sorted().toList())
                  + ", which Honeycomb gives on its Enterprise plan");
    }
    return Reading.Answer.of(Values.of(value.doubleValue())).withDetail(title(slo));
  }

  private static Reading.Answer state(JsonNode slo) {
    String status = slo.path("status").asText("");
    return switch (status) {
      case "triggered" ->
          Reading.Answer.judged(Grade.FAIL, "a burn alert of " + title(slo) + " is triggered");
      case "normal" ->
          Reading.Answer.judged(Grade.PASS, "no burn alert of " + title(slo) + " is triggered");
      case "no_alerts" ->
          Reading.Answer.judged(
              Grade.INCONCLUSIVE,
              title(slo) + " has no burn alerts; give it one, or judge a 'result' of it");
      case "no_events" -> Reading.Answer.judged(Grade.INCONCLUSIVE, title(slo) + " sees no events");
      default ->
          Reading.Answer.judged(
              Grade.INCONCLUSIVE,
              title(slo)
                  + " has no status that is known ("
                  + (status.isEmpty() ? "none" : HoneycombProblems.line(status))
                  + "); Honeycomb gives it on its Enterprise plan");
    };
  }

  private static String title(JsonNode slo) {
    return "SLO '" + HoneycombProblems.line(slo.path("name").asText("without a name")) + "'";
  }
}
