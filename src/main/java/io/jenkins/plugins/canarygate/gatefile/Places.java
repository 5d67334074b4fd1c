package io.jenkins.plugins.canarygate.gatefile;

import java.util.HashMap;
import java.util.Map;

/** Where each path of a gate file stands, and which of them are given at all. */
final class Places {
  private final Map<String, Place> values = new HashMap<>();
  private final PathSet unresolved = new PathSet();

  Places(Node root) {
    index(root, Path.ROOT);
  }

  private void index(Node node, String path) {
    values.put(path, node.place());
    if (node instanceof Node.Mapping mapping) {
      mapping.fields().forEach(field -> index(field.value(), Path.field(path, field.key())));
    } else if (node instanceof Node.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        index(sequence.items().get(i), Path.item(path, i));
      }
    } else if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.UNRESOLVED) {
      unresolved.add(path);
    }
  }

  /** Whether the file has something at this path. */
  boolean given(String path) {
    return values.containsKey(path);
  }

  /** The place of a path's value, or else of the nearest thing around it that is given. */
  Place of(String path) {
    String at = path;
    while (!values.containsKey(at)) {
      at = Path.parent(at);
    }
    return values.get(at);
  }

  /** Whether something at or below this path could not be filled. */
  boolean unresolvedWithin(String path) {
    return unresolved.hasWithin(path);
  }
}
