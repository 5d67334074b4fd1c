package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real Jenkins is killed, or stopped, while gates are in each of their phases: they go on where
 * Pipeline can, and do nothing where it cannot.
 */
@Timeout(900)
class RestartsIT {
  private static final String DELAYED = "fail: '> 1%', initialDelay: '25s'";
  private LabBench bench;

  @BeforeEach
  void begin() throws IOException {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    bench = new LabBench(LabJenkins.lab().get());
    bench.begin();
  }

  @AfterEach
  void end() {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void killedInEachPhaseEveryGateGoesOnAndPromotesOnce() throws IOException {
    Phases phases = new Phases("MAX_SURVIVABILITY");
    bench.jenkins.kill();
    bench.sandbox.cluster().faults().clear();
    assertThat(phases.unsent.step()).isEqualTo(1);
    assertThat(phases.unseen.step()).isEqualTo(3);
    bench.jenkins.start();
    phases.allGoOn();
  }

  @Test
  void killedWherePipelineCannotGoOnNothingIsDoneAndAnAdministratorIsTold() throws IOException {
    Phases phases = new Phases("PERFORMANCE_OPTIMIZED");
    bench.jenkins.kill();
    bench.sandbox.cluster().faults().clear();
    bench.sandbox.cluster().forgetRequests();
    bench.jenkins.start();

    for (LabBuild build : phases.builds()) {
      assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    }
    LabJenkins.until(
        Duration.ofMinutes(2),
        "the gates are not found abandoned",
        () -> abandoned() == phases.builds().size());
    phases.letLand();
    LabJenkins.until(
        Duration.ofMinutes(1), "what was promoted does not land", () -> phases.landing.step() == 3);
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
    assertThat(phases.measuring.step()).isEqualTo(1);
    assertThat(bench.jenkins.get("/manage/").body())
        .contains("shop/landing#1", "promote had been written down and may have been sent");
    for (LabBuild build : phases.builds()) {
      assertThat(bench.jenkins.json(build.path() + "/canary-gate/api/json").toString())
          .contains("ERROR");
    }
  }

  @Test
  void stoppedInOrderGatesGoOnInEitherDurability() throws IOException {
    Phases phases = new Phases("PERFORMANCE_OPTIMIZED");
    bench.jenkins.stop();
    bench.sandbox.cluster().faults().clear();
    bench.jenkins.start();
    phases.allGoOn();
  }

  /** Five gates, each in another phase. */
  private final class Phases {
    final SandboxRollout early;
    final SandboxRollout measuring;
    final SandboxRollout landing;
    final SandboxRollout unsent;
    final SandboxRollout unseen;
    private final List<LabBuild> builds;

    Phases(String durability) throws IOException {
      early = bench.waiting("early", 0.001);
      early.promoteFullyByPerson();
      LabJenkins.until(
          Duration.ofMinutes(1), "early does not land", () -> early.phase().equals("Healthy"));
      measuring = bench.waiting("measuring", 0.001);
      landing = bench.waiting("landing", 0.001);
      // Of the step after the pause not enough pods become available, so it does not land.
      landing.limitPods(landing.currentHash(), 1);
      unsent = bench.waiting("unsent", 0.001);
      unseen = bench.waiting("unseen", 0.001);
      LabBuild first =
          build(
              "early",
              LabBench.step("early", "timeouts: [start: '10m']").replace("early:2", "early:3"),
              durability);
      LabBuild second =
          build(
              "measuring", LabBench.step("measuring").replace("fail: '> 1%'", DELAYED), durability);
      first.says("gate early for Rollout shop/early");
      second.says("gate point");
      LabBuild last =
          build("landing", LabBench.step("landing"), durability).says("promote is in effect");
      assertThat(landing.step()).isEqualTo(2);
      var faults = bench.sandbox.cluster().faults();
      faults.on(Call.PATCH_STATUS, Fault.TIMEOUT.afterCarryingItOut());
      LabBuild third = build("unseen", LabBench.step("unseen"), durability);
      LabJenkins.until(Duration.ofMinutes(1), "nothing is sent", () -> sent(unseen) == 1);
      faults.on(Call.PATCH_STATUS, Fault.TIMEOUT).untilCleared();
      LabBuild fourth = build("unsent", LabBench.step("unsent"), durability);
      LabJenkins.until(Duration.ofMinutes(1), "nothing is sent", () -> sent(unsent) == 1);
      builds = List.of(first, second, third, fourth, last);
    }

    private LabBuild build(String name, String step, String durability) throws IOException {
      return bench
          .jenkins
          .pipeline("shop/" + name, "def r = " + step + "\necho r.verdict", durability)
          .build();
    }

    List<LabBuild> builds() {
      return builds;
    }

    /** The pods that were missing come. */
    void letLand() {
      landing.unlimitPods(landing.currentHash());
    }

    void allGoOn() throws IOException {
      for (LabBuild build : builds) {
        build.says("goes on where it was when Jenkins stopped");
      }
      assertThat(landing.step()).isEqualTo(2);
      letLand();
      early.deploy("registry.example/early:3");
      builds.get(0).says("gate point").abort();
      assertThat(builds.get(0).result()).isEqualTo("ABORTED");
      for (LabBuild build : builds.subList(1, builds.size())) {
        assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
      }
      for (SandboxRollout rollout : List.of(measuring, unsent, unseen, landing)) {
        assertThat(rollout.step()).as(rollout.name()).isEqualTo(3);
        assertThat(promotes(rollout)).as(rollout.name()).isEqualTo(1);
      }
      assertThat(abandoned()).isZero();
    }
  }

  private long sent(SandboxRollout rollout) {
    return bench.sandbox.cluster().writes().stream()
        .filter(write -> write.path().contains("/rollouts/" + rollout.name()))
        .count();
  }

  /** What was sent again after no answer came is the same promotion: it names the same state. */
  private long promotes(SandboxRollout rollout) {
    return bench.sandbox.cluster().writes().stream()
        .filter(write -> write.path().contains("/rollouts/" + rollout.name()))
        .filter(write -> write.json().path("status").path("pauseConditions").isNull())
        .map(write -> write.resourceVersion().orElse(""))
        .distinct()
        .count();
  }

  private int abandoned() throws IOException {
    Path folder = bench.jenkins.home().resolve("canary-gate/abandoned");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    }
  }
}
