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
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Hand;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private Hand hand;

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
                .withGroup(ArgoSection.ROLLOUTS.group())
                .withVersion(ArgoSection.ROLLOUTS.version())
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
        new Target("Rollout", Optional.empty(), namespace, name, RevisionAsked.image("app:2"), at);
    driver = new ArgoRolloutDriver(client, target, "gate-" + name);
    hand = new Hand(driver, InstantSource.system(), this::awaitChange);
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

  private JsonNode live(String pointer) {
    return io.fabric8.kubernetes.client.utils.Serialization.jsonMapper()
        .valueToTree(rollout().get())
        .at(pointer);
  }

  @Test
  void eachPauseIsPromotedOnceUntilItHasLanded() {
    deploy(At.eachPause(), "{'canary':{'steps':" + STEPS + "}}");
    assertThat(hand.atPoint().point().orElseThrow().step()).hasValue(1);
    assertThat(hand.act(Action.PROMOTE).drift()).isEqualTo(Drift.NONE);
    Observation advanced = hand.until("the later pause", s -> s.fate() == Fate.ADVANCED);
    assertThat(advanced.where()).startsWith("step 3 of 4");
    hand.forget();
    assertThat(hand.atPoint().point().orElseThrow().step()).hasValue(3);
    hand.act(Action.PROMOTE);
    Observation landed = hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(landed.phase()).isEqualTo("Healthy");
    assertThat(hand.sent).containsExactly("promote", "promote");
  }

  @Test
  void aCanaryIsAbortedTriedAgainAndAbortedAgain() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    hand.atPoint();
    hand.act(Action.ABORT);
    assertThat(hand.until("taken back", s -> s.fate() == Fate.TAKEN_BACK).phase())
        .isEqualTo("Degraded");
    assertThat(live("/status/updatedReplicas").asInt(0)).isZero();
    hand.forget();
    hand.fence = hand.look().fence();
    hand.act(Action.RETRY);
    hand.forget();
    hand.atPoint();
    hand.act(Action.ABORT);
    assertThat(hand.sent).containsExactly("abort", "retry", "abort");
  }

  @Test
  void aTimedPauseIsHeldOverItsEndAndPromotedByLifting() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':20},{'pause':{'duration':'8s'}},{'setWeight':60},"
            + "{'pause':{}}]}}");
    Observation held = hand.hold();
    assertThat(held.point().orElseThrow().timed()).isTrue();
    Instant over = held.point().orElseThrow().since().plusSeconds(10);
    Observation still = hand.until("the end of the pause", s -> s.at().isAfter(over));
    assertThat(still.drift()).isEqualTo(Drift.NONE);
    assertThat(still.point()).isPresent();
    hand.act(Action.PROMOTE);
    assertThat(hand.sent).containsExactly("hold", "lift");
    assertThat(live("/metadata/annotations").has(RolloutStatus.HOLD)).isFalse();
    hand.until("the later pause", s -> s.fate() == Fate.ADVANCED);
  }

  @Test
  void aTimedPauseThatIsHeldIsPromotedBeforeItsEnd() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':20},{'pause':{'duration':'1h'}},{'pause':{}}]}}");
    Observation held = hand.hold();
    hand.act(Action.PROMOTE);
    assertThat(hand.sent).containsExactly("hold", "lift", "promote");
    hand.until("the later pause", s -> s.fate() == Fate.ADVANCED);
  }

  @Test
  void anAbortUnderOurHoldLiftsItAndOnlyThenTakesBack() {
    deploy(
        At.nextPause().held(),
        "{'canary':{'steps':[{'setWeight':40},{'pause':{'duration':'1h'}}]}}");
    Observation held = hand.hold();
    hand.act(Action.ABORT);
    assertThat(hand.sent).containsExactly("hold", "abort", "lift");
    assertThat(hand.look().fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void aCanaryIsPromotedFullyAndNoAbortIsPossibleAfterThat() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    hand.atPoint();
    hand.act(Action.PROMOTE_FULLY);
    hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(hand.look().can(Action.ABORT).state()).isNotEqualTo(Readiness.State.READY);
    assertThat(hand.sent).containsExactly("promoteFully");
  }

  @Test
  void blueGreenIsPromotedWhenAllItsPodsAreAvailable() {
    deploy(At.nextPause(), blueGreen("'autoPromotionEnabled':false"));
    Observation point = hand.atPoint();
    assertThat(point.share().orElseThrow().serving()).isFalse();
    hand.act(Action.PROMOTE);
    hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(hand.sent).containsExactly("promote");
  }

  @Test
  void blueGreenIsAborted() {
    deploy(At.nextPause(), blueGreen("'autoPromotionEnabled':false"));
    hand.atPoint();
    hand.act(Action.ABORT);
    Observation taken = hand.until("taken back", s -> s.fate() == Fate.TAKEN_BACK);
    assertThat(taken.notes()).anyMatch(note -> note.contains("preview service"));
  }

  @Test
  void aTimedBlueGreenPauseIsHeldAndPromotedByLifting() {
    deploy(At.nextPause().held(), blueGreen("'autoPromotionSeconds':6"));
    Observation held = hand.hold();
    Instant over = held.point().orElseThrow().since().plusSeconds(8);
    hand.until("the end of the pause", s -> s.at().isAfter(over));
    hand.act(Action.PROMOTE);
    assertThat(hand.sent).containsExactly("hold", "lift");
    hand.until("landing", s -> s.fate() == Fate.LANDED);
  }

  @Test
  void aPersonsPauseRefusesAPromotionAndANewImageReplacesTheRevision() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    hand.atPoint();
    patch("{'spec':{'paused':true}}");
    Observation paused = hand.until("the pause", s -> s.settled());
    assertThat(paused.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(paused.drift()).isEqualTo(Drift.NONE);
    patch("{'spec':{'paused':false}}");
    hand.until("the promotion to be possible", s -> s.can(Action.PROMOTE).equals(Readiness.READY));
    image("app:3");
    hand.until("the newer revision", s -> s.drift() == Drift.OTHER_REVISION);
  }

  @Test
  void whatWasLookedAtBeforeItMovedIsNotPromoted() {
    deploy(At.nextPause(), "{'canary':{'steps':" + STEPS + "}}");
    Observation old = hand.atPoint();
    patch("{'metadata':{'annotations':{'somebody':'else'}}}");
    Intent intent = new Intent(Action.PROMOTE, Instant.now(), hand.fence.get(), List.of());
    Write write = driver.next(intent, old).orElseThrow();
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
