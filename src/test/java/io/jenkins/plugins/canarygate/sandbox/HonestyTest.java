package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.analysis;
import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the sandbox serves is what the real definitions allow. */
@DisplayName("Every version of every object the sandbox ever held")
class HonestyTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final List<JsonNode> versions = new ArrayList<>();

  private SandboxCluster cluster(Resource resource) {
    SandboxCluster cluster = new SandboxCluster(clock);
    cluster
        .store()
        .listen(
            change -> {
              if (change.after().key().resource().equals(resource)) {
                versions.add(change.after().tree());
              }
            });
    return cluster;
  }

  @Test
  @DisplayName("is a Rollout by the CRD, without a field the API server would prune")
  void rolloutsAreWhatTheCrdAllows() throws IOException {
    JsonSchema schema = Upstream.crd("argo-rollouts/rollout-crd.yaml", "v1alpha1");
    try (SandboxCluster cluster = cluster(Resource.ROLLOUTS)) {
      cluster.argo().scriptAnalysis("smoke", "Inconclusive", "", Duration.ZERO);
      SandboxRollout canary =
          cluster
              .rollout("shop", "checkout")
              .routedCanary()
              .steps(setWeight(20), pause("5m"), analysis("smoke"), pause())
              .create()
              .deploy("registry.example/app:2");
      cluster.argo().verifyWeights("shop", "checkout", java.util.Optional.of(false));
      clock.advance(Duration.ofMinutes(5));
      cluster.tick();
      canary.promoteByPerson().abortByPerson().retryByPerson().pauseByPerson();
      SandboxRollout blueGreen =
          cluster
              .rollout("shop", "cart")
              .blueGreen()
              .with("{'strategy':{'blueGreen':{'previewReplicaCount':2}}}")
              .create()
              .deploy("registry.example/app:2");
      blueGreen.promoteByPerson();
      cluster.rollout("shop", "search").canary().steps(setWeight(120)).create();
      cluster
          .rollout("shop", "orders")
          .workloadRef()
          .canary()
          .steps(setWeight(10), pause())
          .create()
          .deploy("registry.example/app:2")
          .promoteFullyByPerson();
    }
    assertThat(versions).hasSizeGreaterThan(40);
    assertThat(versions)
        .allSatisfy(version -> assertThat(Upstream.faults(schema, version)).isEmpty());
  }

  @Test
  @DisplayName("is an AnalysisRun by the CRD")
  void analysisRunsAreWhatTheCrdAllows() throws IOException {
    JsonSchema schema = Upstream.crd("argo-rollouts/analysis-run-crd.yaml", "v1alpha1");
    try (SandboxCluster cluster = cluster(Resource.ANALYSIS_RUNS)) {
      SandboxRollout rollout =
          cluster
              .rollout("shop", "checkout")
              .canary()
              .steps(setWeight(20), pause())
              .create()
              .deploy("registry.example/app:2");
      rollout.analysisRun(
          "Background",
          "Running",
          "{'name':'errors','phase':'Running','count':2,'successful':2,'measurements':["
              + "{'phase':'Successful','value':'0.1','startedAt':'2026-03-01T10:00:00Z',"
              + "'finishedAt':'2026-03-01T10:00:01Z'}]}");
      rollout.inconclusiveAnalysis();
    }
    assertThat(versions).hasSizeGreaterThan(3);
    assertThat(versions)
        .allSatisfy(version -> assertThat(Upstream.faults(schema, version)).isEmpty());
  }

  @Test
  @DisplayName("is a Canary by the CRD, without a field the API server would prune")
  void canariesAreWhatTheCrdAllows() throws IOException {
    JsonSchema schema = Upstream.crd("flagger/crd.yaml", "v1beta1");
    try (SandboxCluster cluster = cluster(Resource.CANARIES)) {
      cluster
          .canary("shop", "checkout")
          .weighted(20, 40)
          .configMap("settings", "colour", "blue")
          .gatedBy("http://127.0.0.1:1")
          .with("{'analysis':{'webhooks':null}}")
          .create()
          .until(clock, "Initialized")
          .deploy("registry.example/app:2")
          .until(clock, "Succeeded")
          .deploy("registry.example/app:3")
          .until(clock, "Progressing")
          .changeConfigMap("settings", "colour", "green")
          .until(clock, "Promoting")
          .breakPrimary()
          .until(clock, "Failed");
      cluster
          .canary("shop", "cart")
          .daemonSet()
          .provider("kubernetes")
          .blueGreen(1)
          .hook("confirm-promotion", "http://127.0.0.1:1", "{'timeout':'1s'}")
          .create()
          .until(clock, "Initialized")
          .deploy("registry.example/app:2")
          .until(clock, "WaitingPromotion");
      cluster.canary("shop", "search").abTesting(2).create();
      cluster.canary("shop", "orders").stepWeights(1, 5, 50).create();
    }
    assertThat(versions).hasSizeGreaterThan(20);
    assertThat(versions)
        .allSatisfy(version -> assertThat(Upstream.faults(schema, version)).isEmpty());
  }

  @Test
  @DisplayName("and the schema is strict enough to notice a field that is not")
  void theSchemaNoticesAnUnknownField() throws IOException {
    JsonSchema schema = Upstream.crd("argo-rollouts/rollout-crd.yaml", "v1alpha1");
    JsonNode wrong =
        Json.of(
            "{'apiVersion':'argoproj.io/v1alpha1','kind':'Rollout','metadata':{},"
                + "'spec':{},'status':{'paused':true}}");
    assertThat(Upstream.faults(schema, wrong)).singleElement().asString().contains("paused");
  }
}
