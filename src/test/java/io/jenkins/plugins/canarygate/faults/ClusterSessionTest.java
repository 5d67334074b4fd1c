package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S1, A6: a session in a ConfigMap outlives its pod")
@Timeout(180)
class ClusterSessionTest {
  private static final String SESSION = "configmap:ci/checkout-gate";
  private static final ObjectKey LEASE =
      new ObjectKey(Resource.LEASES, "shop", "canary-gate.rollout.checkout");

  @TempDir Path folder;
  private ChildBench bench;

  @BeforeEach
  void begin() {
    bench = new ChildBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private ChildGate start(String command, Path gate) {
    return ChildGate.start(bench.env, command, gate, "--session", SESSION);
  }

  private boolean kept(String text) {
    return bench
        .sandbox
        .cluster()
        .store()
        .find(new ObjectKey(Resource.CONFIG_MAPS, "ci", "checkout-gate"))
        .map(Stored::json)
        .map(json -> Json.read(json).path("data").path("session.json").asText())
        .filter(json -> json.contains(text))
        .isPresent();
  }

  private Optional<String> leaseHolder() {
    return bench
        .sandbox
        .cluster()
        .store()
        .find(LEASE)
        .map(Stored::json)
        .map(json -> Json.read(json).path("spec").path("holderIdentity").asText());
  }

  /** What happens by itself once the holder has been silent for long. */
  private void theNodeIsGoneAndItsLeaseWithIt() {
    bench.sandbox.cluster().delete(LEASE);
  }

  private Path gate(String delay, String more) {
    return bench.gate("2", delay, more);
  }

  private void killedWhileJudging(Path gate) {
    try (ChildGate first = start("run", gate)) {
      first.until(() -> kept("\"JUDGING\""));
      first.kill();
    }
    theNodeIsGoneAndItsLeaseWithIt();
  }

  @Test
  void killedWhileJudgingItGoesOnInAnotherPodAndPromotesOnce() {
    Path gate = gate("4s", "");
    killedWhileJudging(gate);
    assertThat(bench.patches()).isZero();

    try (ChildGate second = start("run", gate)) {
      assertThat(second.exitCode()).as(() -> second.out() + second.err()).isZero();
      assertThat(second.out()).contains("checkout: PASS, promoted");
    }
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
    assertThat(leaseHolder()).contains("");
  }

  @Test
  void theSameRevisionUnderTheSameKeyGetsTheStoredVerdict() {
    Path gate = gate("0s", "");
    try (ChildGate first = start("run", gate)) {
      assertThat(first.exitCode()).as(() -> first.out() + first.err()).isZero();
    }
    bench.sandbox.honeycomb().forgetRequests();
    try (ChildGate second = start("run", gate)) {
      assertThat(second.exitCode()).as(() -> second.out() + second.err()).isZero();
      assertThat(second.out()).contains("checkout: PASS, promoted");
    }
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
    assertThat(bench.sandbox.honeycomb().requests()).isEmpty();
  }

  @Test
  void aGateWhoseLeaseIsTakenActsNoMore() {
    try (ChildGate first = start("run", gate("12s", ""))) {
      first.until(() -> kept("\"JUDGING\""));
      theNodeIsGoneAndItsLeaseWithIt();
      assertThat(first.exitCode()).as(() -> first.out() + first.err()).isEqualTo(1);
      assertThat(first.out() + first.err()).contains("nothing more is done here");
    }
    assertThat(bench.patches()).isZero();
  }

  @Test
  void cancelAbortsWhatAKilledPodLeftJudgingHoweverOftenItIsCalled() {
    Path gate = gate("60s", "  onCancel: abort\n");
    killedWhileJudging(gate);

    try (ChildGate cancel = start("cancel", gate)) {
      assertThat(cancel.exitCode()).as(() -> cancel.out() + cancel.err()).isZero();
      assertThat(cancel.out()).contains("checkout: CANCELLED, aborted");
    }
    assertThat(bench.rollout.status().path("abort").asBoolean()).isTrue();
    long patches = bench.patches();
    try (ChildGate again = start("cancel", gate)) {
      assertThat(again.exitCode()).isZero();
      assertThat(again.out()).contains("checkout: CANCELLED, aborted");
    }
    assertThat(bench.patches()).isEqualTo(patches).isPositive();
  }

  @Test
  void cancelDoesNothingWhereNoGateBegan() {
    try (ChildGate cancel = start("cancel", gate("0s", "  onCancel: abort\n"))) {
      assertThat(cancel.exitCode()).as(() -> cancel.out() + cancel.err()).isZero();
      assertThat(cancel.out()).contains("holds no gate: nothing to cancel");
    }
    assertThat(bench.patches()).isZero();
  }

  @Test
  void cancelLeavesAVerdictAsItIs() {
    Path gate = gate("0s", "  onCancel: abort\n");
    try (ChildGate first = start("run", gate)) {
      assertThat(first.exitCode()).as(() -> first.out() + first.err()).isZero();
    }
    long patches = bench.patches();
    try (ChildGate cancel = start("cancel", gate)) {
      assertThat(cancel.exitCode()).as(() -> cancel.out() + cancel.err()).isZero();
      assertThat(cancel.out()).contains("checkout: PASS, promoted");
    }
    assertThat(bench.patches()).isEqualTo(patches);
  }

  @Test
  void cancelWithoutASessionIsMisuse() {
    try (ChildGate cancel = ChildGate.start(bench.env, "cancel", gate("0s", ""))) {
      assertThat(cancel.exitCode()).isEqualTo(2);
      assertThat(cancel.err()).contains("--session is missing");
    }
  }
}
