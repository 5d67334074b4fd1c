package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose process is killed goes on from its session, and acts once (promise 4, S1). */
@DisplayName("promise 4, S1: killed and started again")
@Timeout(180)
class KillAndRestartTest {
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

  @Test
  void killedWhileJudgingItGoesOnJudging() {
    Path gate = bench.gate("2", "4s", "");
    try (ChildGate first = bench.run(gate)) {
      first.until(() -> bench.kept("\"JUDGING\""));
      first.kill();
    }
    assertThat(bench.patches()).isZero();
    goesOnToAPromotion(gate);
  }

  @Test
  void killedBetweenTheIntentAndItsArrivalItSendsAgain() {
    killedWhileSending(Fault.TIMEOUT);
    assertThat(bench.rollout.step()).isEqualTo(1);
    goesOnToAPromotion(bench.gate("2", "1s", ""));
  }

  @Test
  void killedBetweenTheArrivalAndTheAnswerItSendsNothingAgain() {
    killedWhileSending(Fault.TIMEOUT.afterCarryingItOut());
    assertThat(bench.rollout.step()).isEqualTo(3);
    goesOnToAPromotion(bench.gate("2", "1s", ""));
    assertThat(bench.patches()).isEqualTo(1);
  }

  private void killedWhileSending(Fault fault) {
    bench.sandbox.cluster().faults().on(Call.PATCH_STATUS, fault).untilCleared();
    try (ChildGate first = bench.run(bench.gate("2", "1s", ""))) {
      first.until(() -> bench.patches() == 1);
      first.kill();
    }
    assertThat(bench.kept("\"PROMOTE\"")).isTrue();
    bench.sandbox.cluster().faults().clear();
  }

  private void goesOnToAPromotion(Path gate) {
    try (ChildGate second = bench.run(gate)) {
      assertThat(second.exitCode()).as(() -> second.out() + second.err()).isZero();
    }
    assertThat(bench.report().verdict()).contains(Verdict.PASS);
    assertThat(bench.report().outcome()).contains(Outcome.PROMOTED);
    assertThat(bench.rollout.step()).isEqualTo(3);
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
    assertThat(bench.kept("goes on in another process")).isTrue();
  }

  @Test
  void aFinishedSessionGivesItsVerdictAgainAndContactsNothing() {
    Path gate = bench.gate("2", "0s", "");
    try (ChildGate first = bench.run(gate)) {
      assertThat(first.exitCode()).as(() -> first.out() + first.err()).isZero();
    }
    bench.sandbox.cluster().forgetRequests();
    bench.sandbox.honeycomb().forgetRequests();
    try (ChildGate second = bench.run(gate)) {
      assertThat(second.exitCode()).as(() -> second.out() + second.err()).isZero();
      assertThat(second.out()).contains("checkout: PASS, promoted");
    }
    assertThat(bench.sandbox.cluster().requests()).isEmpty();
    assertThat(bench.sandbox.honeycomb().requests()).isEmpty();
  }

  @Test
  void anotherProcessOnTheSameSessionExitsWithOneAndAnotherGateWithTwo() {
    Path gate = bench.gate("2", "60s", "");
    try (ChildGate first = bench.run(gate)) {
      first.until(() -> bench.kept("\"JUDGING\""));
      try (ChildGate second = bench.run(gate)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("belongs to a gate that is still running");
      }
      first.kill();
    }
    try (ChildGate third = bench.run(bench.gate("2", "61s", ""))) {
      assertThat(third.exitCode()).isEqualTo(2);
      assertThat(third.err()).contains("another gate file or other parameters");
    }
    assertThat(bench.patches()).isZero();
  }
}
