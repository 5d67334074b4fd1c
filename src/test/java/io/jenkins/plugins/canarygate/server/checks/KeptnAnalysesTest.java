package io.jenkins.plugins.canarygate.server.checks;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusClient;
import io.jenkins.plugins.canarygate.frontend.Access;
import io.jenkins.plugins.canarygate.frontend.HoneycombAccount;
import io.jenkins.plugins.canarygate.frontend.NamedCheckWiring;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the Analyses that named checks create, whatever happens to who created them. */
class KeptnAnalysesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String CHECKS =
      """
      apiVersion: canary-gate/v1
      kind: Checks
      spec:
        arguments: {service: {pattern: "[a-z0-9-]{1,40}"}}
        checks:
          - name: error-rate
            keptn:
              analysis:
                namespace: shop
                definition: checkout
                recent: 1m
                args: {workload: "${service}"}
      """;

  private final VirtualTime time = new VirtualTime();
  private final SandboxCluster cluster = new SandboxCluster(time::wall);
  private SandboxKeptn keptn;
  private Replica one;
  private Replica other;

  @BeforeEach
  void begin() {
    for (String namespace : List.of("canary-gate", "shop")) {
      cluster.create(new ObjectKey(Resource.NAMESPACES, "", namespace), Json.object());
    }
    keptn =
        cluster
            .keptn("v1")
            .provider("prometheus", "prometheus")
            .template("errors", "prometheus", "errors{deployment=\"{{.workload}}\"}")
            .definition("checkout", 90, 50, objective("errors", "0.05", "0.01"));
    cluster.keptn().answers().otherwise("0.001");
    one = replica("one_1");
    other = replica("other_1");
  }

  private Replica replica(String identity) {
    Replica replica =
        new Replica(
            time,
            cluster,
            identity,
            Optional.of(
                client -> new NamedCheckWiring(new ClusterAlone(client), () -> client)::source));
    replica.checks = Replica.read(CHECKS);
    return replica;
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
    cluster.close();
  }

  @Test
  void eachIntervalHasOneAnalysisAndLeavesNone() throws Exception {
    for (int i = 0; i < 300; i++) {
      assertThat(one.answer("checkout")).isInstanceOf(Answered.Evidence.class);
      assertThat(other.answer("checkout")).isInstanceOf(Answered.Evidence.class);
      assertThat(keptn.analyses()).hasSizeLessThan(2);
      pass(SECOND);
    }
    pass(Duration.ofSeconds(5));
    assertThat(names("POST")).hasSizeBetween(5, 6);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void differentArgumentsAskedForAtTheSameInstantHaveDifferentAnalyses() throws Exception {
    cluster.keptn().stop();
    one.ask("checkout");
    one.ask("cart");
    time.runUntilIdle();

    assertThat(keptn.analyses()).hasSize(2);
    assertThat(workloads()).containsExactlyInAnyOrder("checkout", "cart");
    cluster.keptn().start();
    pass(Duration.ofSeconds(3));
    assertThat(one.answer("checkout")).isInstanceOf(Answered.Evidence.class);
    assertThat(one.answer("cart")).isInstanceOf(Answered.Evidence.class);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void anotherReplicaMeasuresWhereOneDiedInTheMiddleAndWhatThatLeftIsDeletedLater()
      throws Exception {
    cluster.keptn().stop();
    one.ask("checkout");
    time.runUntilIdle();
    one.kill();
    cluster.keptn().start();
    String left = name(keptn.analyses().get(0));

    int seconds = 0;
    while (!(other.answer("checkout") instanceof Answered.Evidence)) {
      assertThat(seconds++).as("until it is measured again").isLessThan(30);
      pass(SECOND);
    }
    assertThat(keptn.analyses()).extracting(KeptnAnalysesTest::name).containsExactly(left);

    // Its time is the 3 minutes of the check, and 10 more until it is certain that nobody reads it.
    for (int i = 0; i < 12 * 60; i++) {
      other.answer("checkout");
      pass(SECOND);
    }
    assertThat(keptn.analyses()).extracting(KeptnAnalysesTest::name).containsExactly(left);
    for (int i = 0; i < 3 * 60; i++) {
      other.answer("checkout");
      pass(SECOND);
    }
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void oneThatIsStuckIsDeletedBeforeTheNextIsCreated() throws Exception {
    cluster.keptn().answers().failure("errors{deployment=\"checkout\"}", "no route to host");
    // Each question waits for 4 s: ten minutes.
    for (int i = 0; i < 120; i++) {
      assertThat(one.answer("checkout")).isInstanceOf(Answered.NoEvidence.class);
      assertThat(keptn.analyses()).hasSizeLessThan(2);
      pass(SECOND);
    }
    assertThat(names("POST")).hasSizeBetween(4, 6);
  }

  @Test
  void whenTheFileNoLongerHasTheCheckItsAnalysisGoes() throws Exception {
    cluster.keptn().stop();
    one.ask("checkout");
    time.runUntilIdle();
    assertThat(keptn.analyses()).hasSize(1);

    one.cells.keep(Replica.read(Replica.CHECKS));
    time.runUntilIdle();

    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void aReplicaThatLostItsLeaseInTheMiddleDeletesItsOwnAnalysisAlone() throws Exception {
    cluster.keptn().stop();
    one.ask("checkout");
    time.runUntilIdle();
    String ours = name(keptn.analyses().get(0));
    time.advance(SECOND);
    // As after a long pause of its process: the other one holds the Lease, and measures.
    cluster.change(
        cluster.store().all(Resource.LEASES).get(0).key(),
        ObjectStore.Part.WHOLE,
        lease -> {
          lease.withObject("/spec").put("holderIdentity", "other_1");
          return lease;
        });
    other.ask("checkout");
    time.runUntilIdle();
    assertThat(keptn.analyses()).hasSize(2);

    time.advance(Duration.ofSeconds(15));

    assertThat(keptn.analyses()).hasSize(1);
    assertThat(name(keptn.analyses().get(0))).isNotEqualTo(ours);
  }

  @Test
  void anAnswerToItsCreationThatWasLostLeavesNothing() throws Exception {
    // The first is the Lease.
    cluster.faults().on(Call.CREATE, Fault.RESET.afterCarryingItOut()).afterCalls(1);
    assertThat(one.answer("checkout")).isInstanceOf(Answered.NoEvidence.class);
    assertThat(keptn.analyses()).isEmpty();
    pass(Duration.ofSeconds(15));
    assertThat(one.answer("checkout")).isInstanceOf(Answered.Evidence.class);
    assertThat(keptn.analyses()).isEmpty();
  }

  /** Lets time pass for the cluster as well. */
  private void pass(Duration length) {
    for (long i = 0; i < length.toSeconds(); i++) {
      time.advance(SECOND);
      cluster.tick();
    }
  }

  private Set<String> names(String method) {
    return cluster.writes().stream()
        .filter(r -> r.method().equals(method) && r.path().contains("/analyses"))
        .map(
            r -> Json.read(r.body().getBytes(StandardCharsets.UTF_8)).at("/metadata/name").asText())
        .collect(Collectors.toSet());
  }

  private List<String> workloads() {
    return keptn.analyses().stream().map(a -> a.at("/spec/args/workload").asText()).toList();
  }

  private static String name(ObjectNode analysis) {
    return analysis.at("/metadata/name").asText();
  }

  /** Checks of Keptn need the cluster and nothing else. */
  private record ClusterAlone(KubernetesClient client) implements Access {
    @Override
    public Cluster cluster() {
      return new Cluster(client, client);
    }

    @Override
    public HoneycombAccount honeycomb() {
      throw new AssertionError("Honeycomb was asked");
    }

    @Override
    public PrometheusClient prometheus() {
      throw new AssertionError("Prometheus was asked");
    }
  }
}
