package io.jenkins.plugins.canarygate.faults;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is told to stop carries the cancel policy out and says what became of it. */
@DisplayName("A6, D8: SIGTERM and SIGINT")
@Timeout(120)
class SignalsTest {
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

  @ParameterizedTest(name = "{0} while {1} with onCancel: {2} leaves it {3}")
  @CsvSource({
    "TERM, waiting, none, left",
    "INT, waiting, abort, left",
    "TERM, judging, abort, aborted",
    "INT, judging, none, left",
    "TERM, acting, abort, promotedNotLanded",
    "INT, acting, none, promotedNotLanded"
  })
  void aSignal(String signal, String moment, String policy, String outcome) {
    boolean waiting = moment.equals("waiting");
    boolean acting = moment.equals("acting");
    Path gate =
        bench.gate(waiting ? "3" : "2", acting ? "0s" : "60s", "  onCancel: " + policy + "\n");
    if (acting) {
      bench.sandbox.cluster().faults().on(Call.PATCH_STATUS, Fault.TIMEOUT).untilCleared();
    }
    try (ChildGate child = bench.run(gate)) {
      child.until(
          () ->
              acting ? bench.patches() == 1 : bench.kept(waiting ? "\"WAITING\"" : "\"JUDGING\""));

      child.signal(signal);

      assertThat(child.exitCode(Duration.ofSeconds(26)))
          .as(() -> child.out() + child.err())
          .isEqualTo(14);
      assertThat(child.out()).contains("checkout: CANCELLED, " + outcome);
    }
    assertThat(bench.report().verdict()).contains(Verdict.CANCELLED);
    assertThat(bench.report().exitCode()).hasValue(14);
    assertThat(bench.rollout.status().path("abort").asBoolean())
        .isEqualTo(outcome.equals("aborted"));
  }

  @Test
  void inTheMiddleOfAnAnalysisThatTheGateCreatedLeaveNone() {
    SandboxCluster cluster = bench.sandbox.cluster();
    SandboxKeptn keptn =
        cluster
            .keptn("v1")
            .provider("prometheus", "prometheus")
            .template("errors", "prometheus", "errors")
            .definition("checkout", 90, 50, objective("errors", "0.05", "0.01"));
    cluster.keptn().stop();
    try (ChildGate child = bench.run(bench.analysisGate())) {
      child.until(() -> keptn.analyses().size() == 1);

      child.signal("TERM");

      assertThat(child.exitCode(Duration.ofSeconds(26)))
          .as(() -> child.out() + child.err())
          .isEqualTo(14);
    }
    assertThat(bench.report().verdict()).contains(Verdict.CANCELLED);
    assertThat(keptn.analyses()).isEmpty();
  }
}
