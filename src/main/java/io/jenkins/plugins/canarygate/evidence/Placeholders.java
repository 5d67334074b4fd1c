package io.jenkins.plugins.canarygate.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts values in place of {@code ${…}}; {@code $${} is a literal {@code ${} (rule M13).
 *
 * <p>Some values are known when the gate file is read, the others only while measuring. {@link
 * #fillKnown} does the first half so that {@link #fill} can do the second without reading anything
 * into what the first put in.
 */
public final class Placeholders {
  /** Stands for a dollar sign that {@link #fillKnown} must keep apart from what follows it. */
  private static final String DOLLAR = "$";

  private Placeholders() {}

  private record Part(String text, boolean isName) {}

  /**
   * Fills one text.
   *
   * @throws IllegalArgumentException if it names a value that is not there, or a placeholder does
   *     not end
   */
  public static String fill(String text, Map<String, String> values) {
    return fill(text, values, (before, value) -> value);
  }

  /** How a value is written where it is put in. */
  @FunctionalInterface
  public interface Writing {

    /**
     * The value as it is written.
     *
     * @param before what stands before it, filled
     */
    String write(String before, String value);
  }

  /** Fills one text, each value written as its place needs it. See {@link #fill(String, Map)}. */
  public static String fill(String text, Map<String, String> values, Writing writing) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts(text)) {
      filled.append(
          part.isName()
              ? writing.write(filled.toString(), value(part.text(), values))
              : part.text());
    }
    return filled.toString();
  }

  /** Fills the texts of a tree; its keys stay as they are. See {@link #fill(String, Map)}. */
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

  /**
   * Fills what is known and keeps the other placeholders, for a later {@link #fill}.
   *
   * @throws IllegalArgumentException if a placeholder does not end
   */
  public static String fillKnown(String text, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    StringBuilder literal = new StringBuilder();
    for (Part part : parts(text)) {
      if (!part.isName()) {
        literal.append(part.text());
      } else if (values.containsKey(part.text())) {
        literal.append(values.get(part.text()));
      } else {
        filled.append(escaped(literal.toString(), true));
        literal.setLength(0);
        filled.append("${").append(part.text()).append('}');
      }
    }
    return filled.append(escaped(literal.toString(), false)).toString();
  }

  /**
   * The names that a text has placeholders for, in their order.
   *
   * @throws IllegalArgumentException if a placeholder does not end
   */
  public static Set<String> names(String text) {
    Set<String> names = new LinkedHashSet<>();
    parts(text).stream().filter(Part::isName).forEach(part -> names.add(part.text()));
    return names;
  }

  /** The names that the texts of a tree have placeholders for. */
  public static Set<String> names(JsonNode node) {
    Set<String> names = new LinkedHashSet<>();
    if (node.isTextual()) {
      names.addAll(names(node.textValue()));
    }
    node.forEach(child -> names.addAll(names(child)));
    return names;
  }

  private static String value(String name, Map<String, String> values) {
    String value = name.equals(DOLLAR) ? DOLLAR : values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no ${" + name + "} here");
    }
    return value;
  }

  private static String escaped(String literal, boolean beforePlaceholder) {
    int end = literal.length();
    // A dollar right before a placeholder would turn it into an escaped brace.
    while (beforePlaceholder && end > 0 && literal.charAt(end - 1) == '$') {
      end--;
    }
    return literal.substring(0, end).replace("${", "$${") + "${$}".repeat(literal.length() - end);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("a placeholder ${ does not end with }");
        }
        parts.add(new Part(literal.toString(), false));
        literal.setLength(0);
        parts.add(new Part(text.substring(at + 2, end), true));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    parts.add(new Part(literal.toString(), false));
    return parts;
  }
}
