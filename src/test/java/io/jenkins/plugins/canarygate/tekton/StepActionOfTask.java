package io.jenkins.plugins.canarygate.tekton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The StepAction that says what the Task's step says. A StepAction has no workspaces: where they
 * are comes as params, {@code NAME-path}. How much of the machine it gets is for the step that
 * refers to it to say.
 */
final class StepActionOfTask {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();
  private static final String HEAD =
      "# Made from canary-gate.yaml, the Task; change that, and read CONTRIBUTING.md on how this follows.\n";

  private StepActionOfTask() {}

  static String text(JsonNode task) {
    try {
      return HEAD + YAML.writeValueAsString(of(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode of(JsonNode task) {
    ObjectNode action = YAML.createObjectNode();
    action.put("apiVersion", "tekton.dev/v1beta1").put("kind", "StepAction");
    action.set("metadata", task.path("metadata").deepCopy());
    JsonNode from = task.path("spec");
    JsonNode step = from.at("/steps/0");
    ObjectNode spec = action.putObject("spec");
    spec.set("description", from.path("description"));
    ArrayNode params = spec.putArray("params");
    for (JsonNode param : from.path("params")) {
      ObjectNode copy = param.deepCopy();
      if (!copy.has("type")) {
        copy.put("type", "string");
      }
      params.add(copy);
    }
    for (JsonNode workspace : from.path("workspaces")) {
      params
          .addObject()
          .put("name", workspace.path("name").asText() + "-path")
          .put("type", "string")
          .put("description", workspace.path("description").asText())
          .put("default", "");
    }
    spec.set("results", from.path("results").deepCopy());
    for (String field : new String[] {"image", "command", "args", "env", "securityContext"}) {
      spec.set(field, renamed(step.path(field)));
    }
    return action;
  }

  private static JsonNode renamed(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(
          node.asText()
              .replaceAll("\\$\\(workspaces\\.([a-z]+)\\.path\\)", "\\$(params.$1-path)")
              .replace("$(results.", "$(step.results."));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(one -> copy.add(renamed(one)));
      return copy;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), renamed(field.getValue()));
      }
      return copy;
    }
    return node;
  }
}
