package io.jenkins.plugins.canarygate.sandbox.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.Map;
import java.util.Optional;

/** How the operator scores the values of an Analysis, and how it writes that down. */
final class Scoring {
  private final ObjectNode raw = Json.object();
  private double total;
  private double maximum;
  private boolean keyFailed;
  private boolean writable = true;
  boolean pass;
  boolean warning;

  /**
   * A value that a provider gave.
   *
   * @param error empty where there is none
   */
  record Given(JsonNode reference, String query, String value, String error) {}

  Scoring(JsonNode definition, Map<String, Given> values) {
    ArrayNode results = raw.putArray("objectiveResults");
    for (JsonNode objective : definition.path("objectives")) {
      objective(results.addObject(), objective, values);
    }
    double achieved = maximum == 0 ? 0 : total / maximum * 100;
    JsonNode score = definition.path("totalScore");
    pass = achieved >= score.path("passPercentage").asInt();
    warning = !pass && achieved >= score.path("warningPercentage").asInt();
    if (keyFailed) {
      pass = false;
      warning = false;
    }
    raw.put("totalScore", total).put("maximumScore", maximum);
    raw.put("pass", pass).put("warning", warning);
  }

  /** What becomes {@code status.raw}; empty where the operator cannot write it as JSON. */
  Optional<String> raw() {
    return writable ? Optional.of(raw.toString()) : Optional.empty();
  }

  private void objective(ObjectNode to, JsonNode objective, Map<String, Given> values) {
    double weight = objective.path("weight").asDouble(1);
    maximum += weight;
    Given given = values.get(key(objective.path("analysisValueTemplateRef")));
    Optional<Double> value = given == null ? Optional.empty() : GoFloat.parse(given.value());
    ObjectNode target = to.putObject("result");
    double score = value.map(v -> score(target, objective, v, weight)).orElse(0.0);
    if (value.isEmpty()) {
      untested(target);
    }
    ObjectNode copy = to.set("objective", objective.deepCopy());
    copy.put("weight", (int) weight);
    to.put("value", value.orElse(0.0));
    to.put("query", given == null ? "" : given.query());
    to.put("score", score);
    if (value.isEmpty()) {
      ObjectNode error = to.putObject("error");
      if (given != null) {
        error.put("Func", "ParseFloat").put("Num", given.value()).putObject("Err");
      }
    }
    writable &= Double.isFinite(value.orElse(0.0));
    total += score;
    keyFailed |= score == 0 && objective.path("keyObjective").asBoolean();
  }

  private static void untested(ObjectNode target) {
    for (String word : new String[] {"failResult", "warnResult"}) {
      target.putObject(word).put("fulfilled", false).putObject("operator");
    }
    target.put("warning", false).put("pass", false);
  }

  private static double score(ObjectNode to, JsonNode objective, double value, double weight) {
    untested(to);
    JsonNode target = objective.path("target");
    if (test(to.withObject("/failResult"), target.path("failure"), value)) {
      return 0;
    }
    if (test(to.withObject("/warnResult"), target.path("warning"), value)) {
      to.put("warning", true);
      return weight / 2;
    }
    to.put("pass", true);
    return weight;
  }

  private static boolean test(ObjectNode to, JsonNode operator, double value) {
    if (!operator.isObject()) {
      return false;
    }
    to.set("operator", operator.deepCopy());
    boolean fulfilled = fulfilled(operator, value);
    to.put("fulfilled", fulfilled);
    return fulfilled;
  }

  private static boolean fulfilled(JsonNode operator, double value) {
    if (operator.has("equalTo")) {
      return value == fixed(operator, "equalTo");
    }
    if (operator.has("lessThanOrEqual")) {
      return value <= fixed(operator, "lessThanOrEqual");
    }
    if (operator.has("lessThan")) {
      return value < fixed(operator, "lessThan");
    }
    if (operator.has("greaterThanOrEqual")) {
      return value >= fixed(operator, "greaterThanOrEqual");
    }
    if (operator.has("greaterThan")) {
      return value > fixed(operator, "greaterThan");
    }
    if (operator.has("inRange")) {
      return value >= bound(operator, "inRange", "lowBound")
          && value <= bound(operator, "inRange", "highBound");
    }
    return operator.has("notInRange")
        && (value < bound(operator, "notInRange", "lowBound")
            || value > bound(operator, "notInRange", "highBound"));
  }

  private static double fixed(JsonNode operator, String name) {
    return bound(operator, name, "fixedValue");
  }

  private static double bound(JsonNode operator, String name, String bound) {
    return GoFloat.quantity(operator.path(name).path(bound).asText());
  }

  static String key(JsonNode reference) {
    String namespace = reference.path("namespace").asText("");
    return reference.path("name").asText() + (namespace.isEmpty() ? "" : "-" + namespace);
  }
}
