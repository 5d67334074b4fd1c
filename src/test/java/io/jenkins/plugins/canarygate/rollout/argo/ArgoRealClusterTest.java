package io.jenkins.plugins.canarygate.rollout.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Send;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The driver before a real API server and a real controller. Runs where the system property {@code
 * canarygate.kubeconfig} (or {@code CANARYGATE_KUBECONFIG}) names a kubeconfig whose namespace it
 * may fill; the images need not exist where something else makes ReplicaSets available.
 */
@DisplayName("Against a real Argo Rollouts controller")
class ArgoRealClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STEPS =
      "[{'setWeight':20},{'pause':{}},{'setWeight':60},{'pause':{}}]";
  private KubernetesClient client;
  private String namespace;
  private String name;
  private ArgoRolloutDriver driver;
  private Memory memory = Memory.empty();
  private Optional<Fence> fence = Optional.empty();
  private Optional<Intent> intent = Optional.empty();
  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void connect() {
    String kubeconfig =
        System.getProperty("canarygate.kubeconfig", System.getenv("CANARYGATE_KUBECONFIG"));
    assumeTrue(
        kubeconfig != null && new File(kubeconfig).canRead(),
        "no cluster: name a kubeconfig with -Dcanarygate.kubeconfig=FILE");
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(new File(kubeconfig)))
            .build();
    namespace = client.getNamespace() == null ? "default" : client.getNamespace();
    name = "cg-" + Long.toString(System.nanoTime(), 36);
  }

  @AfterEach
  void clean() {
    if (client != null) {
      rollout().delete();
      client.apps().replicaSets().inNamespace(namespace).withLabel("app", name).delete();
      for (String service : List.of("active", "preview")) {
        client.services().inNamespace(namespace).withName(name + "-" + service).delete();
      }
      client.close();
    }
  }

  private Resource<GenericKubernetesResource> rollout() {
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(Failures.GROUP)
                .withVersion(Failures.VERSION)
                .withKind("Rollout")
                .withPlural("rollouts")
                .withNamespaced(true)
                .build())
        .inNamespace(namespace)
        .withName(name);
  }

  /** Deploys app:1, waits until it is Healthy, deploys app:2. */
  private void deploy(At at, String strategy) {
    for (String service : List.of("active", "preview")) {
      if (strategy.contains("blueGreen")) {
        client
            .services()
            .inNamespace(namespace)
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withName(name + "-" + service)
                    .endMetadata()
                    .withNewSpec()
                    .addToSelector("app", name)
                    .addNewPort()
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build())
            .create();
      }
    }
    String object =
        "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{'name':'"
            + name
            + "'},'spec':{'replicas':3,'selector':{'matchLabels':{'app':'"
            + name
            + "'}},'strategy':"
            + strategy.replace("NAME", name)
            + ",'template':{'metadata':{'labels':{'app':'"
            + name
            + "'}},'spec':"
            + pods("app:1")
            + "}}}";
    client.raw(
        "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/rollouts",
        "POST",
        object.replace('\'', '"'));
    rollout()
        .waitUntilCondition(
            r ->
                r != null
                    && "Healthy".equals(r.get("status", "phase"))
                    && String.valueOf(r.getMetadata().getGeneration())
                        .equals(r.get("status", "observedGeneration")),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
    Target target =
        new Target(
            "Rollout", Optional.empty(), namespace, name, RevisionAsked.image("app:2"), at);
    driver = new ArgoRolloutDriver(client, target, "gate-" + name);
    image("app:2");
  }

  private static String pods(String image) {
    return "{'containers':[{'name':'app','image':'" + image + "'}]}";
  }

  private void image(String image) {
    patch("{'spec':{'template':{'spec':" + pods(image) + "}}}");
  }

  private void patch(String body) {
    rollout().patch(PatchContext.of(PatchType.JSON_MERGE), body.replace('\'', '"'));
  }

  private Observation look() {
    try {
      Observation seen = driver.look(new Question(Instant.now(), fence, intent, memory));
      memory = seen.memory();
      return seen;
    } catch (LookException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** Looks again at each change of the object until a look shows what is waited for. */
  private Observation until(String what, Predicate<Observation> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    Observation seen = look();
    while (!wanted.test(seen)) {
      assertThat(Instant.now())
          .as("waiting for %s: %s %s %s %s", what, seen.fate(), seen.drift(), seen.effect(),
              seen.effectText() + seen.obstacles())
          .isBefore(end);
      awaitChange(seen);
      seen = look();
    }
    return seen;
  }

  private void awaitChange(Observation seen) {
    String version = seen.snapshot().path("resourceVersion").asText();
    try {
      rollout()
          .waitUntilCondition(
              r -> r == null || !r.getMetadata().getResourceVersion().equals(version),
              1,
              TimeUnit.SECONDS);
    } catch (io.fabric8.kubernetes.client.KubernetesClientTimeoutException e) {
      // Nothing changed: ReplicaSets may have.
    }
  }

  private Observation atPoint() {
    Observation seen = until("the gate point", s -> s.point().isPresent());
    fence = seen.fence();
    return seen;
  }

  /** Does what engine and host would do until the action is in effect. */
  private Observation act(Action action) {
    Observation fresh =
        until(action + " to be ready", s -> s.can(action).state() == Readiness.State.READY);
    intent =
        Optional.of(
            new Intent(
                action, Instant.now(), fence.or(fresh::fence).orElseThrow(), List.of()));
    send(fresh);
    while (true) {
      Observation seen = look();
      Effect effect = seen.effect().orElseThrow();
      switch (effect) {
        case DUE -> send(seen);
        case SWALLOWED -> {
          fence = seen.fence();
          intent = intent.map(i -> i.under(fence.orElseThrow()));
          send(seen);
        }
        case STANDING -> {
          assertThat(Instant.now()).isBefore(intent.get().at().plus(PATIENCE));
          awaitChange(seen);
        }
        case IN_EFFECT -> {
          return seen;
        }
        case OVERRULED -> throw new AssertionError(action + " overruled: " + seen.effectText());
      }
    }
  }

  private void send(Observation seen) {
    Optional<Write> write = driver.next(intent.orElseThrow(), seen);
    if (write.isPresent()) {
      Instant at = Instant.now();
      Receipt receipt = driver.send(write.get());
      assertThat(receipt.result())
          .as(receipt.message())
          .isIn(Receipt.Result.DONE, Receipt.Result.CONFLICT);
      sent.add(write.get().what() + (receipt == Receipt.DONE ? "" : " conflict"));
      intent = intent.map(i -> i.with(new Send(write.get().what(), at, receipt.result())));
    }
  }

  private void forget() {
    fence = Optional.empty();
    intent = Optional.empty();
  }

  private List<String> sentWithoutConflicts() {
    return sent.stream().filter(what -> !what.endsWith("conflict")).toList();
  }

  private JsonNode live(String pointer) {
    return io.fabric8.kubernetes.client.utils.Serialization.jsonMapper()
        .valueToTree(rollout().get())
        .at(pointer);
  }

  @Test
  void eachPauseIsPromotedOnceUntilItHasLanded() {
    deploy(At.eachPause(), "{'canary':{'steps':" + STEPS + "}}");
    assertThat(atPoint().point().orElseThrow().step()).hasValue(1);
    assertThat(act(Action.PROMOTE).drift()).isEqualTo(Drift.NONE);
    Observation advanced = until("the later pause", s -> s.fate() == Fate.ADVANCED);
    assertThat(advanced.where()).startsWith("step 3 of 4");
    forget();
    assertThat(atPoint().point().orElseThrow().step()).hasValue(3);
    act(Action.PROMOTE);
    Observation landed = until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(landed.phase()).isEqualTo("Healthy");
    assertThat(sentWithoutConflicts()).containsExactly("promote", "promote");
  }

  @Test
  void aCanaryIsAbortedTriedAgainAndAbortedAgain() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    atPoint();
    act(Action.ABORT);
    assertThat(until("taken back", s -> s.fate() == Fate.TAKEN_BACK).phase())
        .isEqualTo("Degraded");
    assertThat(live("/status/updatedReplicas").asInt(0)).isZero();
    forget();
    fence = look().fence();
    act(Action.RETRY);
    forget();
    atPoint();
    act(Action.ABORT);
    assertThat(sentWithoutConflicts()).containsExactly("abort", "retry", "abort");
  }

  @Test
  void aTimedPauseIsHeldOverItsEndAndPromotedByLifting() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':20},{'pause':{'duration':'8s'}},{'setWeight':60},"
            + "{'pause':{}}]}}");
    assertThat(atPoint().point().orElseThrow().timed()).isTrue();
    Observation held = act(Action.HOLD);
    forget();
    fence = held.fence();
    Instant over = held.point().orElseThrow().since().plusSeconds(10);
    Observation still = until("the end of the pause", s -> s.at().isAfter(over));
    assertThat(still.drift()).isEqualTo(Drift.NONE);
    assertThat(still.point()).isPresent();
    act(Action.PROMOTE);
    assertThat(sentWithoutConflicts()).containsExactly("hold", "lift");
    assertThat(live("/metadata/annotations").has(RolloutStatus.HOLD)).isFalse();
    until("the later pause", s -> s.fate() == Fate.ADVANCED);
  }

  @Test
  void aTimedPauseThatIsHeldIsPromotedBeforeItsEnd() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':20},{'pause':{'duration':'1h'}},{'pause':{}}]}}");
    atPoint();
    Observation held = act(Action.HOLD);
    forget();
    fence = held.fence();
    act(Action.PROMOTE);
    assertThat(sentWithoutConflicts()).containsExactly("hold", "lift", "promote");
    until("the later pause", s -> s.fate() == Fate.ADVANCED);
  }

  @Test
  void anAbortUnderOurHoldLiftsItAndOnlyThenTakesBack() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':40},{'pause':{'duration':'1h'}}]}}");
    atPoint();
    Observation held = act(Action.HOLD);
    forget();
    fence = held.fence();
    act(Action.ABORT);
    assertThat(sentWithoutConflicts()).containsExactly("hold", "abort", "lift");
    assertThat(look().fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void aCanaryIsPromotedFullyAndNoAbortIsPossibleAfterThat() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    atPoint();
    act(Action.PROMOTE_FULLY);
    until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(look().can(Action.ABORT).state()).isNotEqualTo(Readiness.State.READY);
    assertThat(sentWithoutConflicts()).containsExactly("promoteFully");
  }

  @Test
  void blueGreenIsPromotedWhenAllItsPodsAreAvailable() {
    deploy(At.nextPause(), blueGreen("'autoPromotionEnabled':false"));
    Observation point = atPoint();
    assertThat(point.share().orElseThrow().serving()).isFalse();
    act(Action.PROMOTE);
    until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(sentWithoutConflicts()).containsExactly("promote");
  }

  @Test
  void blueGreenIsAborted() {
    deploy(At.nextPause(), blueGreen("'autoPromotionEnabled':false"));
    atPoint();
    act(Action.ABORT);
    Observation taken = until("taken back", s -> s.fate() == Fate.TAKEN_BACK);
    assertThat(taken.notes()).anyMatch(note -> note.contains("preview service"));
  }

  @Test
  void aTimedBlueGreenPauseIsHeldAndPromotedByLifting() {
    deploy(At.nextPause().held(), blueGreen("'autoPromotionSeconds':6"));
    atPoint();
    Observation held = act(Action.HOLD);
    forget();
    fence = held.fence();
    Instant over = held.point().orElseThrow().since().plusSeconds(8);
    until("the end of the pause", s -> s.at().isAfter(over));
    act(Action.PROMOTE);
    assertThat(sentWithoutConflicts()).containsExactly("hold", "lift");
    until("landing", s -> s.fate() == Fate.LANDED);
  }

  @Test
  void aPersonsPauseRefusesAPromotionAndANewImageReplacesTheRevision() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    atPoint();
    patch("{'spec':{'paused':true}}");
    Observation paused = until("the pause", s -> s.settled());
    assertThat(paused.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(paused.drift()).isEqualTo(Drift.NONE);
    patch("{'spec':{'paused':false}}");
    until("the promotion to be possible", s -> s.can(Action.PROMOTE).equals(Readiness.READY));
    image("app:3");
    until("the newer revision", s -> s.drift() == Drift.OTHER_REVISION);
  }

  @Test
  void whatWasLookedAtBeforeItMovedIsNotPromoted() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    Observation old = atPoint();
    patch("{'metadata':{'annotations':{'somebody':'else'}}}");
    intent = Optional.of(new Intent(Action.PROMOTE, Instant.now(), fence.get(), List.of()));
    Write write = driver.next(intent.get(), old).orElseThrow();
    assertThat(driver.send(write).result()).isEqualTo(Receipt.Result.CONFLICT);
    assertThat(live("/status/pauseConditions")).isNotEmpty();
  }

  @Test
  void planFindsNothingAmiss() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    Target target =
        new Target(
            "Rollout",
            Optional.empty(),
            namespace,
            name,
            RevisionAsked.image("app:2"),
            At.nextPause());
    assertThat(ArgoPreflight.examine(client, target, true, true))
        .allMatch(finding -> finding.level() == Finding.Level.OK);
  }

  private static String blueGreen(String fields) {
    return "{'blueGreen':{'activeService':'NAME-active','previewService':'NAME-preview',"
        + fields
        + "}}";
  }
}
