package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged plugin in a real Jenkins, which {@code -Djenkins.lab=DIR} gives. */
@Timeout(600)
class RealJenkinsIT {
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

  private static LabBuild run(String job, String script) throws IOException {
    return bench.jenkins.pipeline("shop/" + job, script, "MAX_SURVIVABILITY").build();
  }

  @Test
  void aGoodCanaryIsPromotedByAScriptedPipelineAndTheMapSaysSo() throws IOException {
    SandboxRollout rollout = bench.waiting("good", 0.001);

    LabBuild build =
        run(
            "good",
            """
            def r
            stage('gate') { r = %s }
            echo "${r.verdict}: ${r.reason}"
            """
                .formatted(LabBench.step("good", "onPass: 'promote'")));

    assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    assertThat(build.log())
        .contains("error rate measured 1 of 1: PASS")
        .contains("promote is asked of the rollout")
        .contains("good: PASS, promoted")
        .contains("PASS: ");
    assertThat(rollout.step()).isEqualTo(3);
    Path gates = build.folder().resolve("canary-gate");
    try (var folders = Files.list(gates)) {
      Path folder = folders.findFirst().orElseThrow();
      assertThat(folder).isDirectoryContaining("glob:**/report.json");
      assertThat(folder).isDirectoryContaining("glob:**/report.md");
      assertThat(folder).isDirectoryContaining("glob:**/junit.xml");
    }
    JsonNode api = bench.jenkins.json(build.path() + "/canary-gate/api/json");
    assertThat(api.path("gates").path(0).path("verdict").asText()).isEqualTo("PASS");
  }

  @Test
  void aBadCanaryIsAbortedByADeclarativePipelineAndTheBuildFails() throws IOException {
    SandboxRollout rollout = bench.waiting("bad", 0.05);

    LabBuild build =
        run(
            "bad",
            """
            pipeline {
              agent none
              stages { stage('gate') { steps { %s } } }
            }
            """
                .formatted(LabBench.step("bad")));

    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    assertThat(build.log()).contains("bad: FAIL, aborted: error rate");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }
}
