package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody stops a gate just when Jenkins ends: nothing is promoted when it is back. */
@Timeout(60)
class StoppedGatesTest {
  private static final String SLOW =
      GatesBench.gate("onCancel: abort").replace("fail:", "initialDelay: 10m\n      fail:");

  @TempDir Path home;
  private GatesBench bench;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
  }

  @AfterEach
  void end() {
    Waiting.until(() -> bench.gates.running() == 0);
    bench.close();
  }

  private MemoryBuild goOn() {
    MemoryBuild again = bench.build(1);
    bench.gates.begin(again.key(), GatesBench.order(), GatesBench.text(SLOW), again);
    return again;
  }

  @Test
  void aGateStoppedWhileItsControllerGoesDownIsEndedWhenThatIsBack() {
    SandboxRollout rollout = bench.waiting(0.001);
    MemoryBuild build = bench.begin(SLOW);
    Waiting.until(() -> build.said().contains("gate point"));
    bench.gates.close();

    assertThat(bench.gates.cancel(build.key(), "alice", false)).isTrue();
    assertThat(build.over()).as("a step that ends now is not kept by its Pipeline").isFalse();
    bench.restart();
    MemoryBuild again = goOn();

    assertThat(again.end().kind()).as(again.said()).isEqualTo(GateEnd.Kind.STOPPED);
    assertThat(again.end().report().orElseThrow().verdict()).contains(Verdict.CANCELLED);
    assertThat(again.end().report().orElseThrow().outcome()).contains(Outcome.ABORTED);
    assertThat(again.said()).contains("stopped by alice");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void thatAGateIsToEndIsKeptBeforeAnybodyIsAnswered() {
    bench.waiting(0.001);
    MemoryBuild build = bench.begin(SLOW);
    Waiting.until(() -> build.said().contains("gate point"));

    bench.gates.cancel(build.key(), "alice", false);

    assertThat(build.folder().resolve("stop.json")).content().contains("alice");
  }

  @Test
  void aGateStoppedBeforeItHadKeptAnythingContactsNobody() throws Exception {
    SandboxRollout rollout = bench.waiting(0.001);
    MemoryBuild build = bench.build(1);
    new GateFolder(build.folder()).stop(new StopRequest("alice", false));
    bench.sandbox.cluster().forgetRequests();

    MemoryBuild again = goOn();

    assertThat(again.end().kind()).as(again.said()).isEqualTo(GateEnd.Kind.STOPPED);
    assertThat(bench.sandbox.cluster().requests()).isEmpty();
    assertThat(rollout.step()).isEqualTo(1);
  }

  @Test
  void aGateThatIsStoppedBeforeItIsGoneOnWithCarriesOutOnCancel() {
    SandboxRollout rollout = bench.waiting(0.001);
    MemoryBuild build = bench.begin(SLOW);
    Waiting.until(() -> build.said().contains("gate point"));
    bench.restart();

    MemoryBuild again = goOn();
    bench.gates.cancel(again.key(), "alice", false);

    assertThat(again.end().kind()).as(again.said()).isEqualTo(GateEnd.Kind.STOPPED);
    Waiting.until(() -> rollout.status().path("abort").asBoolean());
  }

  @Test
  void ofAGateWhoseBuildWasDeletedNothingIsKept() throws Exception {
    MemoryBuild build = bench.build(1);
    Path folder = build.folder().getParent().getParent();
    Files.delete(folder);

    new GateFolder(build.folder()).stop(new StopRequest("alice", false));

    assertThat(folder).doesNotExist();
  }
}
