package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client that we use finds nothing amiss in the simulated API server. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FabricClientTest {
  private static final ResourceDefinitionContext ROLLOUTS =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Rollout")
          .withPlural("rollouts")
          .withNamespaced(true)
          .build();

  private final SandboxCluster cluster =
      new SandboxCluster(new VirtualClock(Instant.parse("2026-03-01T10:00:00Z")));
  private KubernetesClient client;
  private SandboxRollout rollout;

  @BeforeEach
  void open() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(cluster.url())
            .withOauthToken(cluster.token())
            .withRequestRetryBackoffLimit(0)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    rollout =
        cluster
            .rollout("shop", "checkout")
            .canary()
            .steps(setWeight(20), pause())
            .create()
            .deploy("registry.example/app:2");
  }

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      rollouts() {
    return client.genericKubernetesResources(ROLLOUTS);
  }

  @Test
  void itGetsAndLists() {
    GenericKubernetesResource got = rollouts().inNamespace("shop").withName("checkout").get();
    assertThat(got.<String>get("status", "phase")).isEqualTo("Paused");
    assertThat(got.getMetadata().getUid()).isEqualTo(rollout.uid());

    assertThat(rollouts().inAnyNamespace().list().getItems()).hasSize(1);
    List<ReplicaSet> sets =
        client
            .apps()
            .replicaSets()
            .inNamespace("shop")
            .withLabel("rollouts-pod-template-hash", rollout.currentHash())
            .list()
            .getItems();
    assertThat(sets).singleElement();
    assertThat(sets.get(0).getStatus().getAvailableReplicas()).isEqualTo(1);
    assertThat(sets.get(0).getMetadata().getOwnerReferences().get(0).getUid())
        .isEqualTo(rollout.uid());
    assertThat(rollouts().inNamespace("shop").withName("cart").get()).isNull();
  }

  @Test
  void itPatchesTheStatusAndIsToldOfAConflict() {
    String body =
        "{\"metadata\":{\"resourceVersion\":\"%s\"},\"status\":{\"pauseConditions\":null}}";
    String version = rollout.resourceVersion();
    Resource<GenericKubernetesResource> checkout =
        rollouts().inNamespace("shop").withName("checkout");
    checkout
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), body.formatted(version));
    assertThat(rollout.step()).isEqualTo(2);

    KubernetesClientException conflict =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                checkout
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), body.formatted(version)));
    assertThat(conflict.getCode()).isEqualTo(409);
    assertThat(conflict.getStatus().getReason()).isEqualTo("Conflict");
  }

  @Test
  void itWatches() throws InterruptedException {
    BlockingQueue<String> phases = new LinkedBlockingQueue<>();
    Watcher<GenericKubernetesResource> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, GenericKubernetesResource resource) {
            phases.add(action + " " + resource.<String>get("status", "phase"));
          }

          @Override
          public void onClose(WatcherException cause) {
            phases.add("closed");
          }
        };
    try (Watch watch = rollouts().inNamespace("shop").withName("checkout").watch(watcher)) {
      assertThat(watch).isNotNull();
      assertThat(phases.poll(10, TimeUnit.SECONDS)).isEqualTo("ADDED Paused");
      rollout.abortByPerson();
      assertThat(phases.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED Paused");
      assertThat(phases.poll(10, TimeUnit.SECONDS)).isEqualTo("MODIFIED Degraded");
    }
  }
}
