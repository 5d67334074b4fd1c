package io.jenkins.plugins.canarygate.server.checks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A value as replicas pass it on: JSON of at most some 2 KB, without a secret. */
final class ValueJson {
  static final int LONGEST = 4096;
  private static final int LONGEST_TEXT = 500;
  private static final int FORM = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValueJson() {}

  static String text(Value value) {
    ObjectNode json = JSON.createObjectNode().put("v", FORM).put("at", value.at().toString());
    value.number().ifPresent(number -> json.put("value", number));
    value.samples().ifPresent(samples -> json.put("samples", samples));
    value
        .window()
        .ifPresent(w -> json.put("from", w.from().toString()).put("to", w.to().toString()));
    value.verdict().ifPresent(grade -> json.put("verdict", word(grade)));
    value.link().filter(l -> l.length() <= LONGEST_TEXT).ifPresent(l -> json.put("link", l));
    if (!value.detail().isEmpty()) {
      json.put("detail", cut(value.detail()));
    }
    return json.toString();
  }

  /** The value of a text; empty if it is none that this version knows. */
  static Optional<Value> read(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(text);
      JsonNode number = json.path("value");
      if (json.path("v").asInt() != FORM || !(number.isMissingNode() || number.isNumber())) {
        return Optional.empty();
      }
      return Optional.of(
          new Value(
              Instant.parse(json.path("at").asText()),
              number.isNumber() ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty(),
              json.path("samples").isIntegralNumber()
                  ? OptionalLong.of(json.path("samples").longValue())
                  : OptionalLong.empty(),
              window(json),
              Optional.ofNullable(json.path("verdict").textValue()).map(ValueJson::grade),
              Optional.ofNullable(json.path("link").textValue()).filter(ValueJson::isWeb),
              json.path("detail").asText("")));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String word(Grade grade) {
    return grade.name().toLowerCase(Locale.ROOT);
  }

  private static Grade grade(String word) {
    return Grade.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Optional<Window> window(JsonNode json) {
    return json.has("from")
        ? Optional.of(
            new Window(
                Instant.parse(json.path("from").asText()), Instant.parse(json.path("to").asText())))
        : Optional.empty();
  }

  private static boolean isWeb(String link) {
    return link.startsWith("https://") || link.startsWith("http://");
  }

  private static String cut(String text) {
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
  }
}
