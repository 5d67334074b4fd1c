package io.jenkins.plugins.canarygate.gatefile;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.evidence.NearestWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds the tree of a gate file to its records. All faults are noted; what one of them concerns is
 * null in the record.
 */
final class Binder {
  private final Faults faults;

  Binder(Faults faults) {
    this.faults = faults;
  }

  <T extends Record> Optional<T> bind(Class<T> type, Node node, String path) {
    return Optional.ofNullable(type.cast(record(type, node, path)));
  }

  private Object record(Class<?> type, Node node, String path) {
    RecordShape shape = RecordShape.of(type);
    if (node instanceof Node.Scalar scalar && shape.alone().isPresent() && !isNull(scalar)) {
      RecordShape.Field alone = shape.alone().get();
      Object value = value(alone, node, path);
      return shape.create(
          shape.fields().stream().map(f -> f.equals(alone) ? value : null).toList());
    }
    if (!(node instanceof Node.Mapping mapping)) {
      return wrong(node, path, "a mapping with " + String.join(", ", shape.words()));
    }
    unknown(shape, mapping, path);
    List<Object> values = new ArrayList<>();
    shape.fields().forEach(field -> values.add(component(field, mapping, path)));
    return shape.create(values);
  }

  private void unknown(RecordShape shape, Node.Mapping mapping, String path) {
    for (Node.Field field : mapping.fields()) {
      String key = field.key();
      String at = Path.field(path, key);
      if (shape.brings().map(Sections::later).filter(l -> l.contains(key)).isPresent()) {
        faults.add(at, field.place(), "not yet known to this version: leave it out");
      } else if (shape.brings().flatMap(role -> Sections.never(role, key)).isPresent()) {
        faults.add(at, field.place(), Sections.never(shape.brings().get(), key).orElseThrow());
      } else if (!shape.words().contains(key)) {
        String hint = NearestWord.hint(key, shape.words());
        String known = hint.isEmpty() ? "; known are " + String.join(", ", shape.words()) : hint;
        faults.add(at, field.place(), "unknown field" + known);
      }
    }
  }

  private Object component(RecordShape.Field field, Node.Mapping mapping, String path) {
    Optional<Brings> brings = field.find(Brings.class);
    if (brings.isPresent()) {
      return sections(brings.get().value(), mapping, path);
    }
    if (field.hidden()) {
      return null;
    }
    String at = Path.field(path, field.name());
    Optional<Node> given = mapping.get(field.name());
    if (given.isPresent()) {
      return value(field, given.get(), at);
    }
    if (field.required()) {
      faults.add(at, mapping.place(), "is missing");
      return null;
    }
    return field.defaultValue().map(text -> value(field, Defaults.node(text), at)).orElse(null);
  }

  private Object value(RecordShape.Field field, Node node, String path) {
    Class<?> type = field.type();
    if (type == List.class) {
      return list(field.itemType(), node, path, field.find(OneOrMany.class).isPresent());
    }
    if (type == Map.class) {
      return map(field.itemType(), node, path);
    }
    Object value = single(type, node, path);
    return field.find(Words.class).isPresent() && value != null
        ? word((String) value, field.find(Words.class).get(), node, path)
        : value;
  }

  private Object single(Class<?> type, Node node, String path) {
    if (type == JsonNode.class) {
      return isNull(node) ? wrong(node, path, "a mapping") : JsonTree.of(node);
    }
    Optional<ScalarTypes.ScalarType> scalarType = ScalarTypes.of(type);
    if (scalarType.isEmpty()) {
      return record(type, node, path);
    }
    if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.UNRESOLVED) {
      return type == String.class ? scalar.text() : null;
    }
    if (!(node instanceof Node.Scalar scalar) || isNull(node)) {
      return wrong(node, path, scalarType.get().must());
    }
    return scalarType
        .get()
        .reader()
        .read(scalar)
        .orElseGet(() -> wrong(node, path, scalarType.get().must()));
  }

  private List<Object> list(Class<?> itemType, Node node, String path, boolean oneToo) {
    List<Object> items = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        items.add(single(itemType, sequence.items().get(i), Path.item(path, i)));
      }
    } else if (oneToo && !isNull(node)) {
      items.add(single(itemType, node, path));
    } else {
      wrong(node, path, "a list");
    }
    return Collections.unmodifiableList(items);
  }

  private Map<String, Object> map(Class<?> itemType, Node node, String path) {
    Map<String, Object> items = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      mapping
          .fields()
          .forEach(f -> items.put(f.key(), single(itemType, f.value(), Path.field(path, f.key()))));
    } else {
      wrong(node, path, "a mapping");
    }
    return Collections.unmodifiableMap(items);
  }

  private Brought sections(Role role, Node.Mapping mapping, String path) {
    Map<String, Optional<Object>> found = new LinkedHashMap<>();
    String first = null;
    for (Node.Field field : mapping.fields()) {
      Optional<Sections.Section> section = Sections.find(role, field.key());
      String at = Path.field(path, field.key());
      section.ifPresent(s -> found.put(s.word(), Optional.ofNullable(section(s, field, at))));
      if (section.isPresent() || Sections.later(role).contains(field.key())) {
        if (role.exactlyOne() && first != null) {
          faults.add(at, field.place(), "stands beside '" + first + "': only one of them may");
        }
        first = field.key();
      }
    }
    if (role.exactlyOne() && first == null) {
      faults.add(path, mapping.place(), "needs one of " + String.join(", ", Sections.words(role)));
    }
    return new Brought(found);
  }

  private Object section(Sections.Section section, Node.Field field, String path) {
    return section.list()
        ? list(section.type(), field.value(), path, false)
        : record(section.type(), field.value(), path);
  }

  private String word(String value, Words words, Node node, String path) {
    List<String> known = List.of(words.value());
    if (known.contains(value) || isUnresolved(node)) {
      return value;
    }
    if (List.of(words.later()).contains(value)) {
      faults.add(path, node.place(), "'" + value + "' is not yet known to this version");
    } else {
      String must =
          known.size() == 1 ? "'" + known.get(0) + "'" : "one of " + String.join(", ", known);
      String hint = known.size() == 1 ? "" : NearestWord.hint(value, known);
      faults.add(path, node.place(), "'" + Path.shown(value) + "' must be " + must + hint);
    }
    return null;
  }

  /** Notes that a value is of the wrong type. */
  private Object wrong(Node node, String path, String must) {
    if (isUnresolved(node)) {
      return null;
    }
    boolean quotes = must.equals("text") && node instanceof Node.Scalar && !isNull(node);
    faults.add(
        path,
        node.place(),
        isNull(node)
            ? "is empty: give it a value, or leave it out"
            : "must be " + must + (quotes ? ": put it in quotes" : ""));
    return null;
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL;
  }

  private static boolean isUnresolved(Node node) {
    return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.UNRESOLVED;
  }
}
