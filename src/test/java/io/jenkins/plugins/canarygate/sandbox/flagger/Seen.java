package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was seen of a Canary, in lines that begin with the tick they belong to: its states, the
 * calls that were made, its two workloads, and its traffic. Hashes are called by the order in which
 * they appeared, and times by the tick they are nearest to.
 */
final class Seen {
  private final Instant firstTick;
  private final InstantSource clock;
  private final Map<String, List<String>> lines = new TreeMap<>();
  private final Map<String, Map<String, String>> names = new HashMap<>();
  private final Map<String, JsonNode> last = new HashMap<>();

  Seen(Instant firstTick, InstantSource clock) {
    this.firstTick = firstTick;
    this.clock = clock;
  }

  /** How many ticks have begun; 0 before the first. */
  private int tick() {
    long millis = Duration.between(firstTick, clock.instant()).toMillis();
    return (int) Math.floorDiv(millis, 10_000L) + 1;
  }

  /** The lines, by what they are about. */
  Map<String, List<String>> lines() {
    return lines;
  }

  private void add(int at, String about, String what) {
    lines.computeIfAbsent(about, a -> new ArrayList<>()).add("tick " + at + ": " + what);
  }

  private String name(String kind, String value) {
    Map<String, String> known = names.computeIfAbsent(kind, k -> new HashMap<>());
    return known.computeIfAbsent(value, v -> kind + (known.size() + 1));
  }

  /** A line of a recording. */
  void recorded(JsonNode line) {
    int at = line.path("tick").asInt();
    if (line.has("seen")) {
      ObjectNode state = (ObjectNode) last.getOrDefault("canary", Json.object()).deepCopy();
      state.setAll((ObjectNode) line.path("seen"));
      last.put("canary", state);
      add(at, "canary", sorted(state));
    } else if (line.has("asked")) {
      add(at, "calls", line.path("asked").asText() + " " + line.path("event").asText(""));
    } else if (line.has("measured")) {
      if (line.has("query")) {
        last.put("query", line.path("query"));
      }
      add(at, "calls", "metric " + last.get("query").asText());
    } else if (line.has("gone")) {
      add(at, "canary", "gone");
    } else {
      for (String about : List.of("target", "primary", "routes")) {
        if (line.has(about)) {
          add(at, about, sorted(line.path(about)));
        }
      }
    }
  }

  synchronized void asked(String hook, JsonNode body) {
    if (hook.equals("metric")) {
      add(tick(), "calls", "metric " + body.path("query").asText());
      return;
    }
    JsonNode metadata = body.path("metadata");
    String event = metadata.path("eventMessage").asText("");
    String kind = event.isEmpty() ? "" : metadata.path("eventType").asText() + " ";
    String session = metadata.path("session").asText().equals("x1") ? "" : " without its metadata";
    add(
        tick(),
        "calls",
        "%s %s %s %s%s%s"
            .formatted(
                hook,
                body.path("phase").asText(),
                name("k", body.path("checksum").asText()),
                kind,
                event,
                session));
  }

  void gone() {
    add(tick(), "canary", "gone");
  }

  void routes(Routes routes) {
    note("routes", Json.MAPPER.createArrayNode().add(routes.primary()).add(routes.canary()));
  }

  void workload(String which, ObjectNode workload) {
    ObjectNode now = Json.object();
    now.set("image", workload.at("/spec/template/spec/containers/0/image"));
    if (workload.path("kind").asText().equals("Deployment")) {
      now.set("replicas", workload.at("/spec/replicas"));
    } else if (workload
        .at("/spec/template/spec/nodeSelector")
        .has(DaemonSetWorkload.SCALE_TO_ZERO)) {
      now.put("replicas", 0);
    } else {
      now.putNull("replicas");
    }
    note(which, now);
  }

  private void note(String about, JsonNode now) {
    if (!Json.same(last.getOrDefault(about, Json.object()), now)) {
      last.put(about, now);
      add(tick(), about, sorted(now));
    }
  }

  void canary(ObjectNode canary) {
    JsonNode status = canary.path("status");
    if (!status.has("phase")) {
      return;
    }
    ObjectNode now = Json.object();
    now.set("phase", status.path("phase"));
    now.set("weight", status.path("canaryWeight"));
    now.set("iterations", status.path("iterations"));
    now.set("failedChecks", status.path("failedChecks"));
    hash(now, "applied", status.path("lastAppliedSpec"));
    hash(now, "promoted", status.path("lastPromotedSpec"));
    if (status.has("trackedConfigs")) {
      ObjectNode tracked = now.putObject("tracked");
      for (Map.Entry<String, JsonNode> one : status.path("trackedConfigs").properties()) {
        tracked.put(one.getKey(), name("c", one.getValue().asText()));
      }
    } else {
      now.putNull("tracked");
    }
    JsonNode condition = status.at("/conditions/0");
    now.put(
        "condition", condition.path("status").asText() + "/" + condition.path("reason").asText());
    now.put("updated", tickOf(condition.path("lastUpdateTime")));
    now.put("transitioned", tickOf(condition.path("lastTransitionTime")));
    now.put("written", tickOf(status.path("lastTransitionTime")));
    note("canary", now);
  }

  private void hash(ObjectNode now, String field, JsonNode value) {
    if (value.isMissingNode()) {
      now.putNull(field);
    } else {
      now.put(field, name("r", value.asText()));
    }
  }

  private long tickOf(JsonNode second) {
    Instant middle = Instant.parse(second.asText()).plusMillis(500);
    return Math.round(Duration.between(firstTick, middle).toMillis() / 10_000.0) + 1;
  }

  private static String sorted(JsonNode node) {
    if (!node.isObject()) {
      return node.toString();
    }
    StringBuilder text = new StringBuilder();
    Map<String, JsonNode> fields = new TreeMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.forEach((field, value) -> text.append(field).append('=').append(value).append(' '));
    return text.toString().strip();
  }
}
