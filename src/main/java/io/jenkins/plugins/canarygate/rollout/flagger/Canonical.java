package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * JSON with one spelling for one meaning: names in order, no white space, nulls left out as
 * Kubernetes leaves them out.
 */
final class Canonical {
  private Canonical() {}

  /** {@code sha256:} and 64 hexadecimal digits. */
  static String digest(JsonNode node) {
    try {
      byte[] bytes = text(node).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String text(JsonNode node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      writeObject(node, text);
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(text(item)));
      text.append('[').append(String.join(",", items)).append(']');
    } else {
      text.append(node.isMissingNode() ? "null" : node.toString());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder text) {
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    node.fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isNull()) {
                fields.put(field.getKey(), field.getValue());
              }
            });
    text.append('{');
    String separator = "";
    for (var field : fields.entrySet()) {
      text.append(separator).append(TextNode.valueOf(field.getKey())).append(':');
      write(field.getValue(), text);
      separator = ",";
    }
    text.append('}');
  }
}
