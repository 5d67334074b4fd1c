package io.jenkins.plugins.canarygate.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reading the controller's JSON: absent, null and empty are the same to it. */
public final class KubeJson {
  private KubeJson() {}

  /** The text at a path of names; empty if it is absent, null or empty. */
  public static Optional<String> text(JsonNode from, String... path) {
    JsonNode node = at(from, path);
    String text = node.asText("");
    return node.isMissingNode() || node.isNull() || text.isEmpty()
        ? Optional.empty()
        : Optional.of(text);
  }

  public static Optional<Instant> instant(JsonNode from, String... path) {
    return text(from, path).flatMap(KubeJson::instant);
  }

  public static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  public static boolean isTrue(JsonNode from, String... path) {
    return at(from, path).asBoolean(false);
  }

  public static boolean has(JsonNode from, String... path) {
    JsonNode node = at(from, path);
    return !node.isMissingNode() && !node.isNull();
  }

  public static JsonNode at(JsonNode from, String... path) {
    JsonNode node = from;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }
}
