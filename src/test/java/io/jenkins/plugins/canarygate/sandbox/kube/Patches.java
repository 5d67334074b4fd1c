package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.util.Map;

/** JSON merge patch (RFC 7386), JSON patch (RFC 6902), and the difference of two objects. */
public final class Patches {
  private Patches() {}

  /** Applies a merge patch; the target is left alone. */
  public static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch.deepCopy();
    }
    ObjectNode result = target.isObject() ? ((ObjectNode) target).deepCopy() : Json.object();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getValue().isNull()) {
        result.remove(field.getKey());
      } else {
        result.set(field.getKey(), merge(result.path(field.getKey()), field.getValue()));
      }
    }
    return result;
  }

  /** The merge patch that leads from one object to the other. */
  public static ObjectNode difference(JsonNode from, JsonNode to) {
    ObjectNode patch = Json.object();
    from.fieldNames()
        .forEachRemaining(
            name -> {
              if (!to.has(name)) {
                patch.putNull(name);
              }
            });
    to.properties()
        .forEach(
            field -> {
              JsonNode before = from.path(field.getKey());
              JsonNode after = field.getValue();
              if (before.isObject() && after.isObject()) {
                ObjectNode inner = difference(before, after);
                if (!inner.isEmpty()) {
                  patch.set(field.getKey(), inner);
                }
              } else if (!Json.same(before, after)) {
                patch.set(field.getKey(), after.deepCopy());
              }
            });
    return patch;
  }

  /**
   * Applies a JSON patch.
   *
   * @throws IllegalArgumentException if an operation does not fit
   */
  public static JsonNode apply(JsonNode target, JsonNode operations) {
    JsonNode result = target.deepCopy();
    for (JsonNode operation : operations) {
      step((ObjectNode) result, operation);
    }
    return result;
  }

  private static void step(ObjectNode root, JsonNode operation) {
    String path = operation.path("path").asText();
    JsonNode value = operation.path("value").deepCopy();
    switch (operation.path("op").asText()) {
      case "add" -> put(root, path, value, true);
      case "replace" -> {
        existing(root, path);
        put(root, path, value, false);
      }
      case "remove" -> {
        existing(root, path);
        remove(root, path);
      }
      case "test" -> {
        if (!root.at(path).equals(value)) {
          throw new IllegalArgumentException("testing path " + path + " value failed: test failed");
        }
      }
      case "copy" -> put(root, path, existing(root, from(operation)).deepCopy(), true);
      case "move" -> {
        JsonNode moved = existing(root, from(operation));
        remove(root, from(operation));
        put(root, path, moved, true);
      }
      default ->
          throw new IllegalArgumentException("Unexpected kind: " + operation.path("op").asText());
    }
  }

  private static String from(JsonNode operation) {
    return operation.path("from").asText();
  }

  private static JsonNode existing(JsonNode root, String path) {
    JsonNode found = root.at(path);
    if (found.isMissingNode()) {
      throw new IllegalArgumentException("operation does not apply: doc is missing path: " + path);
    }
    return found;
  }

  private static void put(JsonNode root, String path, JsonNode value, boolean insert) {
    JsonNode parent = existing(root, parent(path));
    String last = last(path);
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else if (parent instanceof ArrayNode array) {
      int index = last.equals("-") ? array.size() : Integer.parseInt(last);
      if (insert) {
        array.insert(index, value);
      } else {
        array.set(index, value);
      }
    } else {
      throw new IllegalArgumentException("operation does not apply: " + path + " has no parent");
    }
  }

  private static void remove(JsonNode root, String path) {
    JsonNode parent = existing(root, parent(path));
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(last(path)));
    } else {
      ((ObjectNode) parent).remove(last(path));
    }
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }
}
