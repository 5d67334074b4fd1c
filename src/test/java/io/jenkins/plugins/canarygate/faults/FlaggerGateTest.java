package io.jenkins.plugins.canarygate.faults;

import static io.jenkins.plugins.canarygate.faults.FlaggerBench.NEW;
import static io.jenkins.plugins.canarygate.faults.FlaggerBench.NEWER;
import static io.jenkins.plugins.canarygate.faults.FlaggerBench.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run}, {@code serve} and Flagger together, each asking the others over HTTP. */
@DisplayName("FL1 to FL7, promises 1, 3 and 4: a gate on a Canary of Flagger, from end to end")
@Timeout(180)
class FlaggerGateTest {
  @TempDir Path folder;
  private FlaggerBench bench;

  @BeforeEach
  void begin() {
    bench = new FlaggerBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private void ends(ChildGate gate, int exitCode, Verdict verdict, Outcome outcome) {
    assertThat(gate.exitCode()).as(() -> gate.out() + gate.err()).isEqualTo(exitCode);
    assertThat(bench.report().verdict()).contains(verdict);
    assertThat(bench.report().outcome()).contains(outcome);
  }

  @Test
  void aGoodCanaryIsPromotedOnceTheGateHasDecidedAndNotBefore() {
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.001);
    assertThat(bench.replicas.answers())
        .noneMatch(answer -> answer.startsWith("/confirm-promotion 200"));

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      ends(gate, 0, Verdict.PASS, Outcome.PROMOTED);
    }

