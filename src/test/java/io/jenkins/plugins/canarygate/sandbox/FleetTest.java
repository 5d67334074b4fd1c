package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sandbox under many rollouts, and as a process of its own. */
class FleetTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));

  @Test
  void copiesAreRolloutsOfTheirOwnThatTheControllerFindsInOrder() {
    try (SandboxCluster cluster = new SandboxCluster(clock)) {
      List<SandboxRollout> fleet = new Fleet(cluster).create(3, 4);

      // Each copy is three writes, and then at rest.
      assertThat(cluster.store().version()).isLessThan(1100);
      assertThat(fleet).hasSize(12);
      assertThat(fleet).extracting(SandboxRollout::uid).doesNotHaveDuplicates();
      assertThat(fleet)
          .allSatisfy(
              rollout -> assertThat(rollout.pauseReasons()).containsExactly("CanaryPauseStep"));
      assertThat(fleet)
          .extracting(rollout -> rollout.namespace() + "/" + rollout.stableHash())
          .doesNotHaveDuplicates();
      assertThat(cluster.store().all(Resource.REPLICA_SETS)).hasSize(24);
      SandboxRollout copy = fleet.get(7).promoteByPerson();
      assertThat(copy.step()).isEqualTo(3);
      assertThat(copy.status().path("availableReplicas").asInt()).isEqualTo(5);
      assertThat(fleet.get(8).step()).isEqualTo(1);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void aWatchOfOneObjectIsToldOfThatOneAmongHundreds() throws Exception {
    try (SandboxCluster cluster = new SandboxCluster(clock)) {
      List<SandboxRollout> fleet = new Fleet(cluster).create(4, 100);
      HttpClient client = HttpClient.newHttpClient();
      List<BufferedReader> watches = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        SandboxRollout rollout = fleet.get(i * 10);
        watches.add(watch(client, cluster, rollout));
      }

      for (SandboxRollout rollout : fleet) {
        rollout.abortByPerson();
      }

      for (int i = 0; i < watches.size(); i++) {
        assertThat(watches.get(i).readLine()).contains(fleet.get(i * 10).uid(), "\"abort\":true");
      }
      cluster.dropWatches();
    }
  }

  private static BufferedReader watch(
      HttpClient client, SandboxCluster cluster, SandboxRollout rollout)
      throws IOException, InterruptedException {
    String path =
        "/apis/argoproj.io/v1alpha1/namespaces/%s/rollouts?watch=1&fieldSelector=metadata.name%%3D%s"
            .formatted(rollout.namespace(), rollout.name());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(cluster.url() + path + "&resourceVersion=" + cluster.store().version()))
            .header("Authorization", "Bearer " + cluster.token())
            .build();
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  @Test
  void theProcessIsControlledOverHttp() throws Exception {
    SandboxMain main = new SandboxMain(0, 0, 0);
    try {
      var where = io.jenkins.plugins.canarygate.sandbox.http.Json.MAPPER.readTree(main.describe());
      Http control = new Http(where.path("control").asText(), java.util.Map.of());

      assertThat(control.post("fleet?namespaces=2&rollouts=3", "").status()).isEqualTo(200);
      assertThat(control.post("promote?namespace=bench-1&name=app-2", "").status()).isEqualTo(200);
      assertThat(control.post("promote?namespace=bench-1&name=nobody", "").status()).isEqualTo(400);
      Http kubernetes =
          new Http(
              where.path("kubernetes").asText(),
              java.util.Map.of("Authorization", "Bearer " + where.path("token").asText()));
      assertThat(kubernetes.get("/apis/argoproj.io/v1alpha1/rollouts").json().path("items"))
          .hasSize(6);
      assertThat(
              kubernetes
                  .get("/apis/argoproj.io/v1alpha1/namespaces/bench-1/rollouts/app-2")
                  .json()
                  .at("/status/currentStepIndex")
                  .asInt())
          .isEqualTo(3);
    } finally {
      main.close();
    }
  }
}
