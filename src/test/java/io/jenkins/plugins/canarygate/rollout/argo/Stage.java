package io.jenkins.plugins.canarygate.rollout.argo;

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
  static final String PATH = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout";
  static final String SETS = "/apis/apps/v1/namespaces/shop/replicasets/";
  static final RevisionAsked OURS = RevisionAsked.image("shop/app:2");
  final FakeApi api = new FakeApi();
  private boolean watched;
  private final KubernetesClient client = api.client();
  Target target;
  ArgoRolloutDriver driver;
  Memory memory = Memory.empty();
  Instant now = Instant.parse("2026-05-01T10:00:05Z");
  Optional<Fence> fence = Optional.empty();
  Optional<Intent> intent = Optional.empty();

  Stage() {
    this(At.nextPause(), OURS);
  }

  Stage(At at) {
    this(at, OURS);
  }

  Stage(At at, RevisionAsked revision) {
    target = new Target("Rollout", Optional.empty(), "shop", "checkout", revision, at);
    driver = new ArgoRolloutDriver(client, target, GATE);
    set(RolloutJson.STABLE, "shop/app:1", 5);
    set(RolloutJson.CANARY, "shop/app:2", 1);
  }

  KubernetesClient client() {
    return client;
  }

  void set(String hash, String image, int pods) {
    put(RolloutJson.replicaSet(hash, image, pods, RolloutJson.UID));
  }

  void put(ObjectNode set) {
    api.put(SETS + set.at("/metadata/name").asText(), set);
  }

  Stage shows(RolloutJson rollout) {
    api.put(PATH, rollout.node());
    return this;
  }

  /** From now on a watch wakes the gate. */
  Stage watched() {
    watched = true;
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

  Observation looks(RolloutJson rollout) {
    return shows(rollout).look();
  }

  /** The gate stands at its point: the fence is taken. */
  Stage fencedAt(RolloutJson rollout) {
    fence = looks(rollout).fence();
    return this;
  }

  /** The intent is written down. */
  Stage intends(Action action) {
    intent = Optional.of(new Intent(action, now, fence.orElseThrow(), List.of()));
    return this;
  }

  /** The write was sent at this moment, with this result. */
  Stage sent(String what, Receipt.Result result) {
    intent = Optional.of(intent.orElseThrow().with(new Send(what, now, result)));
    return this;
  }

  Stage sent(String what) {
    return sent(what, Receipt.Result.DONE);
  }

  Stage later(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    return this;
  }

  /** The engine takes the new fence after a swallowed promote. */
  void takesFence(Observation seen) {
    fence = seen.fence();
    intent = intent.map(i -> i.under(fence.orElseThrow()));
  }

  /** Sends the write that is due, as a host would. */
  Write sends(Observation seen) {
    Write write = driver.next(intent.orElseThrow(), seen).orElseThrow();
    Receipt receipt = driver.send(write);
    sent(write.what(), receipt.result());
    return write;
  }

  @Override
  public void close() {
    client.close();
    api.close();
  }
}
