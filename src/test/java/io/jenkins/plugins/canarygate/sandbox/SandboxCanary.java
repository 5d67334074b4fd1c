package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.flagger.Routes;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Patches;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A Canary of Flagger in the sandbox, and what people and pipelines do with it. */
public final class SandboxCanary {
  private final SandboxCluster cluster;
  private final ObjectKey key;

  SandboxCanary(SandboxCluster cluster, ObjectKey key) {
    this.cluster = cluster;
    this.key = key;
  }

  public ObjectKey key() {
    return key;
  }

  public String namespace() {
    return key.namespace();
  }

  public String name() {
    return key.name();
  }

  /** The live object; a copy. */
  public ObjectNode object() {
    return cluster.store().get(key).tree();
  }

  public JsonNode status() {
    return object().path("status");
  }

  public String uid() {
    return object().at("/metadata/uid").asText();
  }

  public String resourceVersion() {
    return object().at("/metadata/resourceVersion").asText();
  }

  public String phase() {
    return status().path("phase").asText("");
  }

  /** How many intervals it has been at; -1 before a weighted one is promoted. */
  public int iterations() {
    return status().path("iterations").asInt();
  }

  public int weight() {
    return status().path("canaryWeight").asInt();
  }

  /** What Flagger was told to apply last: a word that says nothing by itself. */
  public String lastApplied() {
    return status().path("lastAppliedSpec").asText("");
  }

  public String lastPromoted() {
    return status().path("lastPromotedSpec").asText("");
  }

  private ObjectKey target() {
    boolean daemon = object().at("/spec/targetRef/kind").asText().equals("DaemonSet");
    return new ObjectKey(
        daemon ? Resource.DAEMON_SETS : Resource.DEPLOYMENTS,
        namespace(),
        object().at("/spec/targetRef/name").asText());
  }

  private ObjectKey primary() {
    return target().named(target().name() + "-primary");
  }

  public String targetImage() {
    return image(target());
  }

  public String primaryImage() {
    return image(primary());
  }

  private String image(ObjectKey workload) {
    JsonNode object = cluster.store().get(workload).tree();
    return object.at("/spec/template/spec/containers/0/image").asText();
  }

  /**
   * Who serves users now.
   *
   * @return percent of the traffic by image
   */
  public Map<String, Integer> serving() {
    boolean routed = !object().at("/spec/provider").asText().equals("kubernetes");
    Routes routes = cluster.flagger().routes(namespace(), name());
    Map<String, Integer> serving = new TreeMap<>();
    serving.merge(primaryImage(), routed ? routes.primary() : 100, Integer::sum);
    serving.merge(targetImage(), routed ? routes.canary() : 0, Integer::sum);
    serving.values().removeIf(percent -> percent == 0);
    return serving;
  }

  /** What a gate has decided about it; empty where nothing stands. */
  public String decision() {
    return object().at("/metadata/annotations/canary-gate~1decision").asText("");
  }

  /** The messages of Flagger's events about it, oldest first. */
  public List<String> events() {
    return cluster.flagger().events(namespace(), name());
  }

  // ---- what deploys, and people, do ----

  /** Deploys another image, or sets it back to an earlier one. */
  public SandboxCanary deploy(String image) {
    return patchTarget(
        "{'spec':{'template':{'spec':{'containers':[{'name':'app','image':'%s','ports':"
                .formatted(image)
            + "[{'containerPort':8080,'protocol':'TCP'}]}]}}}}");
  }

  /** A merge patch of the workload; single quotes do for double ones. */
  public SandboxCanary patchTarget(String body) {
    JsonNode patch = Json.of(body);
    cluster.change(
        target(), ObjectStore.Part.WHOLE, live -> (ObjectNode) Patches.merge(live, patch));
    return this;
  }

  public SandboxCanary changeConfigMap(String configMap, String key, String value) {
    cluster.change(
        new ObjectKey(Resource.CONFIG_MAPS, namespace(), configMap),
        ObjectStore.Part.WHOLE,
        live -> {
          live.withObject("/data").put(key, value);
          return live;
        });
    return this;
  }

  public SandboxCanary suspend() {
    return patch("{'spec':{'suspend':true}}");
  }

  public SandboxCanary resume() {
    return patch("{'spec':{'suspend':false}}");
  }

  // ---- what goes on inside ----

  /** As if it had come to its present phase at that time. */
  public SandboxCanary inPhaseSince(Instant since) {
    String second = since.truncatedTo(ChronoUnit.SECONDS).toString();
    cluster.change(
        key,
        ObjectStore.Part.STATUS,
        live -> {
          ObjectNode condition = (ObjectNode) live.at("/status/conditions/0");
          condition.put("lastUpdateTime", second).put("lastTransitionTime", second);
          return live;
        });
    return this;
  }

  /** The pods of the primary become unready. */
  public SandboxCanary breakPrimary() {
    cluster.flagger().limitPods(primary(), 0);
    return this;
  }

  public SandboxCanary mendPrimary() {
    cluster.flagger().unlimitPods(primary());
    return this;
  }

  /** The pods of the canary become unready. */
  public SandboxCanary breakCanary() {
    cluster.flagger().limitPods(target(), 0);
    return this;
  }

  public SandboxCanary mendCanary() {
    cluster.flagger().unlimitPods(target());
    return this;
  }

  /** Flagger looks at it now, whatever the clock says. */
  public SandboxCanary tick() {
    cluster.flagger().advance(namespace(), name());
    return this;
  }

  /** So much time passes, and Flagger looks at it each time that it would. */
  public SandboxCanary pass(VirtualClock clock, Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      step(clock, end);
    }
    return this;
  }

  /**
   * Time passes until it is in a phase.
   *
   * @throws IllegalStateException if it does not come there within half an hour
   */
  public SandboxCanary until(VirtualClock clock, String phase) {
    Instant end = clock.instant().plus(Duration.ofMinutes(30));
    while (!phase().equals(phase)) {
      if (!clock.instant().isBefore(end)) {
        throw new IllegalStateException(
            "still in " + phase() + " instead of " + phase + ": " + events());
      }
      step(clock, end);
    }
    return this;
  }

  /**
   * Looks at it again and again until it is in a phase, while time passes by itself.
   *
   * @throws IllegalStateException if it does not come there within a minute
   */
  public SandboxCanary awaitPhase(String phase) {
    CountDownLatch arrived = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    try {
      while (!phase().equals(phase)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("still in " + phase() + ": " + events());
        }
        arrived.await(20, TimeUnit.MILLISECONDS);
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void step(VirtualClock clock, Instant end) {
    Instant now = clock.instant();
    Instant next = cluster.flagger().nextDue().filter(now::isBefore).orElse(now.plusSeconds(1));
    clock.advanceTo(next.isBefore(end) ? next : end);
    cluster.tick();
  }

  /** A merge patch of the object; single quotes do for double ones. */
  public SandboxCanary patch(String body) {
    JsonNode patch = Json.of(body);
    cluster.change(key, ObjectStore.Part.WHOLE, live -> (ObjectNode) Patches.merge(live, patch));
    return this;
  }

  public void delete() {
    cluster.delete(key);
  }
}
