package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the real Flagger was once seen to do. */
final class Recording {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final List<JsonNode> lines = new ArrayList<>();

  Recording(String name) throws IOException {
    String path = "/io/jenkins/plugins/canarygate/sandbox/recorded/flagger/" + name + ".jsonl";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Recording.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Json.MAPPER.readTree(line));
      }
    }
  }

  static Instant at(double seconds) {
    return START.plusMillis(Math.round(seconds * 1000));
  }

  Instant firstTick() {
    return at(lines.get(0).path("firstTick").asDouble());
  }

  JsonNode create() {
    return lines.get(0).path("create");
  }

  /** What was done, by people and pipelines. */
  Stream<JsonNode> done() {
    return lines.stream().filter(line -> line.has("at"));
  }

  /** What was done while a webhook was being answered. */
  Stream<JsonNode> doneDuring(String hook, int call) {
    return done().filter(line -> line.path("during").asText().equals(hook + " " + call));
  }

  /** What was seen, and asked. */
  Stream<JsonNode> seen() {
    return lines.stream().filter(line -> line.has("tick"));
  }

  int lastTick() {
    return seen().mapToInt(line -> line.path("tick").asInt()).max().orElse(0);
  }

  /** What was seen then. */
  Seen then() {
    Seen then = new Seen(firstTick(), () -> START);
    seen().forEach(then::recorded);
    return then;
  }
}
