package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person aborts a build in the very moment that a real Jenkins ends: it never promotes. */
@Timeout(900)
class StoppedAsJenkinsEndsIT {
  // Judged soon after Jenkins is back, so that an abort which was lost would be a promotion.
  private static final String DELAYED = "fail: '> 1%', initialDelay: '25s'";
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

  private static LabBuild judging(String name, String durability) throws IOException {
    String step = LabBench.step(name, DELAYED, new String[] {"onCancel: 'abort'"});
    return bench.jenkins.pipeline("shop/" + name, step, durability).build().says("judging begins");
  }

  /** Aborts the build and comes back once its gate knows. */
  private static String abort(LabBuild build) {
    return """
        def build = jenkins.model.Jenkins.get().getItemByFullName('%s').getBuildByNumber(1)
        build.doStop()
        def gates = new File(build.rootDir, 'canary-gate')
        while (!gates.listFiles().any { new File(it, 'stop.json').exists() }) { Thread.onSpinWait() }
        """
        .formatted(build.job());
  }

  private static void assertStopped(LabBuild build, SandboxRollout rollout) throws IOException {
    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
    assertThat(build.log()).contains("stopped by admin").doesNotContain("promote is asked");
    LabJenkins.until(
        Duration.ofSeconds(30),
        "onCancel is not carried out",
        () -> rollout.status().path("abort").asBoolean());
    assertThat(rollout.step()).isZero();
    assertThat(bench.jenkins.home().resolve("canary-gate/open")).isEmptyDirectory();
  }

  @Test
  void killedHard() throws IOException {
    SandboxRollout rollout = bench.waiting("killed", 0.001);
    LabBuild build = judging("killed", "MAX_SURVIVABILITY");

    assertThatThrownBy(() -> bench.jenkins.script(abort(build) + "Runtime.runtime.halt(1)"))
        .isInstanceOf(IOException.class);
    bench.jenkins.kill();
    bench.jenkins.start();

    assertStopped(build, rollout);
  }

  @Test
  void goingDownInOrderAfterTheGatesHaveBeenClosed() throws IOException {
    SandboxRollout rollout = bench.waiting("closing", 0.001);
    LabBuild build = judging("closing", "PERFORMANCE_OPTIMIZED");

    bench.jenkins.script(
        "io.jenkins.plugins.canarygate.jenkins.step.CanaryGates.end()\n" + abort(build));
    assertThat(build.over()).isFalse();
    bench.jenkins.stop();
    bench.jenkins.start();

    assertStopped(build, rollout);
  }

  /** Jenkins may have lost the abort, or was about to carry it out: whichever it was. */
  @Test
  void killedHardJustAfterItWasAskedTheBuildPromotesNothingAndCanBeAbortedAgain()
      throws IOException {
    SandboxRollout rollout = bench.waiting("lost", 0.001);
    LabBuild build = judging("lost", "MAX_SURVIVABILITY");

    build.abort();
    bench.jenkins.kill();
    bench.jenkins.start();
    if (!build.over()) {
      build.abort();
    }

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
    LabJenkins.until(
        Duration.ofMinutes(1),
        "the gate does not end",
        () ->
            bench
                .jenkins
                .json(build.path() + "/canary-gate/api/json")
                .at("/gates/0/verdict")
                .asText()
                .equals("CANCELLED"));
    assertThat(build.log()).doesNotContain("promote is asked");
    assertThat(rollout.step()).isLessThan(2);
  }
}
