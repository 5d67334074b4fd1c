package io.jenkins.plugins.canarygate.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.host.VirtualTime;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectStore;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How replicas agree on who measures; each test has two of them on one cluster. */
class LeaseSharingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final VirtualTime time = new VirtualTime();
  private final SandboxCluster cluster = new SandboxCluster(time::wall);
  private Replica one;
  private Replica other;

  @BeforeEach
  void begin() {
    cluster.create(
        new ObjectKey(Resource.NAMESPACES, "", "canary-gate"),
        io.jenkins.plugins.canarygate.sandbox.http.Json.object());
    one = new Replica(time, cluster, "one_1");
    other = new Replica(time, cluster, "other_1");
    one.source.answers = request -> ScriptedSource.value(1, 100);
    other.source.answers = request -> ScriptedSource.value(2, 100);
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
    cluster.close();
  }

  @Test
  void oneReplicaMeasuresHoweverManyAskAndTheOthersHaveItsValue() throws Exception {
    for (int i = 0; i < 600; i++) {
      assertThat(number(one)).isEqualTo(1);
      assertThat(number(other)).isEqualTo(1);
      time.advance(SECOND);
    }
    assertThat(one.source.asked).hasSizeBetween(10, 11);
    assertThat(other.source.asked).isEmpty();
    JsonNode lease = lease();
    assertThat(lease.at("/spec/holderIdentity").asText()).isEqualTo("one_1");
    assertThat(lease.at("/spec/leaseTransitions").asInt()).isZero();
    assertThat(lease.at("/metadata/annotations/canary-gate~1question").asText())
        .isEqualTo("error-rate{service=\"checkout\"}");
    assertThat(lease.at("/metadata/annotations/canary-gate~1value").asText())
        .startsWith("{\"v\":1,\"at\":\"2026-03-01T12:")
        .contains("\"value\":1.0,\"samples\":100,\"from\":");
  }

  @Test
  void whatItCostsTheApiServerIsAFewRequestsAMinute() throws Exception {
    number(one);
    number(other);
    cluster.forgetRequests();
    for (int i = 0; i < 600; i++) {
      number(one);
      number(other);
      time.advance(SECOND);
    }
    // Each minute one write by who measures, and one or two looks by who does not.
    assertThat(cluster.writes()).hasSizeBetween(9, 11);
    assertThat(cluster.requests()).hasSizeLessThan(45);
  }

  @Test
  void aReplicaThatIsKilledIsReplacedBeforeItsValueIsTooOld() throws Exception {
    number(one);
    time.advance(Duration.ofSeconds(30));
    number(other);
    time.advance(Duration.ofSeconds(40));
    int before = one.source.asked.size();
    // From here on the first one does nothing, and nobody is told.
    one.kill();
    for (int i = 0; i < 180; i++) {
      assertThat(other.answer("checkout"))
          .as("after %d s", i)
          .isInstanceOf(Answered.Evidence.class);
      time.advance(SECOND);
    }
    assertThat(number(other)).isEqualTo(2);
    assertThat(one.source.asked).hasSize(before);
    assertThat(lease().at("/spec/holderIdentity").asText()).isEqualTo("other_1");
    assertThat(lease().at("/spec/leaseTransitions").asInt()).isEqualTo(1);
  }

  @Test
  void aReplicaThatStopsInOrderHandsOverAtOnce() throws Exception {
    number(one);
    number(other);
    one.cells.close();
    time.runUntilIdle();
    assertThat(lease().at("/spec/holderIdentity").isMissingNode()).isTrue();
    time.advance(Duration.ofSeconds(66));
    assertThat(number(other)).isEqualTo(2);
  }

  @Test
  void aReplicaThatWasTakenOverFromWhileItSleptLearnsOfItAndWritesNothing() throws Exception {
    number(one);
    number(other);
    // The other one holds it by now, as after a long pause of the first.
    cluster.change(
        key(),
        ObjectStore.Part.WHOLE,
        lease -> {
          lease.withObject("/spec").put("holderIdentity", "third_1");
          lease
              .withObject("/metadata/annotations")
              .put(
                  LeaseShare.VALUE,
                  ValueJson.text(
                      Value.of(
                          one.checks.check("error-rate").orElseThrow().sample().check(),
                          ScriptedSource.value(3, 100),
                          java.util.Optional.empty(),
                          time.wall().plusSeconds(59))));
          return lease;
        });
    time.advance(Duration.ofSeconds(62));
    assertThat(lease().at("/spec/holderIdentity").asText()).isEqualTo("third_1");
    assertThat(lease().at("/metadata/annotations/canary-gate~1value").asText())
        .contains("\"value\":3.0");
  }

  @Test
  void aValueOfAnotherDefinitionIsNotMistakenForThisOne() throws Exception {
    number(one);
    other.checks = Replica.read(Replica.CHECKS.replace("AVG", "MAX"));
    assertThat(number(other)).isEqualTo(2);
    assertThat(leases()).hasSize(2);
  }

  @Test
  void whenNobodyAsksAnyMoreNothingIsLeftInTheCluster() throws Exception {
    number(one);
    number(other);
    time.advance(Duration.ofMinutes(20));
    assertThat(leases()).isEmpty();
  }

  @Test
  void whoeverStillAsksGoesOnWhenTheOneThatMeasuredIsNotAskedAnyMore() throws Exception {
    number(one);
    for (int i = 0; i < 30 * 60; i++) {
      assertThat(other.answer("checkout"))
          .as("after %d s", i)
          .isInstanceOf(Answered.Evidence.class);
      time.advance(SECOND);
    }
    assertThat(one.cells.sizes()).isEmpty();
    assertThat(number(other)).isEqualTo(2);
  }

  @Test
  void withoutTheRightEachMeasuresForItselfAndSaysSo() throws Exception {
    cluster.rights().none().grant("", Set.of("pods"), Set.of("get"));
    assertThat(number(one)).isEqualTo(1);
    assertThat(number(other)).isEqualTo(2);
    assertThat(one.said).hasSize(1);
    assertThat(one.said.get(0))
        .startsWith(
            "named checks: each replica measures for itself, for Leases in namespace canary-gate"
                + " cannot be used (403 ")
        .endsWith("grant get, list, create, patch and delete on leases.coordination.k8s.io there");
    cluster.rights().everything();
    for (int i = 0; i < 8 * 60; i++) {
      number(one);
      time.advance(SECOND);
    }
    assertThat(one.said.get(1))
        .isEqualTo("named checks: replicas share what they measure, by Leases in canary-gate");
    assertThat(one.said).hasSize(2);
  }

  @Test
  void inANamespaceThatIsNotThereEachMeasuresForItself() throws Exception {
    cluster.faults().on(Call.CREATE, Fault.status(404)).untilCleared();
    assertThat(number(one)).isEqualTo(1);
    assertThat(number(other)).isEqualTo(2);
  }

  @Test
  void whileTheApiServerIsAwayNobodyMeasuresTwiceAndOldValuesAreNoEvidence() throws Exception {
    number(one);
    number(other);
    for (Call call : Call.values()) {
      cluster.faults().on(call, Fault.status(503)).untilCleared();
    }
    time.advance(Duration.ofSeconds(130));
    assertThat(other.source.asked).isEmpty();
    assertThat(other.answer("checkout")).isInstanceOf(Answered.NoEvidence.class);
    cluster.faults().clear();
    time.advance(Duration.ofSeconds(100));
    assertThat(other.answer("checkout")).isInstanceOf(Answered.Evidence.class);
  }

  @Test
  void aReplicaWhoseSourceFailsLetsAnotherTry() throws Exception {
    one.source.answers =
        request -> io.jenkins.plugins.canarygate.check.Reading.Failed.because("no way out");
    one.ask("checkout");
    time.runUntilIdle();
    other.ask("checkout");
    time.advance(Duration.ofSeconds(40));
    assertThat(number(other)).isEqualTo(2);
    time.advance(Duration.ofSeconds(20));
    assertThat(number(one)).isEqualTo(2);
  }

  @Test
  void whatKilledReplicasLeftIsSweptUp() throws Exception {
    number(one);
    one.kill();
    time.advance(Duration.ofMinutes(59));
    other.leases().sweep();
    assertThat(leases()).hasSize(1);
    time.advance(Duration.ofMinutes(2));
    other.leases().sweep();
    assertThat(leases()).isEmpty();
  }

  @Test
  void afterAllWereAwayForLongTheFirstOneBeginsAtOnce() throws Exception {
    number(one);
    one.kill();
    time.advance(Duration.ofMinutes(10));
    assertThat(number(other)).isEqualTo(2);
  }

  private static double number(Replica replica) throws RefusedException {
    return ((Answered.Evidence) replica.answer("checkout")).value().number().getAsDouble();
  }

  private List<ObjectKey> leases() {
    return cluster.store().all(Resource.LEASES).stream().map(Stored::key).toList();
  }

  private ObjectKey key() {
    assertThat(leases()).hasSize(1);
    return leases().get(0);
  }

  private JsonNode lease() {
    return cluster.store().get(key()).tree();
  }
}
