package io.jenkins.plugins.canarygate.jenkins.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole gates as a controller runs them, over real ports. */
@Timeout(60)
class ControllerGatesTest {
  @TempDir Path home;
  private GatesBench bench;

  @BeforeEach
  void begin() {
    bench = new GatesBench(home);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void aGoodCanaryIsPromotedAndTheStepReturnsScalars() throws Exception {
    SandboxRollout rollout = bench.waiting(0.001);

    MemoryBuild build = bench.begin(GatesBench.gate());

    GateEnd end = build.end();
    assertThat(end.kind()).as(build.said()).isEqualTo(GateEnd.Kind.RETURNS);
    assertThat(end.values())
        .containsEntry("verdict", "PASS")
        .containsEntry("outcome", "promoted")
        .containsEntry("exitCode", 0)
        .containsEntry("revision", rollout.currentHash());
    assertThat(rollout.step()).isEqualTo(3);
    assertThat(build.said())
        .contains("error rate measured 1 of 1: PASS")
        .contains("promote is asked of the rollout")
        .contains("checkout: PASS, promoted");
    assertThat(JsonReport.read(Files.readString(build.folder().resolve("report.json"))).verdict())
        .contains(Verdict.PASS);
    assertThat(build.folder()).isDirectoryContaining("glob:**/junit.xml");
    assertThat(build.folder()).isDirectoryContaining("glob:**/report.md");
    assertThat(build.used).as("credentials, to be tracked").hasSize(2);
  }

  @Test
  void aBadCanaryIsAbortedAndTheStepFails() {
    SandboxRollout rollout = bench.waiting(0.05);

    MemoryBuild build = bench.begin(GatesBench.gate());

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.FAILS);
    assertThat(build.end().message()).startsWith("checkout: FAIL, aborted: error rate");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void onWarnTheStepReturnsAndTheBuildIsUnstable() {
    bench.waiting(0.005);

    MemoryBuild build =
        bench.begin(GatesBench.gate().replace("\"> 1%\"", "\"> 1%\"\n      warn: \"> 0.2%\""));

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.RETURNS_UNSTABLE);
    assertThat(build.end().values()).containsEntry("verdict", "WARN");
  }

