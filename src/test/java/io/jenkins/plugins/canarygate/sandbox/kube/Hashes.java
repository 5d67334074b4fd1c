package io.jenkins.plugins.canarygate.sandbox.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/**
 * Hashes that look as those of Kubernetes' controllers: FNV-1a in letters that make no bad words.
 */
public final class Hashes {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Hashes() {}

  /** The name of a pod template; the same template always gets the same one. */
  public static String template(JsonNode template) {
    return of(template);
  }

  /** Of any JSON, in whatever order its fields stand. */
  public static String of(JsonNode template) {
    return safe(Integer.toUnsignedString(fnv1a(sorted(template))));
  }

  /** The hash of canary steps, for plain steps the very one that the controller computes. */
  public static String steps(JsonNode steps) {
    return safe(Integer.toUnsignedString(fnv1a(steps.isMissingNode() ? "null" : steps.toString())));
  }

  private static String sorted(JsonNode node) {
    try {
      return SORTED.writeValueAsString(SORTED.treeToValue(node, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int fnv1a(String text) {
    int hash = 0x811c9dc5;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    return hash;
  }

  private static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      safe.append(LETTERS.charAt((b & 0xff) % LETTERS.length()));
    }
    return safe.toString();
  }
}
