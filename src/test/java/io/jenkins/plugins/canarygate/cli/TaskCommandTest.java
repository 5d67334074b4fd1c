package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.tekton.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the steps of the Tekton Task call")
@Timeout(60)
class TaskCommandTest {
  @TempDir Path folder;
  private CommandBench bench;
  private Path results;

  @BeforeEach
  void begin() throws IOException {
    bench = new CommandBench(folder);
    results = Files.createDirectory(folder.resolve("results"));
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private int task(String command, Object... more) {
    List<Object> args = new ArrayList<>(List.of("task", command));
    args.add("--task-run=ci/gate-x7/uid-7");
    args.add("--verdict-result=" + results.resolve("verdict"));
    args.addAll(List.of(more));
    return bench.run(args.toArray());
  }

  private String result(String name) {
    try {
      return Files.readString(results.resolve(name));
    } catch (IOException e) {
      return "missing";
    }
  }

  @Test
  void aGateFromTheSourceWorkspaceWritesEveryResult() {
    SandboxRollout rollout = bench.pausedCanary(CommandBench.GOOD);
    Path gate = bench.analysisGate();

    int code =
        task(
            "run",
            "--source=" + folder,
            "--gate=" + folder.relativize(gate),
            "--gate-text=",
            "--report=" + folder.resolve("report"),
            "--kubeconfig=",
            "--prometheus=",
            "--session=",
            "--",
            "image=" + CommandBench.NEW);

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(result("verdict")).isEqualTo("PASS");
    assertThat(result("outcome")).isEqualTo("promoted");
    assertThat(result("score")).isEqualTo("100.0");
    assertThat(result("revision")).isEqualTo(rollout.currentHash());
    assertThat(result("reason")).isNotBlank();
    assertThat(result("reportDigest")).matches("sha256:[0-9a-f]{64}");
    assertThat(folder.resolve("report/report.json")).exists();
  }

  @Test
  void theDigestIsThatOfTheReportThatWasWritten() throws Exception {
    bench.pausedCanary(CommandBench.GOOD);
    task("run", "--source=" + folder, "--gate=" + name(), "--report=" + folder.resolve("report"));

    byte[] hash =
        java.security.MessageDigest.getInstance("SHA-256")
            .digest(Files.readAllBytes(folder.resolve("report/report.json")));

    assertThat(result("reportDigest"))
        .isEqualTo("sha256:" + java.util.HexFormat.of().formatHex(hash));
  }

  private String name() {
    return folder.relativize(bench.analysisGate()).toString();
  }

  @Test
  void aGateGivenAsTextNeedsNoWorkspace() throws IOException {
    bench.pausedCanary(CommandBench.BAD);
    String text = Files.readString(bench.analysisGate());

    int code = task("run", "--gate-text=" + text, "--exit-zero=true");

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(result("verdict")).isEqualTo("FAIL");
    assertThat(result("outcome")).isEqualTo("aborted");
  }

  @Test
  void theSessionIsTheTaskRunsOwn() {
    bench.pausedCanary(CommandBench.GOOD);
    task("run", "--source=" + folder, "--gate=" + name());

    var stored = bench.cluster.store().find(new ObjectKey(Resource.CONFIG_MAPS, "ci", "gate-x7"));
    assertThat(stored).isPresent();
    assertThat(stored.get().tree().at("/metadata/ownerReferences/0/uid").asText())
        .isEqualTo("uid-7");
  }

  @Test
  void withoutAGateTheResultSaysSoAndNothingIsContacted() {
    assertThat(task("run", "--gate=", "--gate-text=")).isEqualTo(2);

    assertThat(result("verdict")).isEqualTo("ERROR");
    assertThat(result("reason")).startsWith("the Task has no gate");
    assertThat(bench.cluster.requests()).isEmpty();
  }

  @Test
  void withTwoGatesTheResultSaysSo() {
    assertThat(task("run", "--gate=gate.yaml", "--gate-text=kind: Gate")).isEqualTo(2);

    assertThat(result("reason")).startsWith("the Task has two gates");
  }

  @Test
  void aGateFileWithoutAWorkspaceIsMisuse() {
    assertThat(task("run", "--gate=gate.yaml", "--source=")).isEqualTo(2);

    assertThat(result("reason")).contains("no workspace is bound to source");
  }

  @Test
  void aParamThatIsNoTruthIsMisuse() {
    assertThat(task("run", "--gate-text=x", "--exit-zero=yes")).isEqualTo(2);

    assertThat(result("reason")).contains("the param exit-zero is 'yes'");
  }

  @Test
  void anUnknownParameterOfTheGateIsNamed() {
    assertThat(task("run", "--source=" + folder, "--gate=" + name(), "--", "imag=x")).isEqualTo(2);

    assertThat(result("verdict")).isEqualTo("ERROR");
    assertThat(bench.err()).contains("imag");
  }

  @Test
  void cancelNeedsASessionThatBothTasksName() {
    assertThat(task("cancel", "--source=" + folder, "--gate=" + name(), "--session=")).isEqualTo(2);

    assertThat(result("reason")).contains("the param session is missing");
  }

  @Test
  void cancelFindsNothingToDoWhereNoGateBegan() {
    int code = task("cancel", "--source=" + folder, "--gate=" + name(), "--session=run-7-gate");

    assertThat(code).as(bench.out() + bench.err()).isZero();
    assertThat(bench.out()).contains("nothing to cancel");
  }

  @Test
  void whatIsTooLongIsCutWithAMarkAndTheVerdictNever() {
    assertThat(TaskResults.shortened("ä".repeat(400), 600).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(600);
    assertThat(TaskResults.shortened("😀".repeat(200), 599)).endsWith("😀…");
    assertThat(TaskResults.shortened("short", 600)).isEqualTo("short");
    // Six bytes each in the message, which has room for 4096.
    assertThat(TaskResults.shortened("<".repeat(600), 600)).isEqualTo("<".repeat(99) + "…");
  }

  @Test
  void theWorstReasonLeavesRoomInTektonsMessage() {
    for (String worst : List.of("<", "\"", "\\", "\u0007", "ä", "😀")) {
      new TaskResults(results).unfinished(worst.repeat(4000));

      Termination termination = Termination.of(results);
      assertThat(termination.result("verdict")).isEqualTo("ERROR");
      assertThat(termination.bytes()).as(worst).isLessThan(1024);
      assertThat(termination.messageBytes()).as(worst).isLessThan(Termination.LIMIT);
    }
  }

  @Test
  void aResultsFolderThatIsNotThereChangesNoVerdict() {
    bench.pausedCanary(CommandBench.GOOD);
    results = folder.resolve("nowhere");

    assertThat(task("run", "--source=" + folder, "--gate=" + name())).isZero();
    assertThat(bench.err()).contains("the result verdict cannot be written");
  }
}
