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

/** While a gate waits, a real Jenkins is changed around it. */
@Timeout(600)
class JenkinsMovesIT {
  private static final String SLOW = "fail: '> 1%', initialDelay: '75s'";
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

  @Test
  void aGateGoesOnWhileItsFolderIsRenamed() throws IOException {
    SandboxRollout rollout = bench.waiting("renamed", 0.001);
    start("shop/team/renamed", "renamed", SLOW);

    bench.jenkins.script(
        "jenkins.model.Jenkins.get().getItemByFullName('shop/team').renameTo('crew')");

    assertThat(result("/job/shop/job/crew/job/renamed/1")).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(3);
  }

  @Test
  void aGateGoesOnWhileTheConfigurationIsReadAnewFromDisk() throws IOException {
    SandboxRollout rollout = bench.waiting("reloaded", 0.001);
    LabBuild build = start("shop/reloaded", "reloaded", SLOW);

    bench.jenkins.post("/reload");

    assertThat(result(build.path())).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(3);
  }

  private static LabBuild start(String job, String rollout, String check) throws IOException {
    return bench
        .jenkins
        .pipeline(job, LabBench.step(rollout).replace("fail: '> 1%'", check), "MAX_SURVIVABILITY")
        .build()
        .says("gate point");
  }

  private static String result(String build) {
    String[] result = {""};
    LabJenkins.until(
        Duration.ofMinutes(3),
        build + " does not end",
        () -> {
          var json = bench.jenkins.json(build + "/api/json");
          result[0] = json.path("result").asText("");
          return json.has("building") && !json.path("building").asBoolean(true);
        });
    return result[0];
  }
}
