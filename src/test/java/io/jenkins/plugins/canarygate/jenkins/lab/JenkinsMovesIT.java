package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a gate waits, a real Jenkins is changed around it. */
@Timeout(900)
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

  @Test
  void anAdministratorIsToldOfAGateWhoseFolderWasRenamedAndOfOneWhoseBuildCannotBeRead()
      throws IOException {
    SandboxRollout renamed = bench.waiting("moved", 0.001);
    SandboxRollout damaged = bench.waiting("damaged", 0.001);
    start("shop/old/moved", "moved", SLOW, "PERFORMANCE_OPTIMIZED");
    LabBuild unreadable = start("shop/damaged", "damaged", SLOW, "PERFORMANCE_OPTIMIZED");
    bench.jenkins.script(
        "jenkins.model.Jenkins.get().getItemByFullName('shop/old').renameTo('new')");
    LabJenkins.until(
        Duration.ofSeconds(30),
        "the new name is not noted",
        () -> !bench.jenkins.filesWith("shop/new/moved#1", JenkinsMovesIT::open).isEmpty());
    bench.jenkins.kill();
    Files.writeString(unreadable.folder().resolve("build.xml"), "<flow-build><");
    bench.jenkins.start();

    LabJenkins.until(
        Duration.ofMinutes(3),
        "an administrator is not told",
        () -> {
          String told = bench.jenkins.get("/manage/").body();
          return told.contains("shop/new/moved#1") && told.contains("shop/damaged#1");
        });
    assertThat(bench.jenkins.get("/manage/").body())
        .contains("Jenkins can no longer read its build", "Rollout shop/moved");
    assertThat(renamed.step()).isEqualTo(1);
    assertThat(damaged.step()).isEqualTo(1);
  }

  private static boolean open(Path file) {
    return file.toString().contains("/canary-gate/open/");
  }

  private static LabBuild start(String job, String rollout, String check) throws IOException {
    return start(job, rollout, check, "MAX_SURVIVABILITY");
  }

  private static LabBuild start(String job, String rollout, String check, String durability)
      throws IOException {
    return bench
        .jenkins
        .pipeline(job, LabBench.step(rollout).replace("fail: '> 1%'", check), durability)
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
