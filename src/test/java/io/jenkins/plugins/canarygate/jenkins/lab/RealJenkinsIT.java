package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  private static final String SLOW = "fail: '> 1%', initialDelay: '10m'";

  /** A gate that waits for ten minutes before it measures. */
  private static String slow(String name, String... more) {
    return LabBench.step(name, SLOW, more);
  }

  private static LabBuild judging(String name, String script) throws IOException {
    return run(name, script).says("judging begins");
  }

  private static JsonNode gate(LabBuild build) throws IOException {
    LabJenkins.until(
        Duration.ofSeconds(30),
        "the gate of " + build.path() + " does not end",
        () -> !summary(build).path("verdict").asText().isEmpty());
    return summary(build);
  }

  private static JsonNode summary(LabBuild build) throws IOException {
    return bench.jenkins.json(build.path() + "/canary-gate/api/json").path("gates").path(0);
  }

  @Test
  void aDoubtfulCanaryIsPromotedAndTheBuildIsUnstable() throws IOException {
    bench.waiting("doubtful", 0.005);

    LabBuild build =
        run(
            "doubtful",
            LabBench.step("doubtful", "fail: '> 1%', warn: '> 0.2%'", new String[0])
                + "\necho 'went on'");

    assertThat(build.result()).as(build.log()).isEqualTo("UNSTABLE");
    assertThat(build.log()).contains("doubtful: WARN, promoted").contains("went on");
  }

  @Test
  void withoutThrowOnFailureABadVerdictIsReturned() throws IOException {
    bench.waiting("returned", 0.05);

    LabBuild build =
        run(
            "returned",
            "def r = "
                + LabBench.step("returned", "throwOnFailure: false")
                + "\necho \"got ${r.verdict} ${r.outcome} ${r.exitCode}\"");

    assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    assertThat(build.log()).contains("got FAIL aborted 10");
  }

  @Test
  void catchErrorAndWarnErrorTreatABadVerdictAsAFailure() throws IOException {
    bench.waiting("caught", 0.05);
    bench.waiting("warned", 0.05);

    LabBuild build =
        run(
            "caught",
            "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') {\n"
                + LabBench.step("caught")
                + "\n}\nwarnError('bad') {\n"
                + LabBench.step("warned")
                + "\n}\necho 'went on'");

    assertThat(build.result()).as(build.log()).isEqualTo("UNSTABLE");
    assertThat(build.log())
        .contains("caught: FAIL, aborted")
        .contains("warned: FAIL, aborted")
        .contains("went on");
  }

  @Test
  void aRetriedGateOnARolloutThatWasAbortedEndsAtOnceWithTheReason() throws IOException {
    bench.waiting("retried", 0.05);

    LabBuild build = run("retried", "retry(2) {\n" + LabBench.step("retried") + "\n}");

    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    assertThat(build.log()).contains("retried: FAIL, aborted").contains("retried: FAIL, takenBack");
  }

  @Test
  void aTimeoutGivesTheVerdictTimeoutAndCarriesOutOnCancel() throws IOException {
    SandboxRollout rollout = bench.waiting("timed", 0.001);

    LabBuild build =
        run(
            "timed",
            "timeout(time: 4, unit: 'SECONDS') {\n" + slow("timed", "onCancel: 'abort'") + "\n}");

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
    assertThat(gate(build).path("verdict").asText()).isEqualTo("TIMEOUT");
    assertThat(gate(build).path("outcome").asText()).isEqualTo("aborted");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aTimeoutOfTheWholeDeclarativePipelineDoesTheSame() throws IOException {
    SandboxRollout rollout = bench.waiting("option", 0.001);

    LabBuild build =
        run(
            "option",
            """
            pipeline {
              agent none
              options { timeout(time: 6, unit: 'SECONDS') }
              stages { stage('gate') { steps { %s } } }
            }
            """
                .formatted(slow("option", "onCancel: 'abort'")));

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
    assertThat(gate(build).path("verdict").asText()).isEqualTo("TIMEOUT");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aFailedParallelBranchEndsTheGateOfTheOther() throws IOException {
    SandboxRollout rollout = bench.waiting("branch", 0.001);

    LabBuild build =
        run(
            "branch",
            "parallel gate: {\n"
                + slow("branch", "onCancel: 'abort'")
                + "\n}, other: {\n sleep 4\n error 'the other branch failed'\n}, failFast: true");

    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    assertThat(gate(build).path("verdict").asText()).isEqualTo("CANCELLED");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aPersonsAbortEndsTheGateAndSaysWhoItWas() throws IOException {
    SandboxRollout rollout = bench.waiting("person", 0.001);
    LabBuild build = judging("person", slow("person", "onCancel: 'abort'"));

    build.abort();

    assertThat(build.result()).as(build.log()).isEqualTo("ABORTED");
    assertThat(gate(build).path("verdict").asText()).isEqualTo("CANCELLED");
    assertThat(gate(build).path("reason").asText()).contains("stopped by admin");
    assertThat(rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aNewerBuildThatPassesAMilestoneEndsTheOlderOnesGate() throws IOException {
    bench.waiting("milestone", 0.001);
    String script =
        "milestone 1\nif (env.BUILD_NUMBER == '1') {\n" + slow("milestone") + "\n}\nmilestone 2";
    LabBuild older = judging("milestone", script);

    LabBuild newer = run("milestone", script);

    assertThat(newer.result()).as(newer.log()).isEqualTo("SUCCESS");
    assertThat(older.result()).as(older.log()).isEqualTo("NOT_BUILT");
    assertThat(gate(older).path("verdict").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void anotherRevisionEndsTheBuildAsNotBuilt() throws IOException {
    SandboxRollout rollout = bench.waiting("newer", 0.001);
    LabBuild build = judging("newer", slow("newer"));

    rollout.deploy("registry.example/newer:3");

    assertThat(build.result()).as(build.log()).isEqualTo("NOT_BUILT");
    assertThat(gate(build).path("verdict").asText()).isEqualTo("SUPERSEDED");
  }

  @Test
  void aWaitingGateHoldsNoExecutor() throws IOException {
    bench.waiting("idle", 0.001);
    LabBuild build = judging("idle", slow("idle"));

    assertThat(bench.jenkins.json("/computer/api/json").path("busyExecutors").asInt()).isZero();

    build.abort();
    assertThat(build.result()).isEqualTo("ABORTED");
  }

  @Test
  void aDeletedJobEndsItsGatesAndLeavesNothingBehind() throws IOException {
    SandboxRollout rollout = bench.waiting("deleted", 0.001);
    LabBuild build = judging("deleted", slow("deleted", "onCancel: 'abort'"));

    bench.jenkins.script("jenkins.model.Jenkins.get().getItemByFullName('shop/deleted').delete()");

    LabJenkins.until(
        Duration.ofSeconds(20),
        "the rollout is not aborted",
        () -> rollout.status().path("abort").asBoolean());
    LabJenkins.until(Duration.ofSeconds(20), "the gate goes on", () -> running().equals("0"));
    assertThat(build.folder()).doesNotExist();
    assertThat(bench.jenkins.home().resolve("canary-gate/open")).isEmptyDirectory();
  }

  @Test
  void aBuildThatIsKilledHardEndsItsGate() throws IOException {
    SandboxRollout rollout = bench.waiting("killed", 0.001);
    LabBuild build = judging("killed", slow("killed", "onCancel: 'abort'"));

    bench.jenkins.script(
        "jenkins.model.Jenkins.get().getItemByFullName('shop/killed').getBuildByNumber(1).doKill()");

    assertThat(build.result()).isEqualTo("ABORTED");
    LabJenkins.until(
        Duration.ofSeconds(20),
        "the rollout is not aborted",
        () -> rollout.status().path("abort").asBoolean());
    assertThat(gate(build).path("verdict").asText()).isEqualTo("CANCELLED");
  }

  private static String running() throws IOException {
    return bench.jenkins.script(
        "print io.jenkins.plugins.canarygate.jenkins.step.CanaryGates.get().running()");
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsContacted() throws IOException {
    String symbols = LabBench.step("nowhere");
    assertFails("canaryGate()", "canaryGate is given no gate");
    assertFails("canaryGate gate: 'a.yaml', gateText: 'b'", "canaryGate is given two gates");
    assertFails("canaryGate gate: 'a.yaml'", "there is no workspace here", "readTrusted");
    assertFails("node { canaryGate gate: 'a.yaml' }", "a.yaml is not in the workspace");
    assertFails("node { canaryGate gate: '../../config.xml' }", "is outside the workspace");
    assertFails("node { canaryGate gate: '/etc/passwd' }", "is outside the workspace");
    assertFails(
        "node { sh 'ln -sf /etc/passwd link.yaml'; canaryGate gate: 'link.yaml' }",
        "leads out of the workspace by a link");
    assertFails("canaryGate gateText: 'kind: Gate'", "gateText:1:1: apiVersion: is missing");
    assertFails(
        symbols.replace("cluster: 'prod'", "cluster: 'staging'"), "no cluster is called 'staging'");
    assertFails(
        symbols.replace("honeycomb: 'prod'", "honeycomb: 'test'"),
        "no Honeycomb environment is called 'test'");
    assertFails(symbols + ", credentialsId: 'nowhere'", "there is no credential 'nowhere'");
    assertFails(
        symbols + ", credentialsId: 'a-password'",
        "the credential a-password is a name with a password");
    assertFails(
        symbols.replace("namespace: 'shop'", "namespace: 'bank'"),
        "is not allowed in namespace bank of cluster prod");
    assertThat(bench.sandbox.cluster().requests())
        .noneMatch(request -> request.path().contains("nowhere"));
    LabBuild elsewhere = bench.jenkins.pipeline("bank/any", symbols, "MAX_SURVIVABILITY").build();
    assertThat(elsewhere.result()).isEqualTo("FAILURE");
    assertThat(elsewhere.log()).contains("the job bank/any is not allowed in namespace shop");
  }

  private static void assertFails(String script, String... says) throws IOException {
    LabBuild build = run("refused", script);
    assertThat(build.result()).as(script).isEqualTo("FAILURE");
    assertThat(build.log()).as(script).contains(says).doesNotContain("secret-password-7");
  }

  @Test
  void aGateFileOfTheWorkspaceIsReadAndItsReportsArePutBesideIt() throws IOException {
    bench.waiting("file", 0.001);
    String yaml =
        """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: file}
        spec:
          parameters: {image: {required: true}}
          rollout:
            cluster: prod
            argo: {namespace: shop, name: file}
            revision: {image: "\\${image}"}
          checks:
            - name: error rate
              honeycomb:
                dataset: file
                query: {calculations: [{op: AVG, column: error}], filters: [{column: k8s.replicaset.name, op: "=", value: "file-\\${rollout.canary}"}]}
              fail: "> 1%"
        """;
    LabBuild build =
        run(
            "file",
            "node {\n writeFile file: 'deploy/gate.yaml', text: \"\"\""
                + yaml
                + "\"\"\"\n def tag = '2'\n"
                + " canaryGate gate: 'deploy/gate.yaml', parameters: [image:"
                + " \"registry.example/file:${tag}\"], archive: true\n"
                + " echo readFile('canary-gate/file/report.md')\n"
                + " echo \"junit ${fileExists('canary-gate/file/junit.xml')}\"\n}");

    assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    assertThat(build.log()).contains("# file\\: PASS").contains("junit true");
  }

  @Test
  void noSecretIsInAnyFileOfJenkins() throws IOException {
    for (String secret : List.of(SandboxCluster.TOKEN, SandboxHoneycomb.KEY)) {
      assertThat(bench.jenkins.filesWith(secret, path -> !path.toString().contains("/war/")))
          .isEmpty();
    }
  }
}
