package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stops a gate in a real Jenkins, it has ended 5 seconds later and has carried out {@code
 * onCancel}. The limit is the plugin's promise, not a measure of this machine.
 */
@Timeout(600)
class StopsInTimeIT {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static LabBench bench;

  @BeforeAll
  static void begin() throws IOException {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    bench = new LabBench(LabJenkins.lab().get());
    bench.begin();
  }

  @AfterAll
  static void end() {
    if (bench != null) {
      bench.close();
    }
  }

  /** A gate that would wait for ten minutes before it measures. */
  private static String slow(String name) {
    return LabBench.step(
        name, "fail: '> 1%', initialDelay: '10m'", new String[] {"onCancel: 'abort'"});
  }

  private static LabBuild judging(String name, String script) throws IOException {
    return bench
        .jenkins
        .pipeline("shop/" + name, script, "MAX_SURVIVABILITY")
        .build()
        .says("judging begins");
  }

  private static String find(String name) {
    return "jenkins.model.Jenkins.get().getItemByFullName('shop/" + name + "')";
  }

  /** What stops a gate. */
  private interface Stop {
    void now() throws IOException;
  }

  private static void endsInTime(SandboxRollout rollout, Stop stop, TestReporter reporter)
      throws IOException {
    long start = System.nanoTime();
    stop.now();
    LabJenkins.until(
        LIMIT.minusNanos(System.nanoTime() - start),
        "the gate has not ended, or onCancel is not carried out",
        () -> rollout.status().path("abort").asBoolean() && running().equals("0"));
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    reporter.publishEntry(rollout.name() + " ended after", millis + " ms");
  }

  private static String running() throws IOException {
    return bench.jenkins.script(
        "print io.jenkins.plugins.canarygate.jenkins.step.CanaryGates.get().running()");
  }

  @Test
  void aPersonsAbort(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("person", 0.001);
    LabBuild build = judging("person", slow("person"));

    endsInTime(
        rollout,
        () -> {
          build.abort();
          LabJenkins.until(LIMIT, "the build goes on", build::over);
        },
        reporter);

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
  }

  @Test
  void aFailedParallelBranch(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("branch", 0.001);
    LabBuild build =
        judging(
            "branch",
            "parallel gate: {\n"
                + slow("branch")
                + "\n}, other: {\n input id: 'Go', message: 'fail?'\n error 'the other branch"
                + " failed'\n}, failFast: true");

    endsInTime(
        rollout,
        () -> {
          bench.jenkins.post(build.path() + "/input/Go/proceedEmpty");
          LabJenkins.until(LIMIT, "the build goes on", build::over);
        },
        reporter);

    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
  }

  @Test
  void aTimeout(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("timed", 0.001);
    LabBuild build =
        judging("timed", "timeout(time: 15, unit: 'SECONDS') {\n" + slow("timed") + "\n}");
    build.says("Cancelling nested steps due to timeout");

    endsInTime(rollout, () -> LabJenkins.until(LIMIT, "the build goes on", build::over), reporter);

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
  }

  @Test
  void aDeletedJob(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("deleted", 0.001);
    LabBuild build = judging("deleted", slow("deleted"));

    endsInTime(rollout, () -> bench.jenkins.script(find("deleted") + ".delete()"), reporter);

    assertThat(build.folder()).doesNotExist();
    assertThat(bench.jenkins.home().resolve("canary-gate/open")).isEmptyDirectory();
  }

  @Test
  void aDeletedBuild(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("removed", 0.001);
    LabBuild build = judging("removed", slow("removed"));

    // Jenkins deletes no build that runs; a person has it killed first.
    endsInTime(
        rollout,
        () ->
            bench.jenkins.script(
                "def build = "
                    + find("removed")
                    + ".getBuildByNumber(1)\nbuild.doKill()\n"
                    + "while (build.logUpdated) { Thread.onSpinWait() }\nbuild.delete()"),
        reporter);

    assertThat(build.folder()).doesNotExist();
    assertThat(bench.jenkins.home().resolve("canary-gate/open")).isEmptyDirectory();
  }

  @Test
  void aBuildThatIsKilledHard(TestReporter reporter) throws IOException {
    SandboxRollout rollout = bench.waiting("killed", 0.001);
    LabBuild build = judging("killed", slow("killed"));

    endsInTime(
        rollout,
        () -> bench.jenkins.script(find("killed") + ".getBuildByNumber(1).doKill()"),
        reporter);

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
  }
}
