package io.jenkins.plugins.canarygate.gatefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes a tree of maps and lists, as another front end has it, for a gate file without places. */
final class PlainTree {
  private final Faults faults;

  private PlainTree(Faults faults) {
    this.faults = faults;
  }

  static Node of(Map<?, ?> tree, Faults faults) {
    return new PlainTree(faults).node(tree, Path.ROOT, 0);
  }

  private Node node(Object value, String path, int depth) {
    if (depth > YamlTree.DEEPEST) {
      return refused(path, "nested more than " + YamlTree.DEEPEST + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      List<Node.Field> fields = new ArrayList<>();
      map.forEach(
          (key, item) -> {
            String name = String.valueOf(key);
            Node child = node(item, Path.field(path, name), depth + 1);
            fields.add(new Node.Field(name, Place.NONE, child));
          });
      return new Node.Mapping(fields, Place.NONE);
    }
    if (value instanceof List<?> list) {
      List<Node> items = new ArrayList<>();
      list.forEach(item -> items.add(node(item, Path.item(path, items.size()), depth + 1)));
      return new Node.Sequence(items, Place.NONE);
    }
    return scalar(value, path);
  }

  private Node scalar(Object value, String path) {
    if (value == null) {
      return new Node.Scalar(Node.Kind.NULL, "", Place.NONE);
    }
    if (value instanceof Boolean) {
      return new Node.Scalar(Node.Kind.BOOLEAN, value.toString(), Place.NONE);
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return new Node.Scalar(Node.Kind.NUMBER, number.toString(), Place.NONE);
    }
    if (value instanceof CharSequence || value instanceof Character) {
      String text = value.toString();
      return text.codePoints().allMatch(FileText::isOrdinary)
          ? new Node.Scalar(Node.Kind.TEXT, text, Place.NONE)
          : refused(path, "holds a control character");
    }
    return refused(path, "must be a mapping, a list, text, a number or true or false");
  }

  private Node refused(String path, String message) {
    faults.add(path, Place.NONE, message);
    return new Node.Scalar(Node.Kind.UNRESOLVED, "", Place.NONE);
  }
}
