package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.frontend.Shell;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, closed and full outputs. */
@Timeout(90)
class ChildProcessTest {
  @TempDir Path folder;
  private CommandBench bench;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    bench.close();
  }

  @Test
  @DisplayName("A6: SIGTERM ends the gate, writes its report and exits with 14")
  void sigtermCancelsTheGateAndExitsWithFourteen() throws Exception {
    bench.pausedCanary(CommandBench.GOOD);
    Process process = waiting("SIGTERM");

    process.destroy();

    assertThat(exitCode(process)).isEqualTo(14);
    assertThat(report().verdict()).contains(Verdict.CANCELLED);
    assertThat(report().reason()).contains("SIGTERM");
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void sigintDoesTheSame() throws Exception {
    bench.pausedCanary(CommandBench.GOOD);
    Process process = waiting("SIGINT");

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(exitCode(process)).isEqualTo(14);
    assertThat(report().verdict()).contains(Verdict.CANCELLED);
  }

  @Test
  @DisplayName("A6: what onCancel asks for is done before the process ends")
  void sigtermAbortsTheCanaryWhereTheGateFileSaysSo() throws Exception {
    SandboxRollout rollout = bench.pausedCanary("'count':0");
    Path gate = bench.analysisGate("  onCancel: abort\n");
    Process process = start("run", gate, "--report", folder.resolve("reports"));
    readUntil(process, "judging begins");

    process.destroy();

    assertThat(exitCode(process)).isEqualTo(14);
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
    assertThat(report().outcome()).contains(Outcome.ABORTED);
  }

  @Test
  void aFullStandardOutputIsSaidAndKeepsTheExitCode() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "this system has no /dev/full");
    bench.errorRate = 0.5;

    Process process = shell(" > /dev/full", "check", bench.honeycombGate());

    assertThat(exitCode(process)).isEqualTo(10);
    assertThat(errors(process)).contains("standard output is closed or full");
  }

  @Test
  void aClosedStandardOutputIsSaidAndKeepsTheExitCode() throws Exception {
    bench.errorRate = 0.5;

    Process process = start("check", bench.honeycombGate());
    process.getInputStream().close();

    assertThat(exitCode(process)).isEqualTo(10);
    assertThat(errors(process)).contains("standard output is closed or full");
  }

  @Test
  void aFullDiskIsSaidAndKeepsTheExitCode() throws Exception {
    bench.errorRate = 0.5;

    Process process =
        shell("", "check", bench.honeycombGate(), "--report", folder.resolve("reports"));

    assertThat(exitCode(process)).isEqualTo(10);
    assertThat(errors(process)).contains("report.json could not be written");
    try (var left = Files.list(folder.resolve("reports"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whateverTheLocaleOutputIsUtf8() throws Exception {
    bench.pausedCanary("");
    Process process = start("run", bench.analysisGate());

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(exitCode(process)).isEqualTo(11);
    assertThat(said).contains("--reason '…'");
  }

  /** A gate that waits for a revision that never comes. */
  private Process waiting(String image) throws IOException {
    Process process =
        start(
            "run",
            bench.analysisGate(),
            "--set",
            "image=registry.example/never:" + image,
            "--report",
            folder.resolve("reports"));
    readUntil(process, "the gate begins");
    return process;
  }

  private Process start(Object... args) throws IOException {
    List<String> words = new ArrayList<>(java());
    for (Object arg : args) {
      words.add(arg.toString());
    }
    return start(words);
  }

  /** In a shell that lets no file grow, which is how a full disk looks. */
  private Process shell(String redirect, Object... args) throws IOException {
    StringBuilder line = new StringBuilder();
    java().forEach(word -> line.append(Shell.quote(word)).append(' '));
    for (Object arg : args) {
      line.append(Shell.quote(arg.toString())).append(' ');
    }
    String limit = redirect.isEmpty() ? "ulimit -f 0; " : "";
    return start(List.of("/bin/sh", "-c", limit + "exec " + line + redirect));
  }

  private Process start(List<String> words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(bench.env);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        Main.class.getName());
  }

  private static void readUntil(Process process, String text) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("it never said: " + text + "\n" + said + errors(process));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Report report() throws IOException {
    return JsonReport.read(Files.readString(folder.resolve("reports/report.json")));
  }
}
