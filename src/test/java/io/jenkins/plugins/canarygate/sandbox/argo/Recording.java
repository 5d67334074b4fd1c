package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.VirtualClock;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the real controller once did, played again by the simulated one: the same requests at the
 * same moments, and beside each other what was seen then and now.
 */
final class Recording {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00.300Z");
  private static final double AT_ONCE = 0.1;
  private static final Duration TICK = Duration.ofMillis(20);

  private final String name;
  private final List<JsonNode> lines;
  private final List<JsonNode> now = new ArrayList<>();
  private final Revised revised = new Revised();

  Recording(String name) throws IOException {
    this.name = name;
    this.lines = new ArrayList<>();
    String path = "/io/jenkins/plugins/canarygate/sandbox/recorded/" + name + ".jsonl";
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Recording.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Json.MAPPER.readTree(line));
      }
    }
    // What played the kubelet there took its time with a new limit as with new pods.
    lines.stream()
        .filter(line -> line.has("limit"))
        .forEach(line -> ((ObjectNode) line).put("at", line.path("at").asDouble() + 0.6));
    lines.sort(java.util.Comparator.comparingDouble(line -> line.path("at").asDouble()));
  }

  /** The states that were seen then, each different from the one before. */
  List<JsonNode> then() {
    List<JsonNode> seen = new ArrayList<>();
    ObjectNode state = Json.object();
    for (JsonNode line : lines) {
      if (line.has("seen")) {
        state = state.deepCopy();
        state.setAll((ObjectNode) line.path("seen"));
        seen.add(state);
      }
    }
    return seen;
  }

  /** Plays it, and returns the states that are seen now. */
  List<JsonNode> play(java.util.function.Consumer<SandboxCluster> script) {
    VirtualClock clock = new VirtualClock(START);
    try (SandboxCluster cluster = new SandboxCluster(clock)) {
      cluster.argo().podsReadyAfter(Duration.ofMillis(600));
      cluster.argo().neverReady("app:broken");
      script.accept(cluster);
      cluster.store().listen(this::note);
      ObjectKey key =
          new ObjectKey(Resource.ROLLOUTS, "shop", name.toLowerCase(java.util.Locale.ROOT));
      boolean atOnce = false;
      for (int i = 0; i < lines.size(); i++) {
        JsonNode line = lines.get(i);
        if (!atOnce) {
          advance(clock, cluster, START.plusMillis(Math.round(line.path("at").asDouble() * 1000)));
        }
        // Then the controller did not come in between.
        atOnce = isFollowedAtOnce(i);
        if (atOnce) {
          cluster.store().change(key, part(line), live -> merged(live, line));
        } else {
          carryOut(cluster, key, line);
        }
      }
      advance(clock, cluster, clock.instant().plusSeconds(1));
    }
    return now;
  }

  private boolean isFollowedAtOnce(int line) {
    double at = lines.get(line).path("at").asDouble();
    return lines.get(line).has("patch")
        && lines.stream()
            .skip(line + 1L)
            .filter(later -> later.has("patch"))
            .anyMatch(later -> later.path("at").asDouble() - at < AT_ONCE);
  }

  private static ObjectStore.Part part(JsonNode line) {
    return line.path("status").asBoolean() ? ObjectStore.Part.STATUS : ObjectStore.Part.WHOLE;
  }

  private static ObjectNode merged(ObjectNode live, JsonNode line) {
    return (ObjectNode) Patches.merge(live, line.path("patch"));
  }

  private static void advance(VirtualClock clock, SandboxCluster cluster, Instant to) {
    while (clock.instant().plus(TICK).isBefore(to)) {
      clock.advance(TICK);
      cluster.tick();
    }
    if (clock.instant().isBefore(to)) {
      clock.advanceTo(to);
      cluster.tick();
    }
  }

  private void carryOut(SandboxCluster cluster, ObjectKey key, JsonNode line) {
    if (line.has("create")) {
      create(cluster, key, (ObjectNode) line.path("create"));
    } else if (line.has("patch")) {
      cluster.change(key, part(line), live -> merged(live, line));
    } else if (line.has("limit")) {
      String set = key.name() + "-" + revised.hash(line.at("/limit/revision").asText());
      if (line.at("/limit/ready").isNull()) {
        cluster.argo().unlimitPods("shop", set);
      } else {
        cluster.argo().limitPods("shop", set, line.at("/limit/ready").asInt());
      }
    } else if (line.has("deployment")) {
      cluster.change(
          new ObjectKey(Resource.DEPLOYMENTS, "shop", key.name()),
          ObjectStore.Part.WHOLE,
          live -> {
            ((ObjectNode) live.at("/spec/template/spec/containers/0"))
                .put("image", line.path("deployment").asText());
            return live;
          });
    }
  }

  private static void create(SandboxCluster cluster, ObjectKey key, ObjectNode spec) {
    for (JsonNode strategy : spec.path("strategy")) {
      for (String field :
          List.of("activeService", "previewService", "canaryService", "stableService")) {
        if (strategy.has(field)) {
          ObjectNode service = Json.of("{'spec':{'selector':{}}}");
          cluster.create(
              new ObjectKey(Resource.SERVICES, "shop", strategy.path(field).asText()), service);
        }
      }
    }
    if (spec.has("workloadRef")) {
      cluster.create(
          new ObjectKey(Resource.DEPLOYMENTS, "shop", key.name()),
          Json.of(
              "{'spec':{'replicas':0,'selector':{'matchLabels':{'app':'workloadref'}},"
                  + "'template':{'metadata':{'labels':{'app':'workloadref'}},"
                  + "'spec':{'containers':[{'name':'app','image':'app:1'}]}}}}"));
    }
    for (JsonNode container : spec.at("/template/spec/containers")) {
      ((ObjectNode) container).remove("resources");
    }
    ObjectNode rollout = Json.object();
    rollout.set("spec", spec);
    cluster.create(key, rollout);
  }

  private void note(Change change) {
    if (change.after().key().resource().equals(Resource.ROLLOUTS)) {
      JsonNode state = revised.state(change.after().tree());
      if (now.isEmpty() || !Json.same(now.get(now.size() - 1), state)) {
        now.add(state);
      }
    }
  }
}
