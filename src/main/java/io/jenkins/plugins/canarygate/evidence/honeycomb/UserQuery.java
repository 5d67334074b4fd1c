package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query specification that a gate file gives, with its placeholders filled (rule M10). */
record UserQuery(JsonNode spec) {
  private static final List<String> SHARED =
      List.of("filters", "filter_combination", "calculated_fields");

  /** Whether a query tells the cohorts apart by itself, with {@code ${cohort…}} (rule M14). */
  static boolean namesCohort(JsonNode spec) {
    return Placeholders.names(spec).stream().anyMatch(name -> name.startsWith("cohort"));
  }

  /**
   * Whether its calculations can stand in one query with those of another check. Names, filters of
   * a calculation and formulas are a beta whose results have other names: such a query stays alone.
   */
  boolean plain() {
    if (!spec.path("formulas").isEmpty()) {
      return false;
    }
    for (JsonNode calculation : spec.path("calculations")) {
      if (calculation.hasNonNull("name") || !calculation.path("filters").isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a further filter would widen it rather than narrow it. */
  boolean anyFilterDoes() {
    return "OR".equals(spec.path("filter_combination").asText());
  }

  /** What all calculations of a query share; for one that stays alone, all of it. */
  ObjectNode shared() {
    ObjectNode shared = JsonNodeFactory.instance.objectNode();
    for (String name : SHARED) {
      if (spec.hasNonNull(name)) {
        shared.set(name, spec.get(name).deepCopy());
      }
    }
    // Saying what is so anyway must not keep two queries apart.
    shared.properties().removeIf(field -> field.getValue().isArray() && field.getValue().isEmpty());
    if (!anyFilterDoes()) {
      shared.remove("filter_combination");
    }
    return shared;
  }

  /** Its calculations and formulas as they stand. */
  ObjectNode own() {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("calculations", "formulas")) {
      if (spec.hasNonNull(name)) {
        own.set(name, spec.get(name).deepCopy());
      }
    }
    return own;
  }

  /** The calculations by the names that their results have. */
  Map<String, JsonNode> calculations() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (JsonNode calculation : spec.path("calculations")) {
      ObjectNode plain =
          JsonNodeFactory.instance.objectNode().put("op", calculation.path("op").asText());
      if (calculation.hasNonNull("column")) {
        plain.put("column", calculation.path("column").asText());
      }
      all.put(name(calculation), plain);
    }
    return all;
  }

  /** The only name that its result can have; empty if there are several. */
  Optional<String> onlyResult() {
    List<String> names = new ArrayList<>();
    boolean formulas = !spec.path("formulas").isEmpty();
    spec.path(formulas ? "formulas" : "calculations").forEach(item -> names.add(name(item)));
    return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
  }

  private static String name(JsonNode calculation) {
    if (calculation.hasNonNull("name")) {
      return calculation.path("name").asText();
    }
    String op = calculation.path("op").asText();
    return calculation.hasNonNull("column")
        ? op + "(" + calculation.path("column").asText() + ")"
        : op;
  }
}
