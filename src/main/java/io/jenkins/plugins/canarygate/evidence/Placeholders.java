package io.jenkins.plugins.canarygate.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in place of {@code ${…}}; {@code $${} is a literal {@code ${} (rule M13). */
public final class Placeholders {
  private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)\\}");

  private Placeholders() {}

  /**
   * Fills one text.
   *
   * @throws IllegalArgumentException if it names a value that is not there
   */
  public static String fill(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), values)));
  }

  private static String value(String name, Map<String, String> values) {
    if (name == null) {
      return "${";
    }
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no ${" + name + "} here");
    }
    return value;
  }

  /** Fills the texts of a tree; its keys stay as they are. */
  public static JsonNode fill(JsonNode node, Map<String, String> values) {
    if (node.isTextual()) {
      return TextNode.valueOf(fill(node.textValue(), values));
    }
    if (node.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> filled.add(fill(item, values)));
      return filled;
    }
    if (node.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> filled.set(e.getKey(), fill(e.getValue(), values)));
      return filled;
    }
    return node;
  }
}
