package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FewThreadsHttpTest {
  private static KubernetesClient client(SandboxCluster cluster) {
    return new KubernetesClientBuilder()
        .withHttpClientFactory(new FewThreadsHttp())
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.url())
                .withOauthToken(SandboxCluster.TOKEN)
                .build())
        .build();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("canary-gate-http"))
        .count();
  }

  @Test
  void aBurstOfRequestsTakesNoMoreThanFourThreads() throws Exception {
    long others = threads();
    ExecutorService askers = Executors.newFixedThreadPool(16);
    try (SandboxCluster cluster = new SandboxCluster(Clock.systemUTC());
        KubernetesClient client = client(cluster)) {
      cluster.rollout("shop", "checkout").create();
      List<Future<String>> answers = new ArrayList<>();
      for (int number = 0; number < 200; number++) {
        answers.add(
            askers.submit(
                () -> client.raw("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout")));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS)).contains("checkout");
        assertThat(threads() - others).isLessThanOrEqualTo(4);
      }
    } finally {
      askers.shutdownNow();
    }
  }

  @Test
  void aClosedClientAsksNothingMore() {
    try (SandboxCluster cluster = new SandboxCluster(Clock.systemUTC())) {
      KubernetesClient client = client(cluster);
      client.raw("/version");
      int asked = cluster.requests().size();

      client.close();

      assertThatThrownBy(() -> client.raw("/version")).isInstanceOf(RuntimeException.class);
      assertThat(cluster.requests()).hasSize(asked);
    }
  }
}