  @Test
  void aCancelledGateCarriesOutOnCancelAndLetsTheStepGo() {
    SandboxRollout rollout = bench.waiting(0.001);
    MemoryBuild build =
        bench.begin(
            GatesBench.gate("onCancel: abort").replace("fail:", "initialDelay: 10m\n      fail:"));
    Waiting.until(() -> build.said().contains("judging") || build.said().contains("gate point"));

    assertThat(bench.gates.cancel(build.key(), "alice", false)).isTrue();

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.STOPPED);
    assertThat(build.end().report().orElseThrow().verdict()).contains(Verdict.CANCELLED);
    assertThat(build.end().report().orElseThrow().outcome()).contains(Outcome.ABORTED);
    assertThat(build.said()).contains("stopped by alice");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
    Waiting.until(() -> bench.gates.running() == 0);
    assertThat(bench.gates.cancel(build.key(), "alice", false)).isFalse();
  }

  @Test
  void aGateWhoseStageRanOutOfTimeIsCalledTimeout() {
    bench.waiting(0.001);
    MemoryBuild build =
        bench.begin(
            GatesBench.gate("onCancel: abort").replace("fail:", "initialDelay: 10m\n      fail:"));
    Waiting.until(() -> build.said().contains("judging") || build.said().contains("gate point"));

    bench.gates.cancel(build.key(), "timeout", true);

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.STOPPED);
    assertThat(build.end().report().orElseThrow().verdict()).contains(Verdict.TIMEOUT);
    assertThat(build.end().report().orElseThrow().outcome()).contains(Outcome.ABORTED);
  }

  @Test
  void aGateGoesOnAfterARestartAndActsOnce() {
    SandboxRollout rollout = bench.waiting(0.001);
    bench.settings =
        bench.settings(PolicyFloor.NONE, Settings.Limits.NONE, true, GatesBench.everything());
    MemoryBuild build = bench.begin(GatesBench.gate());
    Waiting.until(() -> build.said().contains("stopped all acting"));

    bench.restart();
    assertThat(build.over()).isFalse();
    bench.settings =
        bench.settings(PolicyFloor.NONE, Settings.Limits.NONE, false, GatesBench.everything());
    MemoryBuild again = bench.build(1);
    bench.gates.begin(
        again.key(),
        GatesBench.order(),
        order -> {
          throw new AssertionError("the gate is kept");
        },
        again);

    assertThat(again.end().kind()).as(again.said()).isEqualTo(GateEnd.Kind.RETURNS);
    assertThat(rollout.step()).isEqualTo(3);
    assertThat(again.said()).contains("goes on where it was when Jenkins stopped");
  }

  @Test
  void aGateThatHadEndedWhenJenkinsStoppedSaysItsVerdictAgainAndContactsNobody() {
    bench.waiting(0.001);
    bench.begin(GatesBench.gate()).end();
    bench.restart();
    bench.sandbox.cluster().forgetRequests();

    MemoryBuild again = bench.build(1);
    bench.gates.begin(again.key(), GatesBench.order(), GatesBench.text(""), again);

    assertThat(again.end().values()).containsEntry("verdict", "PASS");
    assertThat(bench.sandbox.cluster().requests()).isEmpty();
  }

  @Test
  void aGateWhoseBuildIsOverIsAbandonedWithoutAnAction() {
    bench.waiting(0.001);
    MemoryBuild build =
        bench.begin(GatesBench.gate().replace("fail:", "initialDelay: 10m\n      fail:"));
    Waiting.until(() -> bench.gates.report(build.key()).isPresent());
    Waiting.until(() -> build.said().contains("gate point"));
    bench.restart();
    bench.sandbox.cluster().forgetRequests();

    var found = bench.gates.sweep(key -> BuildFate.OVER);

    assertThat(found).containsOnlyKeys(build.key());
    assertThat(found.get(build.key()).verdict()).contains(Verdict.ERROR);
    assertThat(found.get(build.key()).reason()).startsWith("abandoned: ");
    assertThat(bench.gates.abandoned())
        .singleElement()
        .satisfies(a -> assertThat(a.rollout()).isEqualTo("Rollout shop/checkout"));
    // A look of the closed controller may still arrive; an action never does.
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
    assertThat(bench.gates.sweep(key -> BuildFate.OVER)).isEmpty();
    bench.gates.dismiss(build.key());
    assertThat(bench.gates.abandoned()).isEmpty();
  }

  @Test
  void aGateOfADeletedBuildIsForgotten() throws Exception {
    bench.waiting(0.001);
    MemoryBuild build =
        bench.begin(GatesBench.gate().replace("fail:", "initialDelay: 10m\n      fail:"));
    Waiting.until(() -> build.said().contains("gate point"));
    bench.restart();
    Files.move(home.resolve("jobs"), home.resolve("deleted"));

    assertThat(bench.gates.sweep(key -> BuildFate.DELETED)).isEmpty();
    assertThat(bench.gates.abandoned()).isEmpty();
    assertThat(home.resolve("canary-gate/open")).isEmptyDirectory();
  }

  @Test
  void aGateThatNobodyWaitsForNeverPromotes() {
    SandboxRollout rollout = bench.waiting(0.001);
    MemoryBuild build = bench.build(1);
    build.standing = BuildSide.Standing.GONE;
    bench.gates.begin(build.key(), GatesBench.order(), GatesBench.text(GatesBench.gate()), build);

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.STOPPED);
    assertThat(rollout.step()).isEqualTo(1);
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  @Test
  void whileJenkinsGoesDownNothingIsSent() {
    bench.waiting(0.001);
    MemoryBuild build = bench.build(1);
    build.standing = BuildSide.Standing.NOT_NOW;
    bench.gates.begin(build.key(), GatesBench.order(), GatesBench.text(GatesBench.gate()), build);
    Waiting.until(() -> build.said().contains("Jenkins is going down"));
    assertThat(bench.sandbox.cluster().writes()).isEmpty();

    build.standing = BuildSide.Standing.WAITING;

    assertThat(build.end().values()).as(build.said()).containsEntry("outcome", "promoted");
  }

  @Test
  void whatAnAdministratorTookBackMeanwhileIsRefused() {
    bench.waiting(0.001);
    bench.settings =
        bench.settings(PolicyFloor.NONE, Settings.Limits.NONE, true, GatesBench.everything());
    MemoryBuild build = bench.begin(GatesBench.gate());
    Waiting.until(() -> build.said().contains("stopped all acting"));

    bench.settings = bench.settings(PolicyFloor.NONE, Settings.Limits.NONE, false);

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.FAILS);
    assertThat(build.end().message()).contains("no longer allows shop/checkout to promote");
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  @Test
  void aKeyIsLookedUpAnewForEachRequest() {
    bench.waiting(0.001);
    MemoryBuild build =
        bench.begin(GatesBench.gate().replace("fail:", "initialDelay: 2s\n      fail:"));
    Waiting.until(() -> build.said().contains("gate point"));

    bench.credentials.put("token", new KeyRing.Key(false, "another-token"));

    assertThat(build.end().kind()).as(build.said()).isEqualTo(GateEnd.Kind.FAILS);
    assertThat(build.end().message()).contains("401");
    assertThat(build.end().message() + build.said()).doesNotContain("another-token");
  }
}
