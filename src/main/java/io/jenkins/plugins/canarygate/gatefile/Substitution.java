package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts values in place of the placeholders of a tree (rule M13). Those that are known only while
 * measuring stay, where a source fills them.
 */
final class Substitution {
  private static final Set<String> MEASURED =
      Set.of("rollout.canary", "rollout.stable", "cohort", "cohort.pods");

  private final Parameters parameters;
  private final Map<String, String> rollout = new HashMap<>();
  private final Faults faults;

  private Substitution(Parameters parameters, Faults faults) {
    this.parameters = parameters;
    this.faults = faults;
  }

  /** Which placeholders a value may have. */
  private enum Zone {
    /** Parameters, and the names of the rollout. */
    PLAIN,
    /** Parameters alone: here the rollout is named. */
    ROLLOUT,
    /** What a source fills while measuring, as well; and no value may break out of a query. */
    QUERY,
    /** None: taken to the letter. */
    LITERAL
  }

  static Node fill(Node root, Parameters parameters, Faults faults) {
    Substitution substitution = new Substitution(parameters, faults);
    substitution.nameRollout(root);
    return substitution.node(root, Path.ROOT, List.of());
  }

  private void nameRollout(Node root) {
    for (String driver : Sections.words(Role.DRIVER)) {
      for (String word : List.of("name", "namespace")) {
        if (at(root, List.of("spec", "rollout", driver, word)) instanceof Node.Scalar scalar
            && scalar.kind() == Node.Kind.TEXT
            && fillable(scalar.text())) {
          rollout.put("rollout." + word, Placeholders.fill(scalar.text(), parameters.values()));
        }
      }
    }
  }

  private boolean fillable(String text) {
    try {
      return parameters.values().keySet().containsAll(Placeholders.names(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Node at(Node node, List<String> keys) {
    Node found = node;
    for (String key : keys) {
      found = found instanceof Node.Mapping mapping ? mapping.get(key).orElse(null) : null;
    }
    return found;
  }

  private Node node(Node node, String path, List<String> keys) {
    if (node instanceof Node.Mapping mapping) {
      List<Node.Field> fields = new ArrayList<>();
      for (Node.Field field : mapping.fields()) {
        String child = Path.field(path, field.key());
        if (field.key().contains("${")) {
          faults.add(child, field.place(), "a placeholder may stand in a value, not in a key");
        }
        Node value = node(field.value(), child, with(keys, field.key()));
        fields.add(new Node.Field(field.key(), field.place(), value));
      }
      return new Node.Mapping(fields, mapping.place());
    }
    if (node instanceof Node.Sequence sequence) {
      List<Node> items = new ArrayList<>();
      for (Node item : sequence.items()) {
        items.add(node(item, Path.item(path, items.size()), with(keys, "[]")));
      }
      return new Node.Sequence(items, sequence.place());
    }
    Node.Scalar scalar = (Node.Scalar) node;
    return scalar.kind() == Node.Kind.TEXT
        ? text(scalar, path, zone(keys), measured(keys))
        : scalar;
  }

  private static List<String> with(List<String> keys, String key) {
    List<String> more = new ArrayList<>(keys);
    more.add(key);
    return more;
  }

  private static Zone zone(List<String> keys) {
    if (keys.size() < 3 || !keys.get(0).equals("spec")) {
      return Zone.PLAIN;
    }
    return switch (keys.get(1)) {
      case "parameters" -> Zone.LITERAL;
      case "rollout" -> Zone.ROLLOUT;
      case "checks" -> inSection(keys, Role.SOURCE) ? Zone.QUERY : Zone.PLAIN;
      case "cohorts" -> inSection(keys, Role.COHORT) ? Zone.QUERY : Zone.PLAIN;
      default -> Zone.PLAIN;
    };
  }

  /** What is known only while measuring, there. */
  private static Set<String> measured(List<String> keys) {
    Set<String> names = new HashSet<>(MEASURED);
    if (keys.size() > 3 && keys.get(1).equals("checks")) {
      names.addAll(Sections.ownPlaceholders(keys.get(3)));
    }
    return names;
  }

  private static boolean inSection(List<String> keys, Role role) {
    return keys.size() > 3 && Sections.words(role).contains(keys.get(3));
  }

  private Node text(Node.Scalar scalar, String path, Zone zone, Set<String> measured) {
    if (zone == Zone.LITERAL || !scalar.text().contains("${")) {
      return scalar;
    }
    Set<String> names;
    try {
      names = Placeholders.names(scalar.text());
    } catch (IllegalArgumentException e) {
      faults.add(path, scalar.place(), "a placeholder ${ has no end }; a literal ${ is $${");
      return unresolved(scalar);
    }
    Map<String, String> known = new HashMap<>(parameters.values());
    if (zone != Zone.ROLLOUT) {
      known.putAll(rollout);
    }
    boolean whole = true;
    for (String name : names) {
      whole &= usable(name, known, scalar, path, zone, measured);
    }
    if (!whole) {
      return unresolved(scalar);
    }
    String filled =
        zone == Zone.QUERY
            ? Placeholders.fillKnown(scalar.text(), known)
            : Placeholders.fill(scalar.text(), known);
    return new Node.Scalar(Node.Kind.TEXT, filled, scalar.place());
  }

  private boolean usable(
      String name,
      Map<String, String> known,
      Node.Scalar scalar,
      String path,
      Zone zone,
      Set<String> measured) {
    if (known.containsKey(name)) {
      if (zone == Zone.QUERY && !harmless(known.get(name))) {
        faults.add(
            path,
            scalar.place(),
            "the value of '"
                + name
                + "' has a quote, backslash or control character, which must not get into a query");
        return false;
      }
      return true;
    }
    if (measured.contains(name)) {
      if (zone != Zone.QUERY) {
        faults.add(
            path,
            scalar.place(),
            "${"
                + name
                + "} is known only while measuring: use it in what a check asks its"
                + " source, or in a cohort's filters");
      }
      return zone == Zone.QUERY;
    }
    boolean named = name.equals("rollout.name") || name.equals("rollout.namespace");
    if (named && zone == Zone.ROLLOUT) {
      faults.add(path, scalar.place(), "${" + name + "} is told by this very section");
    } else if (!named && !parameters.declared().contains(name)) {
      Set<String> words = new HashSet<>(parameters.declared());
      words.addAll(measured);
      words.addAll(Set.of("rollout.name", "rollout.namespace"));
      faults.add(
          path,
          scalar.place(),
          "unknown placeholder ${" + Path.shown(name) + "}" + NearestWord.hint(name, words));
    }
    return false;
  }

  private static boolean harmless(String value) {
    return value.chars().noneMatch(c -> "\"'`\\".indexOf(c) >= 0 || Character.isISOControl(c));
  }

  private static Node unresolved(Node.Scalar scalar) {
    return new Node.Scalar(Node.Kind.UNRESOLVED, scalar.text(), scalar.place());
  }
}
