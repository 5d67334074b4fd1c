package io.jenkins.plugins.canarygate.sandbox.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects of a collection somebody wants.
 *
 * @param namespace empty for all
 * @param name where one object alone is wanted
 * @param labels what their labels must be like
 */
record Selector(
    Optional<String> namespace, Optional<String> name, Predicate<Map<String, String>> labels) {
  private static final Pattern SET =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)\\s*");
  private static final Pattern PARTS = Pattern.compile("(?:[^,(]|\\([^)]*\\))+");

  static Selector of(Optional<String> namespace, Optional<String> fields, Optional<String> labels) {
    Optional<String> name = Optional.empty();
    Optional<String> place = namespace;
    for (String field :
        fields.filter(f -> !f.isEmpty()).map(f -> f.split(",")).orElse(new String[0])) {
      String[] pair = field.split("==?", 2);
      switch (pair[0]) {
        case "metadata.name" -> name = Optional.of(pair[1]);
        case "metadata.namespace" -> place = Optional.of(pair[1]);
        default ->
            throw ApiError.badRequest(
                "Unable to find \"%s\" that match label selector \"\", field selector \"%s\": field"
                        .formatted("objects", field)
                    + " label not supported: "
                    + pair[0]);
      }
    }
    return new Selector(place, name, labels.map(Selector::labels).orElse(any -> true));
  }

  boolean matches(Stored stored) {
    return (namespace.isEmpty() || namespace.get().equals(stored.key().namespace()))
        && (name.isEmpty() || name.get().equals(stored.key().name()))
        && labels.test(stored.labels());
  }

  private static Predicate<Map<String, String>> labels(String text) {
    List<Predicate<Map<String, String>>> all = new ArrayList<>();
    Matcher parts = PARTS.matcher(text);
    while (parts.find()) {
      all.add(requirement(parts.group().strip()));
    }
    return labels -> all.stream().allMatch(one -> one.test(labels));
  }

  private static Predicate<Map<String, String>> requirement(String text) {
    Matcher set = SET.matcher(text);
    if (set.matches()) {
      List<String> values = List.of(set.group(3).strip().split("\\s*,\\s*"));
      boolean wanted = set.group(2).equals("in");
      // notin matches objects without the label as well
      return labels -> values.contains(labels.getOrDefault(set.group(1), "\0")) == wanted;
    }
    if (text.startsWith("!")) {
      return labels -> !labels.containsKey(text.substring(1).strip());
    }
    if (text.contains("!=")) {
      String[] pair = text.split("!=", 2);
      return labels -> !pair[1].strip().equals(labels.get(pair[0].strip()));
    }
    if (text.contains("=")) {
      String[] pair = text.split("==?", 2);
      return labels -> pair[1].strip().equals(labels.get(pair[0].strip()));
    }
    return labels -> labels.containsKey(text);
  }
}