    assertThat(canary.phase()).isEqualTo("Succeeded");
    assertThat(canary.serving()).isEqualTo(Map.of(NEW, 100));
    assertThat(bench.decisions()).hasSize(1);
    assertThat(canary.decision()).as("FL4: removed once it has taken effect").isEmpty();
  }

  @Test
  @DisplayName("FL4: blue/green asks on two ticks, and is answered yes on both")
  void blueGreenIsAnsweredYesTwice() {
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().blueGreen(2), 0.001);

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      ends(gate, 0, Verdict.PASS, Outcome.PROMOTED);
    }

    assertThat(canary.primaryImage()).isEqualTo(NEW);
    assertThat(bench.replicas.answers())
        .filteredOn(answer -> answer.startsWith("/confirm-promotion 200"))
        .hasSize(2);
    assertThat(bench.decisions()).hasSize(1);
  }

  @Test
  void aBadCanaryIsTakenBack() {
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.05);

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      ends(gate, 10, Verdict.FAIL, Outcome.ABORTED);
    }

    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(canary.weight()).isZero();
    assertThat(canary.serving()).isEqualTo(Map.of(OLD, 100));
    assertThat(canary.primaryImage()).isEqualTo(OLD);
    assertThat(canary.decision()).isEmpty();
  }

  @Test
  void anotherRevisionInTheMiddleOfTheAnalysisIsNotPromotedByWhatWasDecidedOfTheFirst() {
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.001);

    try (ChildGate gate = bench.run(bench.gate("60s"))) {
      gate.until(() -> bench.kept("\"JUDGING\""));
      canary.deploy(NEWER);
      ends(gate, 13, Verdict.SUPERSEDED, Outcome.LEFT);
    }

    bench.until(() -> canary.phase().equals("WaitingPromotion"));
    assertThat(canary.primaryImage()).isEqualTo(OLD);
    assertThat(bench.decisions()).isEmpty();
  }

  /** Nobody answers Flagger's questions: a decision stays what it is until a server is there. */
  private SandboxCanary decidesUnasked() {
    ChildGate server = bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.001);
    server.kill();
    return canary;
  }

  @Test
  void anotherRevisionBetweenTheDecisionAndTheQuestionIsAnsweredNo() {
    SandboxCanary canary = decidesUnasked();

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      gate.until(() -> !canary.decision().isEmpty());
      bench.sandbox.cluster().flagger().stop();
      canary.deploy(NEWER);
      bench.serve();
      bench.sandbox.cluster().flagger().start();
      ends(gate, 13, Verdict.SUPERSEDED, Outcome.PROMOTED_NOT_LANDED);
    }

    bench.until(() -> canary.phase().equals("WaitingPromotion"));
    assertThat(canary.primaryImage()).isEqualTo(OLD);
    assertThat(bench.replicas.answers())
        .noneMatch(answer -> answer.startsWith("/confirm-promotion 200"));
  }

  @Test
  @DisplayName("FL5: the narrow race that remains is an error: the primary has what was not judged")
  void aPrimaryThatHasAnotherImageAfterwardsIsAnError() {
    bench.serve();
    SandboxCanary[] canary = new SandboxCanary[1];
    // A slow hook after ours, of which plan warns: the target changes while it is asked.
    String slow =
        bench.yesAfter(
            () -> {
              if (canary[0] != null && !canary[0].decision().isEmpty()) {
                canary[0].deploy(NEWER);
              }
            });
    canary[0] =
        bench.waiting(bench.canary().weighted(20, 60).hook("confirm-promotion", slow), 0.001);

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      assertThat(gate.exitCode()).as(() -> gate.out() + gate.err()).isEqualTo(1);
    }

    assertThat(canary[0].primaryImage()).isEqualTo(NEWER);
    assertThat(bench.report().outcome()).contains(Outcome.NOT_HONOURED);
    assertThat(bench.report().reason()).contains(NEWER);
  }

  @Test
  void aReplicaOfTheServerIsKilledAndTheOtherAnswers() {
    ChildGate first = bench.serve();
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.001);
    first.kill();

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      ends(gate, 0, Verdict.PASS, Outcome.PROMOTED);
    }

    assertThat(canary.serving()).isEqualTo(Map.of(NEW, 100));
    assertThat(bench.replicas.answers()).anyMatch(answer -> answer.endsWith(" 0"));
  }

  @Test
  void aServerThatComesBackKnowsWhatWasDecidedWhileItWasAway() {
    SandboxCanary canary = decidesUnasked();

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      gate.until(() -> !canary.decision().isEmpty());
      assertThat(canary.phase()).isEqualTo("WaitingPromotion");
      bench.serve();
      ends(gate, 0, Verdict.PASS, Outcome.PROMOTED);
    }
  }

  @Test
  void aGateThatIsKilledAfterItsDecisionFindsItsEffectWhenItIsStartedAgain() {
    SandboxCanary canary = decidesUnasked();
    Path file = bench.gate("0s");
    try (ChildGate gate = bench.run(file)) {
      gate.until(() -> !canary.decision().isEmpty());
      gate.kill();
    }
    bench.serve();
    bench.until(() -> canary.phase().equals("Succeeded"));

    try (ChildGate again = bench.run(file)) {
      ends(again, 0, Verdict.PASS, Outcome.PROMOTED);
    }
    assertThat(bench.decisions()).hasSize(1);
    assertThat(canary.decision()).isEmpty();
  }

  @Test
  void aGateThatIsKilledBetweenItsIntentAndTheWriteDecidesWhenItIsStartedAgain() {
    bench.serve();
    SandboxCanary canary = bench.waiting(bench.canary().weighted(20, 60), 0.001);
    bench.sandbox.cluster().faults().on(Call.PATCH, Fault.TIMEOUT).untilCleared();
    Path file = bench.gate("0s");
    try (ChildGate gate = bench.run(file)) {
      gate.until(() -> !bench.decisions().isEmpty());
      gate.kill();
    }
    assertThat(bench.kept("\"PROMOTE\"")).isTrue();
    assertThat(canary.decision()).as("the write never arrived").isEmpty();
    bench.sandbox.cluster().faults().clear();

    try (ChildGate again = bench.run(file)) {
      ends(again, 0, Verdict.PASS, Outcome.PROMOTED);
    }
    assertThat(canary.primaryImage()).isEqualTo(NEW);
  }

  @Test
  @DisplayName("FL5: a primary that breaks while it is promoted is a FAIL that says who serves")
  void aBrokenPrimaryIsAFail() {
    bench.serve();
    SandboxCanary canary =
        bench.waiting(bench.canary().weighted(20, 60).with("{'progressDeadlineSeconds':1}"), 0.001);
    // From the promotion on no pod of the primary becomes ready.
    bench
        .sandbox
        .cluster()
        .store()
        .listen(
            change -> {
              if (canary.key().equals(change.after().key()) && canary.phase().equals("Promoting")) {
                canary.breakPrimary();
              }
            });

    try (ChildGate gate = bench.run(bench.gate("0s"))) {
      ends(gate, 10, Verdict.FAIL, Outcome.PROMOTED_NOT_LANDED);
      assertThat(gate.out() + gate.err()).contains("failed and serves");
    }
    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(canary.weight()).isEqualTo(100);
  }
}
