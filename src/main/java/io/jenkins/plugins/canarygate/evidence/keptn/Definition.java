package io.jenkins.plugins.canarygate.evidence.keptn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An AnalysisDefinition with what its objectives' values come from.
 *
 * @param spec its spec
 * @param templates of its objectives, in their order
 */
record Definition(JsonNode spec, List<Template> templates) {

  /** Reads it; empty if there is none of this name. */
  static Optional<Definition> read(KeptnApi api, String namespace, String name)
      throws KeptnException {
    Optional<JsonNode> object = api.find(KeptnKind.DEFINITION, namespace, name);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    JsonNode spec = object.get().path("spec");
    List<Template> templates = new ArrayList<>();
    for (JsonNode objective : spec.path("objectives")) {
      templates.add(Template.read(api, objective.path("analysisValueTemplateRef"), namespace));
    }
    return Optional.of(new Definition(spec, templates));
  }

  /** {@code ; pass from 90 %, warn from 75 %}: when Keptn lets it pass. */
  String thresholds() {
    JsonNode total = spec.path("totalScore");
    return "pass from "
        + total.path("passPercentage").asInt(0)
        + " %, warn from "
        + total.path("warningPercentage").asInt(0)
        + " %";
  }

  /** The templates that are not there, each with the way to it. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Template template : templates) {
      if (template.query().isEmpty()) {
        missing.add(
            "there is no " + KeptnKind.TEMPLATE.named(template.namespace(), template.name()));
      } else if (template.source().isEmpty()) {
        missing.add(
            "there is no "
                + KeptnKind.PROVIDER.kind()
                + " "
                + template.provider().orElse("")
                + ", which "
                + template.name()
                + " asks");
      }
    }
    return missing.stream().distinct().toList();
  }

  /** The templates that use an argument which is not given, with those arguments. */
  Map<String, Set<String>> withoutArguments(Set<String> given) {
    Map<String, Set<String>> without = new LinkedHashMap<>();
    for (Template template : templates) {
      Set<String> wanted = GoTemplate.arguments(template.query().orElse(""));
      wanted.removeAll(given);
      if (!wanted.isEmpty()) {
        without.put(template.name(), wanted);
      }
    }
    return without;
  }
}
