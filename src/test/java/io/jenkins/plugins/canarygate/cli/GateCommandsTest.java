package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.frontend.Shell;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole gates through the command, against a cluster with a controller behind it. */
@Timeout(30)
class GateCommandsTest {
  @TempDir Path folder;
  private CommandBench bench;

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void aGoodCanaryIsPromotedAndTheReportSaysSo() throws IOException {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);

    int code = bench.run("run", bench.analysisGate(), "--report", folder.resolve("reports"));

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(rollout.step()).isEqualTo(3);
    assertThat(bench.out())
        .contains("argo agrees: 1 measurement")
        .contains("checkout: PASS, promoted");
    Report report =
        JsonReport.read(Files.readString(folder.resolve("reports").resolve("report.json")));
    assertThat(report.verdict()).contains(Verdict.PASS);
    assertThat(report.outcome()).contains(Outcome.PROMOTED);
    assertThat(report.rollout().revision()).contains(rollout.currentHash());
    assertThat(folder.resolve("reports/report.md")).content().startsWith("# checkout\\: PASS");
    assertThat(folder.resolve("reports/junit.xml")).content().contains("name=\"argo agrees\"");
  }

  @Test
  void aBadCanaryIsAbortedWithExitCodeTen() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.BAD);

    int code = bench.run("run", bench.analysisGate());

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(10);
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
    assertThat(bench.out()).contains("checkout: FAIL, aborted");
    assertThat(lastLine()).startsWith("Git, if it deployed this, still holds");
  }

  @Test
  @DisplayName("D9: what leaves a canary serving ends with the two exact commands")
  void whatIsLeftServingEndsWithTheTwoCommands() {
    bench.pausedCanary("");

    int code = bench.run("run", bench.analysisGate(), "--set", "image=" + CommandBench.NEW);

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(11);
    assertThat(bench.out())
        .contains(
            "to promote it: canary-gate promote "
                + Shell.quote(folder + "/gate.yaml")
                + " --set image=registry.example/app:2 --reason '…'");
    assertThat(lastLine()).startsWith("to abort it:   canary-gate abort ");
  }

  @Test
  void withJsonStandardOutputIsOneDocumentAndProgressGoesToStandardError() {
    bench.pausedCanary(CommandBench.BAD);

    int code = bench.run("run", bench.analysisGate(), "--output", "json");

    assertThat(JsonReport.read(bench.out()).exitCode()).hasValue(code);
    assertThat(bench.err()).contains("argo agrees: FAIL");
  }

  @Test
  @DisplayName("C4: --exit-zero")
  void exitZeroHidesAJudgementButNotTheReportsExitCode() {
    bench.pausedCanary(CommandBench.BAD);

    assertThat(bench.run("run", bench.analysisGate(), "--exit-zero", "--output", "json")).isZero();
    assertThat(JsonReport.read(bench.out()).exitCode()).hasValue(10);
  }

  @Test
  @DisplayName("C2: --dry-run writes nothing")
  void aDryRunJudgesAndWritesNothing() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);
    String before = rollout.resourceVersion();

    int code = bench.run("run", bench.analysisGate(), "--dry-run", "--output", "json");

    assertThat(code).as(bench.err()).isZero();
    assertThat(bench.cluster.writes()).isEmpty();
    assertThat(rollout.resourceVersion()).isEqualTo(before);
    assertThat(JsonReport.read(bench.out()).outcome()).contains(Outcome.LEFT);
  }

  @Test
  @DisplayName("S1: a session that has ended gives its verdict again, and nothing is contacted")
  void anEndedSessionGivesItsVerdictAgain() {
    bench.pausedCanary(CommandBench.BAD);
    Path session = folder.resolve("gate.session");
    Path gate = bench.analysisGate();
    assertThat(bench.run("run", gate, "--session", session)).isEqualTo(10);
    bench.cluster.forgetRequests();
    bench.env.remove("KUBECONFIG");

    assertThat(bench.run("run", gate, "--session", session)).as(bench.err()).isEqualTo(10);
    assertThat(bench.out()).contains("checkout: FAIL, aborted");
    assertThat(bench.cluster.requests()).isEmpty();
  }

  @Test
  @DisplayName("S1: another gate file is refused with exit code 2")
  void aSessionOfAnotherGateIsRefused() {
    bench.pausedCanary(CommandBench.BAD);
    Path session = folder.resolve("gate.session");
    assertThat(bench.run("run", bench.analysisGate(), "--session", session)).isEqualTo(10);

    assertThat(bench.run("run", bench.analysisGate("  onFail: none\n"), "--session", session))
        .isEqualTo(2);
    assertThat(bench.err()).contains("another gate file or other parameters");
  }

  @Test
  void aPersonPromotesWithAReasonThatTheReportNames() {
    bench.env.put("CANARY_GATE_USER", "ada");
    SandboxRollout rollout = bench.pausedCanary(CommandBench.BAD);

    int code =
        bench.run("promote", bench.analysisGate(), "--reason", "seen it", "--output", "json");

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(rollout.step()).isEqualTo(3);
    Report report = JsonReport.read(bench.out());
    assertThat(report.outcome()).contains(Outcome.PROMOTED);
    assertThat(report.decidedBy())
        .hasValueSatisfying(
            by -> {
              assertThat(by.who()).isEqualTo("ada");
              assertThat(by.reason()).isEqualTo("seen it");
            });
  }

  @Test
  void aPersonPromotesFully() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.BAD);

    int code = bench.run("promote", bench.analysisGate(), "--full", "--reason", "hotfix");

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(rollout.stableHash()).isEqualTo(rollout.currentHash());
  }

  @Test
  @DisplayName("A7: retry clears an abort")
  void aPersonAbortsAndLaterTriesAgain() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);
    Path gate = bench.analysisGate();

    assertThat(bench.run("abort", gate, "--reason", "errors")).as(bench.out()).isZero();
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();

    assertThat(bench.run("retry", gate, "--reason", "fixed")).as(bench.out()).isZero();
    assertThat(rollout.status().path("abort").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("C1: check needs no cluster where no check does")
  void aCheckAsksHoneycombAloneAndNoCluster() {
    bench.errorRate = 0.02;
    bench.env.remove("KUBECONFIG");

    int code = bench.run("check", bench.honeycombGate());

    assertThat(code).as(bench.out() + bench.err()).isEqualTo(10);
    assertThat(bench.out())
        .contains("Honeycomb: about 1 query result")
        .contains("FAIL      error rate: 2 %; fail > 1%;");
    assertThat(bench.cluster.requests()).isEmpty();
    assertThat(bench.out() + bench.err()).doesNotContain(CommandBench.KEY);
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidAndChangesNoExitCode() {
    Path file = bench.write("in-the-way", "x");

    assertThat(bench.run("check", bench.honeycombGate(), "--report", file))
        .as(bench.out())
        .isZero();
    assertThat(bench.err()).contains("the report folder").contains("name another folder");
  }

  @Test
  void aPlanInOrderExitsWithZero() {
    bench.pausedCanary(CommandBench.GOOD);

    assertThat(bench.run("plan", bench.analysisGate())).as(bench.out()).isZero();
    assertThat(bench.out()).contains("OK").endsWith("checkout: 0 errors, 0 warnings\n");
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void aPlanThatFindsAnErrorExitsWithOneAndSaysWhatToDo() {
    bench.write("config", CommandBench.kubeconfig(bench.cluster.url(), "expired-token"));

    assertThat(bench.run("plan", bench.analysisGate())).isEqualTo(1);
    assertThat(bench.out()).contains("ERROR  ").contains("401").contains("token has expired");
    assertThat(bench.out()).doesNotContain("expired-token");
  }

  @Test
  void aPlanLooksAtHoneycombToo() {
    bench.pausedCanary(CommandBench.GOOD);

    bench.run("plan", bench.honeycombGate(), "--output", "json");

    assertThat(bench.out())
        .startsWith("{")
        .contains("honeycomb: key")
        .contains("\"level\" : \"OK\"");
    assertThat(bench.askedOfHoneycomb).contains("GET /1/auth");
  }

  private String lastLine() {
    return bench.out().lines().reduce("", (first, second) -> second);
  }
}
