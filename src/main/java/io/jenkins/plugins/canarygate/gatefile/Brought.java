package io.jenkins.plugins.canarygate.gatefile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sections that were given in one place, by their words. One that could not be read has no
 * value.
 */
record Brought(Map<String, Optional<Object>> byWord) {
  static final Brought NONE = new Brought(Map.of());

  Brought {
    byWord = Collections.unmodifiableMap(new LinkedHashMap<>(byWord));
  }

  /** The section of this type, if it was given and could be read. */
  <T> Optional<T> get(Class<T> type) {
    return byWord.values().stream()
        .flatMap(Optional::stream)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** The items of a section that is a list. */
  <T> List<T> list(String word, Class<T> type) {
    return byWord.getOrDefault(word, Optional.empty()).stream()
        .flatMap(list -> ((List<?>) list).stream())
        .map(type::cast)
        .toList();
  }
}
