package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The target of an objective as a person reads it: {@code fail > 0.05, warn > 0.02}. */
final class TargetText {
  private static final Map<String, String> SIGNS = new LinkedHashMap<>();

  static {
    // The order in which Keptn looks at them: only the first that is given counts.
    SIGNS.put("equalTo", "==");
    SIGNS.put("lessThanOrEqual", "<=");
    SIGNS.put("lessThan", "<");
    SIGNS.put("greaterThanOrEqual", ">=");
    SIGNS.put("greaterThan", ">");
  }

  private TargetText() {}

  /** Empty for an objective that has no target. */
  static String of(JsonNode target) {
    String fail = operator(target.path("failure"));
    String warn = operator(target.path("warning"));
    String both = fail.isEmpty() || warn.isEmpty() ? "" : ", ";
    return (fail.isEmpty() ? "" : "fail " + fail) + both + (warn.isEmpty() ? "" : "warn " + warn);
  }

  private static String operator(JsonNode operator) {
    for (Map.Entry<String, String> sign : SIGNS.entrySet()) {
      JsonNode value = operator.path(sign.getKey()).path("fixedValue");
      if (!value.isMissingNode()) {
        return sign.getValue() + " " + Quantity.text(value.asText(""));
      }
    }
    String in = range("in", operator.path("inRange"));
    return in.isEmpty() ? range("not in", operator.path("notInRange")) : in;
  }

  private static String range(String word, JsonNode range) {
    return range.isObject()
        ? word
            + " ["
            + Quantity.text(range.path("lowBound").asText(""))
            + ", "
            + Quantity.text(range.path("highBound").asText(""))
            + "]"
        : "";
  }
}
