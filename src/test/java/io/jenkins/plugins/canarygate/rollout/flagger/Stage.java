package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A driver before an API server, with a clock of its own, asked as an engine would ask it. */
final class Stage implements AutoCloseable {
  static final String GATE = "gate-1";
  static final String PATH = "/apis/flagger.app/v1beta1/namespaces/shop/canaries/checkout";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments/";
  static final RevisionAsked OURS = RevisionAsked.image("shop/app:2");
  final FakeApi api = new FakeApi();
  final KubernetesClient client = api.client();
  final Target target;
  private final FlaggerRolloutDriver driver;
  private boolean watched;
  Memory memory = Memory.empty();
  Instant now = Instant.parse(CanaryJson.T2).plusSeconds(5);
  Optional<Fence> fence = Optional.empty();
  Optional<Intent> intent = Optional.empty();

  Stage() {
    this(At.promotion(), OURS);
  }

  Stage(At at, RevisionAsked revision) {
    target = new Target("Canary", Optional.empty(), "shop", "checkout", revision, at);
    driver = new FlaggerRolloutDriver(client, target, GATE);
    deployed("shop/app:2");
    primary("shop/app:1");
  }

  /** The target holds this image. */
  Stage deployed(String image) {
    return put("checkout", CanaryJson.workload("checkout", image, "proxy:7"));
  }

  /** The primary holds this image; Flagger marks each promotion in its template. */
  Stage primary(String image) {
    ObjectNode primary = CanaryJson.workload("checkout-primary", image, "proxy:7");
    ((ObjectNode) primary.at("/spec/template/metadata"))
        .putObject("annotations")
        .put("flagger-id", "id-of-" + image);
    return put("checkout-primary", primary);
  }

  Stage put(String name, ObjectNode workload) {
    api.put(DEPLOYMENTS + name, workload);
    return this;
  }

  /** From now on a watch wakes the gate. */
  Stage watched() {
    watched = true;
    return this;
  }

  /** The Canary is as this says, and keeps its annotations. */
  Stage shows(CanaryJson canary) {
    ObjectNode node = canary.node();
    ObjectNode before = api.get(PATH);
    if (before != null) {
      ((ObjectNode) node.at("/metadata/annotations"))
          .setAll((ObjectNode) before.at("/metadata/annotations"));
    }
    api.put(PATH, node);
    return this;
  }

  Observation look() {
    try {
      Observation seen = driver.look(new Question(now, fence, intent, memory, watched));
      memory = seen.memory();
      return seen;
    } catch (LookException e) {
      throw new AssertionError("the look failed: " + e.getMessage(), e);
    }
  }

  LookException lookFails() {
    try {
      driver.look(new Question(now, fence, intent, memory, watched));
    } catch (LookException e) {
      return e;
    }
    throw new AssertionError("the look did not fail");
  }

  Observation looks(CanaryJson canary) {
    return shows(canary).look();
  }

  /** Flagger was seen to take up what the target holds. */
  Stage tookUp(CanaryJson before) {
    looks(before.phase("Succeeded", CanaryJson.T0).applied(CanaryJson.OLD_SPEC));
    return this;
  }

  /** The gate stands at its point, which it saw come: the fence is taken. */
  Stage fencedAt(CanaryJson canary) {
    tookUp(CanaryJson.canary());
    Observation seen = looks(canary);
    fence = seen.fence();
    if (seen.point().isEmpty()) {
      throw new AssertionError("no gate point: " + seen.obstacles());
    }
    return this;
  }

  /** The intent is written down. */
  Stage intends(Action action) {
    Fence under = fence.or(() -> look().fence()).orElseThrow();
    intent = Optional.of(new Intent(action, now, under, List.of()));
    return this;
  }

  /** The intent is written down and its decision sent. */
  Stage decides(Action action) {
    Observation fresh = look();
    intends(action);
    Write write = driver.next(intent.get(), fresh).orElseThrow();
    return sent(write.what(), driver.send(write).result());
  }

  Stage sent(String what, Receipt.Result result) {
    intent = Optional.of(intent.orElseThrow().with(new Send(what, now, result)));
    return this;
  }

  Stage later(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    return this;
  }

  Optional<Write> next(Observation seen) {
    return driver.next(intent.orElseThrow(), seen);
  }

  /** Sends the write that is due, as a host would. */
  Write sends(Observation seen) {
    Write write = next(seen).orElseThrow();
    sent(write.what(), driver.send(write).result());
    return write;
  }

  Receipt send(Write write) {
    return driver.send(write);
  }

  /** What stands in the annotation. */
  Optional<Decision> standing() {
    return DecisionNote.of(new CanaryView(api.get(PATH))).decision();
  }

  @Override
  public void close() {
    client.close();
    api.close();
  }
}
