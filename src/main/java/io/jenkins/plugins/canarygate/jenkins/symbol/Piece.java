package io.jenkins.plugins.canarygate.jenkins.symbol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a gate file, as a Jenkinsfile gives it: text, or maps and lists. It is kept as text,
 * so that it can be shown in a form and written again.
 */
public final class Piece {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Piece() {}

  /** The piece as text; null where nothing is given. */
  public static String text(Object given) {
    if (given == null || given instanceof CharSequence) {
      return given == null || given.toString().isBlank() ? null : given.toString();
    }
    try {
      return JSON.writeValueAsString(plain(given));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts, numbers and truths are always JSON", e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(String.valueOf(key), plain(item)));
      return plain;
    }
    if (value instanceof Iterable<?> items) {
      List<Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(plain(item)));
      return plain;
    }
    // A text with ${…} in double quotes is a GString.
    return value instanceof Number || value instanceof Boolean || value == null
        ? value
        : value.toString();
  }
}
