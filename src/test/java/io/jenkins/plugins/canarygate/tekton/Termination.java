package io.jenkins.plugins.canarygate.tekton;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Tekton's entrypoint hands over when a step has ended, however it did: each file among the
 * results, in one message of JSON that Kubernetes cuts at {@link #LIMIT} bytes.
 *
 * @param results by name
 */
public record Termination(Map<String, String> results) {
  /** Bytes of a termination message; all steps share as much. */
  public static final int LIMIT = 4096;

  /** Reads what stands in the results' folder now. */
  public static Termination of(Path folder) {
    Map<String, String> results = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        results.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Termination(results);
  }

  /** A result; empty if there is none of that name. */
  public String result(String name) {
    return results.getOrDefault(name, "");
  }

  /** The message. */
  public String message() {
    ArrayNode message = JsonNodeFactory.instance.arrayNode();
    results.forEach(
        (key, value) -> message.addObject().put("key", key).put("value", value).put("type", 1));
    message
        .addObject()
        .put("key", "StartedAt")
        .put("value", "2026-01-01T00:00:00.000Z")
        .put("type", 3);
    // As Go writes it.
    return message
        .toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026");
  }

  /** How many bytes the results alone take, names and values. */
  public int bytes() {
    return results.entrySet().stream()
        .mapToInt(one -> utf8(one.getKey()) + utf8(one.getValue()))
        .sum();
  }

  /** How many bytes the message takes. */
  public int messageBytes() {
    return utf8(message());
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
