package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.evidence.NearestWord;
import io.jenkins.plugins.canarygate.evidence.Placeholders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the arguments of a question into what a named check asks its source, as {@link Substitution}
 * puts parameters into a gate. Nowhere else can an argument stand.
 */
final class ArgumentFill {
  /** Stands for any value while the file is read: what a section says is judged with it. */
  static final String SAMPLE = "sample";

  private final Set<String> declared;
  private final Faults faults;

  private ArgumentFill(Set<String> declared, Faults faults) {
    this.declared = declared;
    this.faults = faults;
  }

  /**
   * The whole file with a sample in place of every argument. What cannot stand there is noted.
   *
   * @param declared the names that callers may give
   */
  static Node sample(Node root, Set<String> declared, Faults faults) {
    return new ArgumentFill(declared, faults).node(root, Path.ROOT, List.of());
  }

  /** A source's section with the values of a question; every name has one. */
  static Node fill(Node node, Map<String, String> values) {
    if (node instanceof Node.Mapping mapping) {
      return new Node.Mapping(
          mapping.fields().stream()
              .map(f -> new Node.Field(f.key(), f.place(), fill(f.value(), values)))
              .toList(),
          mapping.place());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(
          sequence.items().stream().map(item -> fill(item, values)).toList(), sequence.place());
    }
    Node.Scalar scalar = (Node.Scalar) node;
    return scalar.kind() == Node.Kind.TEXT && scalar.text().contains("${")
        ? new Node.Scalar(
            Node.Kind.TEXT, Placeholders.fillKnown(scalar.text(), values), scalar.place())
        : scalar;
  }

  /** The arguments that a source's section has a use for. */
  static Set<String> names(String word, Node section) {
    Set<String> names = new TreeSet<>(Placeholders.names(JsonTree.of(section)));
    names.removeAll(Sections.ownPlaceholders(word));
    return names;
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
    boolean literal = keys.size() > 1 && keys.get(1).equals("arguments");
    boolean plain = scalar.kind() != Node.Kind.TEXT || !scalar.text().contains("${");
    return literal || plain ? scalar : text(scalar, path, section(keys));
  }

  private static List<String> with(List<String> keys, String key) {
    List<String> more = new ArrayList<>(keys);
    more.add(key);
    return more;
  }

  /** The word of the source's section that it is in. */
  private static Optional<String> section(List<String> keys) {
    return keys.size() > 3
            && keys.subList(0, 3).equals(List.of("spec", "checks", "[]"))
            && Sections.words(Role.NAMED).contains(keys.get(3))
        ? Optional.of(keys.get(3))
        : Optional.empty();
  }

  private Node text(Node.Scalar scalar, String path, Optional<String> section) {
    if (section.isEmpty()) {
      faults.add(
          path,
          scalar.place(),
          "an argument may stand only in what a check asks its source; a literal ${ is not needed"
              + " here");
      return unresolved(scalar);
    }
    Set<String> names;
    try {
      names = Placeholders.names(scalar.text());
    } catch (IllegalArgumentException e) {
      faults.add(path, scalar.place(), "a placeholder ${ has no end }; a literal ${ is $${");
      return unresolved(scalar);
    }
    boolean known = true;
    for (String name : names) {
      if (!declared.contains(name) && !Sections.ownPlaceholders(section.get()).contains(name)) {
        known = false;
        faults.add(path, scalar.place(), unknown(name));
      }
    }
    Map<String, String> samples = new HashMap<>();
    declared.forEach(name -> samples.put(name, SAMPLE));
    return known ? fill(scalar, samples) : unresolved(scalar);
  }

  private String unknown(String name) {
    boolean ofGates = name.startsWith("rollout.") || name.startsWith("cohort");
    return "${"
        + Path.shown(name)
        + "} is "
        + (ofGates
            ? "known to gates alone: let callers give an argument in its place"
            : "no argument that spec.arguments declares" + NearestWord.hint(name, declared));
  }

  private static Node unresolved(Node.Scalar scalar) {
    return new Node.Scalar(Node.Kind.UNRESOLVED, scalar.text(), scalar.place());
  }
}
