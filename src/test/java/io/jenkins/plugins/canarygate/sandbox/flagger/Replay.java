package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.VirtualClock;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Change;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays a recording with the simulated Flagger: the same changes at the same moments, and the same
 * answers of the webhooks.
 */
final class Replay implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration KUBELET = Duration.ofMillis(500);

  private final Recording recording;
  private final VirtualClock clock = new VirtualClock(Recording.START);
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final Asked asked;
  private final Seen seen;
  private final Map<String, Integer> calls = new HashMap<>();
  private Instant nextTick;
  private boolean isUp = true;

  Replay(Recording recording) throws IOException {
    this.recording = recording;
    this.nextTick = recording.firstTick();
    this.seen = new Seen(recording.firstTick(), clock);
    this.asked = new Asked(recording, this::answering);
  }

  /** Plays it, and returns what is seen. */
  Seen play() {
    cluster.flagger().podsReadyAfter(Duration.ofSeconds(1));
    cluster.flagger().controlLoop(Duration.ofDays(365));
    cluster.store().listen(this::note);
    recording
        .done()
        .filter(line -> !line.has("during"))
        .forEach(
            line -> {
              advance(Recording.at(line.path("at").asDouble()));
              carryOut(line);
            });
    advance(recording.firstTick().plus(INTERVAL.multipliedBy(recording.lastTick())).minusMillis(1));
    return seen;
  }

  private void advance(Instant to) {
    while (!nextTick.isAfter(to)) {
      pass(nextTick);
      nextTick = nextTick.plus(INTERVAL);
      if (isUp) {
        cluster.flagger().advance("shop", "app");
      }
      cluster.flagger().routed("shop", "app").ifPresent(seen::routes);
      unready();
    }
    pass(to);
  }

  private void pass(Instant to) {
    for (Instant at = clock.instant(); at.isBefore(to); at = at.plus(KUBELET)) {
      clock.advanceTo(at);
      cluster.tick();
    }
    if (clock.instant().isBefore(to)) {
      clock.advanceTo(to);
    }
    cluster.tick();
  }

  /** Somebody asks: whatever happened before the answer happens now. */
  private void answering(String hook, JsonNode body, JsonNode answer) {
    seen.asked(hook, body);
    Instant called = clock.instant();
    int call = calls.merge(hook, 1, Integer::sum);
    recording
        .doneDuring(hook, call)
        .forEach(
            line -> {
              clock.advanceTo(Recording.at(line.path("at").asDouble()));
              carryOut(line);
            });
    // Flagger is in the middle of its tick, so nothing else of it becomes due.
    clock.advanceTo(called.plusSeconds(answer.path("after").asInt()));
  }

  private ObjectKey key(String what) {
    boolean daemon = recording.create().path("kind").asText().equals("DaemonSet");
    Resource workload = daemon ? Resource.DAEMON_SETS : Resource.DEPLOYMENTS;
    return switch (what) {
      case "target" -> new ObjectKey(workload, "shop", "app");
      case "primary" -> new ObjectKey(workload, "shop", "app-primary");
      case "configMap" -> new ObjectKey(Resource.CONFIG_MAPS, "shop", "app-config");
      default -> new ObjectKey(Resource.CANARIES, "shop", "app");
    };
  }

  private void carryOut(JsonNode line) {
    if (line.has("create")) {
      create(line.path("create"));
    } else if (line.has("workload")) {
      createWorkload(recording.create());
    } else if (line.has("flagger")) {
      isUp = line.path("flagger").asText().equals("up");
    } else if (line.has("delete")) {
      cluster.delete(key("canary"));
      cluster.tick();
    } else {
      cluster.change(
          key(line.path("of").asText()),
          ObjectStore.Part.WHOLE,
          live -> (ObjectNode) Patches.merge(live, line.path("patch")));
      unready();
    }
  }

  private void create(JsonNode create) {
    if (create.has("configMap")) {
      ObjectNode map = Json.object();
      map.set("data", create.path("configMap"));
      cluster.create(key("configMap"), map);
    }
    if (!create.has("workloadLater")) {
      createWorkload(create);
    }
    ObjectNode template = Json.of("{'spec':{'provider':{'type':'prometheus'}}}");
    template.withObject("/spec/provider").put("address", asked.url() + "/prometheus");
    template
        .withObject("/spec")
        .put(
            "query",
            "metric_of{name=\"{{ name }}\",ns=\"{{ namespace }}\","
                + "target=\"{{ target }}\",interval=\"{{ interval }}\"}");
    cluster.create(new ObjectKey(Resource.METRIC_TEMPLATES, "shop", "m"), template);
    ObjectNode canary = Json.object();
    canary.set("spec", create.path("spec").deepCopy());
    webhooks(canary);
    cluster.create(key("canary"), canary);
  }

  private void createWorkload(JsonNode create) {
    ObjectNode workload =
        Json.of(
            "{'spec':{'selector':{'matchLabels':{'app':'app'}},'template':{'metadata':{'labels':"
                + "{'app':'app'}},'spec':{'containers':[{'name':'app','ports':"
                + "[{'name':'http','containerPort':8080}]}]}}}}");
    ((ObjectNode) workload.at("/spec/template/spec/containers/0"))
        .set("image", create.get("image"));
    if (create.has("replicas")) {
      ((ObjectNode) workload.path("spec")).set("replicas", create.path("replicas"));
    }
    if (create.has("configMap")) {
      // A volume, because the patches write the containers anew.
      ObjectNode volume =
          ((ObjectNode) workload.at("/spec/template/spec")).putArray("volumes").addObject();
      volume.put("name", "config").putObject("configMap").put("name", "app-config");
    }
    cluster.create(key("target"), workload);
  }

  /** A recording names most webhooks by their type alone. */
  private void webhooks(ObjectNode canary) {
    JsonNode types = canary.at("/spec/analysis/webhooks");
    ArrayNode hooks = canary.withObject("/spec/analysis").putArray("webhooks");
    for (JsonNode one : types) {
      ObjectNode hook = one.isTextual() ? Json.object().put("type", one.asText()) : one.deepCopy();
      String type = hook.path("type").asText();
      hook.put("name", type).put("url", asked.url() + "/hooks/" + type);
      hook.putObject("metadata").put("session", "x1");
      hooks.add(hook);
    }
  }

  /** Annotations told the pods there to be unready. */
  private void unready() {
    for (String what : List.of("target", "primary")) {
      Optional<ObjectNode> workload = cluster.store().find(key(what)).map(Stored::tree);
      if (workload.isPresent()) {
        String role = what.equals("target") ? "canary" : "primary";
        JsonNode template = workload.get().at("/spec/template/metadata/annotations");
        if (workload.get().at("/metadata/annotations").has("fake/unready")
            || template.has("fake/unready-" + role)) {
          cluster.flagger().limitPods(key(what), 0);
        } else {
          cluster.flagger().unlimitPods(key(what));
        }
      }
    }
  }

  private void note(Change change) {
    ObjectKey key = change.after().key();
    if (change.type() == Change.Type.DELETED) {
      if (key.equals(key("canary"))) {
        seen.gone();
      }
    } else if (key.equals(key("canary"))) {
      seen.canary(change.after().tree());
    } else if (key.equals(key("target"))) {
      seen.workload("target", change.after().tree());
    } else if (key.equals(key("primary"))) {
      seen.workload("primary", change.after().tree());
    }
  }

  @Override
  public void close() {
    asked.close();
    cluster.close();
  }
}
