package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** "Restart from Stage" in a real Jenkins: a new gate under the same rules. */
@Timeout(600)
class StageRestartIT {
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

  private static LabBuild run(String name, String... more) throws IOException {
    String script =
        """
        pipeline {
          agent none
          stages {
            stage('deploy') { steps { echo 'deployed' } }
            stage('gate') { steps { %s } }
            stage('after') { steps { echo 'went on' } }
          }
        }
        """
            .formatted(LabBench.step(name, more));
    return bench.jenkins.pipeline("shop/" + name, script, "MAX_SURVIVABILITY").build();
  }

  private static void landsFully(SandboxRollout rollout) {
    rollout.promoteFullyByPerson();
    LabJenkins.until(
        Duration.ofMinutes(1), "it does not land", () -> rollout.phase().equals("Healthy"));
  }

  @Test
  void theGateOfARevisionThatHasLandedActsNoMoreAndSaysSo() throws IOException {
    SandboxRollout rollout = bench.waiting("landed", 0.001);
    LabBuild first = run("landed");
    assertThat(first.result()).as(first.log()).isEqualTo("SUCCESS");
    landsFully(rollout);
    bench.sandbox.cluster().forgetRequests();

    LabBuild again = first.restartFrom("gate");

    assertThat(again.result()).as(again.log()).isEqualTo("FAILURE");
    assertThat(again.log())
        .contains("landed: NOT_GATED")
        .doesNotContain("deployed", "went on", "promote is asked");
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  @Test
  void whereThatIsToPassThePipelineGoesOn() throws IOException {
    SandboxRollout rollout = bench.waiting("passes", 0.001);
    LabBuild first = run("passes", "onNotGated: 'pass'");
    assertThat(first.result()).as(first.log()).isEqualTo("SUCCESS");
    landsFully(rollout);
    bench.sandbox.cluster().forgetRequests();

    LabBuild again = first.restartFrom("gate");

    assertThat(again.result()).as(again.log()).isEqualTo("SUCCESS");
    assertThat(again.log()).contains("passes: NOT_GATED", "went on");
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  @Test
  void theGateOfARevisionThatWasTakenBackSaysThatItMustBeDeployedAgain() throws IOException {
    bench.waiting("taken", 0.05);
    LabBuild first = run("taken");
    assertThat(first.result()).as(first.log()).isEqualTo("FAILURE");
    bench.sandbox.cluster().forgetRequests();

    LabBuild again = first.restartFrom("gate");

    assertThat(again.result()).as(again.log()).isEqualTo("FAILURE");
    assertThat(again.log()).contains("taken: FAIL, takenBack").doesNotContain("went on");
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  @Test
  void aRevisionThatWaitsAtItsGateAgainIsJudgedAnew() throws IOException {
    SandboxRollout rollout = bench.waiting("anew", 0.001);
    LabBuild first = run("anew", "onPass: 'none'");
    assertThat(first.result()).as(first.log()).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(1);

    LabBuild again = first.restartFrom("gate");

    assertThat(again.result()).as(again.log()).isEqualTo("SUCCESS");
    assertThat(again.log())
        .contains("error rate measured 1 of 1: PASS", "went on")
        .doesNotContain("goes on where it was");
  }
}
