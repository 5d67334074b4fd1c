package io.jenkins.plugins.canarygate.rollout.flagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.canarygate.demo.GateServerHere;
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
 * Driver and gate server before a real API server and a real Flagger. Runs where the system
 * property {@code canarygate.kubeconfig} (or {@code CANARYGATE_KUBECONFIG}) names a kubeconfig of a
 * cluster that has Flagger's Canaries, and whose namespace it may fill. The images need not exist
 * where something else makes Deployments available. Flagger asks the gate server of {@code
 * canarygate.hooks}, an address as Flagger reaches it; without, one in this process, which only a
 * Flagger on this machine reaches. {@code canarygate.interval} is that of the analyses, {@code 10s}
 * if not given.
 */
@DisplayName("Against a real Flagger")
class FlaggerRealClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private KubernetesClient client;
  private Optional<GateServerHere> server = Optional.empty();
  private String hooks;
  private String namespace;
  private String name;
  private FlaggerRolloutDriver driver;
  private Hand hand;

  @BeforeEach
  void connect() throws Exception {
    String kubeconfig =
        System.getProperty("canarygate.kubeconfig", System.getenv("CANARYGATE_KUBECONFIG"));
    assumeTrue(
        kubeconfig != null && new File(kubeconfig).canRead(),
        "no cluster: name a kubeconfig with -Dcanarygate.kubeconfig=FILE");
    Config config = Config.fromKubeconfig(new File(kubeconfig));
    client = new KubernetesClientBuilder().withConfig(config).build();
    assumeTrue(
        client.hasApiGroup("flagger.app", true),
        "no Flagger: the cluster of " + kubeconfig + " does not serve flagger.app");
    namespace = client.getNamespace() == null ? "default" : client.getNamespace();
    name = "cg-" + Long.toString(System.nanoTime(), 36);
    hooks = System.getProperty("canarygate.hooks", "");
    if (hooks.isEmpty()) {
      server = Optional.of(new GateServerHere(config));
      hooks = server.get().url();
    }
  }

  @AfterEach
  void clean() {
    if (client != null) {
      if (name != null) {
        canary().delete();
        for (String each : List.of(name, name + "-primary")) {
          client.apps().deployments().inNamespace(namespace).withName(each).delete();
        }
        for (String each : List.of(name, name + "-primary", name + "-canary")) {
          client.services().inNamespace(namespace).withName(each).delete();
        }
      }
      client.close();
    }
    server.ifPresent(GateServerHere::close);
  }

  private Resource<GenericKubernetesResource> canary() {
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(FlaggerSection.CANARIES.group())
                .withVersion(FlaggerSection.CANARIES.version())
                .withKind(FlaggerSection.CANARIES.kind())
                .withPlural("canaries")
                .withNamespaced(true)
                .build())
        .inNamespace(namespace)
        .withName(name);
  }

  /** Deploys app:1, waits until Flagger has taken it over, deploys app:2. */
  private void deploy() {
    create(
        "/apis/apps/v1/namespaces/" + namespace + "/deployments",
        "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'NAME'},'spec':{"
            + "'replicas':2,'selector':{'matchLabels':{'app':'NAME'}},'template':{'metadata':{"
            + "'labels':{'app':'NAME'}},'spec':"
            + pods("app:1")
            + "}}}");
    String interval = System.getProperty("canarygate.interval", "10s");
    create(
        "/apis/flagger.app/v1beta1/namespaces/" + namespace + "/canaries",
        "{'apiVersion':'flagger.app/v1beta1','kind':'Canary','metadata':{'name':'NAME'},'spec':{"
            + "'provider':'kubernetes','targetRef':{'apiVersion':'apps/v1','kind':'Deployment',"
            + "'name':'NAME'},'service':{'port':80},'analysis':{'interval':'"
            + interval
            + "','threshold':3,'iterations':2,'webhooks':[{'name':'gate','type':"
            + "'confirm-promotion','url':'HOOKS/confirm-promotion','retries':2},{'name':"
            + "'gate-abort','type':'rollback','url':'HOOKS/rollback','retries':2}]}}}");
    canary()
        .waitUntilCondition(
            c -> c != null && "Initialized".equals(c.get("status", "phase")),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
    Target target = target();
    driver = new FlaggerRolloutDriver(client, target, "gate-" + name);
    hand = new Hand(driver, InstantSource.system(), this::awaitChange);
    image("app:2");
  }

  private Target target() {
    return new Target(
        FlaggerSection.CANARIES.kind(),
        Optional.empty(),
        namespace,
        name,
        RevisionAsked.image("app:2"),
        At.promotion());
  }

  private void create(String path, String object) {
    client.raw(
        path, "POST", object.replace('\'', '"').replace("NAME", name).replace("HOOKS", hooks));
  }

  private static String pods(String image) {
    return "{'containers':[{'name':'app','image':'" + image + "'}]}";
  }

  private void image(String image) {
    client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name)
        .patch(
            PatchContext.of(PatchType.STRATEGIC_MERGE),
            "{'spec':{'template':{'spec':PODS}}}".replace("PODS", pods(image)).replace('\'', '"'));
  }

  private String imageOfThePrimary() {
    return client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(name + "-primary")
        .get()
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getImage();
  }

  private void awaitChange(Observation seen) {
    String version = seen.snapshot().path("resourceVersion").asText();
    try {
      canary()
          .waitUntilCondition(
              c -> c == null || !c.getMetadata().getResourceVersion().equals(version),
              1,
              TimeUnit.SECONDS);
    } catch (KubernetesClientTimeoutException e) {
      // Nothing changed of the Canary: its workloads may have.
    }
  }

  @Test
  void whatWasJudgedIsPromotedAndLands() {
    deploy();
    hand.atPoint();
    assertThat(hand.act(Action.PROMOTE).drift()).isEqualTo(Drift.NONE);
    Observation landed = hand.until("landing", s -> s.fate() == Fate.LANDED);
    assertThat(landed.phase()).isEqualTo("Succeeded");
    assertThat(imageOfThePrimary()).isEqualTo("app:2");
  }

  @Test
  void whatWasJudgedBadIsTakenBack() {
    deploy();
    hand.atPoint();
    hand.act(Action.ABORT);
    Observation taken = hand.until("taken back", s -> s.fate() == Fate.TAKEN_BACK);
    assertThat(taken.phase()).isEqualTo("Failed");
    assertThat(imageOfThePrimary()).isEqualTo("app:1");
  }

  @Test
  void aRevisionThatCameAfterTheOneThatWasJudgedIsNotPromoted() {
    deploy();
    hand.atPoint();
    String judged = canary().get().get("status", "lastAppliedSpec");
    image("app:3");
    hand.until("the newer revision", s -> s.drift() == Drift.OTHER_REVISION);
    canary()
        .waitUntilCondition(
            c ->
                "WaitingPromotion".equals(c.get("status", "phase"))
                    && !judged.equals(c.get("status", "lastAppliedSpec")),
            PATIENCE.toSeconds(),
            TimeUnit.SECONDS);
    assertThat(hand.look().can(Action.PROMOTE)).isNotEqualTo(Readiness.READY);
    assertThat(imageOfThePrimary()).isEqualTo("app:1");
  }

  @Test
  void whatWasLookedAtBeforeItMovedIsNotWritten() {
    deploy();
    Observation old = hand.atPoint();
    canary()
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"somebody\":\"else\"}}}");
    Intent intent = new Intent(Action.PROMOTE, Instant.now(), hand.fence.get(), List.of());
    Write write = driver.next(intent, old).orElseThrow();
    assertThat(driver.send(write).result()).isEqualTo(Receipt.Result.CONFLICT);
    assertThat(canary().get().getMetadata().getAnnotations())
        .doesNotContainKey(Decision.ANNOTATION);
  }
}
