package io.jenkins.plugins.canarygate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;
import io.jenkins.plugins.canarygate.tekton.TaskRights;
import io.jenkins.plugins.canarygate.tekton.TaskStep;
import io.jenkins.plugins.canarygate.tekton.Termination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts processes as Tekton's entrypoint would, with what the Task's YAML says. */
@DisplayName("The Task's step, run as Tekton runs it")
@Timeout(180)
class TektonStepTest {
  private static final String SESSION = "run-7-gate";
  private static final ObjectKey LEASE =
      new ObjectKey(Resource.LEASES, "shop", "canary-gate.rollout.checkout");

  @TempDir Path folder;
  private ChildBench bench;

  @BeforeEach
  void begin() {
    bench = new ChildBench(folder);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  /** One pod: a process, and what Tekton reads when it has ended. */
  private final class Pod implements AutoCloseable {
    private final Path results;
    private final ChildGate process;

    Pod(TaskStep step, Path results) {
      this.results = results;
      Map<String, String> env = new HashMap<>(step.env());
      // Stands for the service account of the pod.
      env.put("KUBECONFIG", bench.env.get("KUBECONFIG"));
      process = ChildGate.start(env, step.args().toArray());
    }

    int exitCode() {
      return process.exitCode();
    }

    Termination termination() {
      Termination termination = Termination.of(results);
      assertThat(termination.bytes()).as("bytes of results").isLessThan(1024);
      assertThat(termination.messageBytes()).isLessThan(Termination.LIMIT);
      return termination;
    }

    String result(String name) {
      return termination().result(name);
    }

    String said() {
      return process.out() + process.err();
    }

    @Override
    public void close() {
      process.close();
    }
  }

  private Path newFolder(String name) {
    try {
      return Files.createTempDirectory(folder, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TaskStep step() {
    return TaskStep.ofTheTask()
        .workspace("source", folder)
        .secret("honeycomb", "api-key", bench.sandbox.honeycomb().key())
        .param("honeycomb-url", bench.sandbox.honeycomb().url())
        .param("gate", "gate.yaml");
  }

  /** A gate that no canary passes. */
  private void badGate(String more) {
    try {
      Path file = bench.gate("2", "0s", more);
      Files.writeString(file, Files.readString(file).replace("> 1%", ">= 0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every pod begins with an empty folder for results. */
  private Pod pod(TaskStep step) {
    Path results = newFolder("results");
    return new Pod(step.results(results), results);
  }

  private Pod cancelPod() {
    return pod(
        step()
            .taskRun("ci", "cancel-x8", "uid-8")
            .param("command", "cancel")
            .param("session", SESSION));
  }

  private boolean kept(String name, String text) {
    return bench
        .sandbox
        .cluster()
        .store()
        .find(new ObjectKey(Resource.CONFIG_MAPS, "ci", name))
        .map(Stored::json)
        .map(json -> Json.read(json).path("data").path("session.json").asText())
        .filter(json -> json.contains(text))
        .isPresent();
  }

  private long looksAtTheLease() {
    return bench.sandbox.cluster().requests().stream()
        .filter(request -> request.call() == Call.GET_LEASE)
        .count();
  }

  /** What happens by itself 30 s after a pod is gone without a farewell. */
  private void theLeaseRunsOut() {
    bench.sandbox.cluster().delete(LEASE);
  }

  @Test
  void aGoodCanaryIsPromotedAndEveryResultIsThere() throws IOException {
    bench.gate("2", "0s", "");
    Path report = newFolder("report");

    try (Pod pod = pod(step().workspace("report", report))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.termination().results())
          .containsOnlyKeys("verdict", "outcome", "score", "reason", "revision", "reportDigest")
          .containsEntry("verdict", "PASS")
          .containsEntry("outcome", "promoted")
          .containsEntry("revision", bench.rollout.currentHash());
    }
    assertThat(JsonReport.read(Files.readString(report.resolve("report.json"))).verdict())
        .isPresent();
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
  }

  @Test
  void parametersThatLookLikeOptionsStayParameters() throws IOException {
    String text =
        Files.readString(bench.gate("${image}", "0s", ""))
            .replace(
                "spec:\n", "spec:\n  parameters: {image: {required: true}, note: {default: x}}\n");
    Files.writeString(folder.resolve("gate.yaml"), text);

    try (Pod pod =
        pod(step().param("parameters", "image=2", "note=--exit-zero=true", "--exit-zero=true"))) {
      assertThat(pod.exitCode()).as(pod::said).isEqualTo(2);
      assertThat(pod.result("reason")).contains("spec.parameters['--exit-zero']");
    }
    try (Pod pod = pod(step().param("parameters", "image=2", "note=@/etc/hostname"))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.result("verdict")).isEqualTo("PASS");
    }
  }

  @Test
  @DisplayName("Kubernetes puts variables into words: the key does not get in that way")
  void aParameterThatPullsInTheKeyIsRefusedWithoutShowingIt() throws IOException {
    String text = Files.readString(bench.gate("2", "0s", ""));
    String gate = text.replace("spec:\n", "spec:\n  parameters: {note: {default: x}}\n");
    String key = bench.sandbox.honeycomb().key();
    TaskStep step =
        step()
            .param("gate", "")
            .param("gate-text", gate)
            .param("parameters", "note=$(HONEYCOMB_API_KEY)");
    assertThat(step.results(folder).args()).contains("note=" + key);

    try (Pod pod = pod(step)) {
      assertThat(pod.exitCode()).isEqualTo(2);
      assertThat(pod.result("reason")).startsWith("a param holds a secret");
      assertThat(pod.said() + pod.termination().message()).doesNotContain(key);
    }
    assertThat(kept("gate-x7", "")).isFalse();
    try (Pod pod = pod(step.param("parameters", "note=$$(HONEYCOMB_API_KEY)"))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
    }
  }

  @Test
  void theGateAsTextNeedsNoWorkspaceForIt() throws IOException {
    String text = Files.readString(bench.gate("2", "0s", ""));
    Files.delete(folder.resolve("gate.yaml"));

    try (Pod pod = pod(step().param("gate", "").param("gate-text", text))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.result("verdict")).isEqualTo("PASS");
    }
  }

  @Test
  void withoutTheSecretItSaysWhatIsMissing() {
    bench.gate("2", "0s", "");

    try (Pod pod = pod(step().param("honeycomb-secret", "elsewhere"))) {
      assertThat(pod.exitCode()).isEqualTo(2);
      assertThat(pod.result("verdict")).isEqualTo("ERROR");
      assertThat(pod.result("reason")).contains("there is no key: set HONEYCOMB_API_KEY");
    }
  }

  @Test
  @DisplayName("onError: continue: what consumes the results finds them after misuse too")
  void misuseLeavesResultsForThoseWhoGoOnAllTheSame() {
    try (Pod pod = pod(step().param("gate", "nowhere.yaml"))) {
      assertThat(pod.exitCode()).isEqualTo(2);
      assertThat(pod.termination().results())
          .containsEntry("verdict", "ERROR")
          .containsKey("reportDigest");
      assertThat(pod.result("reason")).startsWith("there is no gate file");
    }
  }

  @Test
  @DisplayName("A6: a cancelled TaskRun's pod gets SIGTERM: onCancel is done, results are written")
  void sigtermCarriesOutTheCancelPolicyAndWritesTheResults() {
    bench.gate("2", "60s", "  onCancel: abort\n");

    try (Pod pod = pod(step())) {
      pod.process.until(() -> kept("gate-x7", "\"JUDGING\""));
      pod.process.signal("TERM");

      assertThat(pod.process.exitCode(Duration.ofSeconds(25))).as(pod::said).isEqualTo(14);
      assertThat(pod.result("verdict")).isEqualTo("CANCELLED");
      assertThat(pod.result("outcome")).isEqualTo("aborted");
    }
    assertThat(bench.rollout.status().path("abort").asBoolean()).isTrue();
  }

  @Test
  void aPodThatIsKilledHasToldItsConsumersNothingButAnError() {
    bench.gate("2", "60s", "");

    try (Pod pod = pod(step())) {
      pod.process.until(() -> kept("gate-x7", "\"JUDGING\""));
      pod.process.kill();

      assertThat(pod.result("verdict")).isEqualTo("ERROR");
      assertThat(pod.result("reason")).isEqualTo("the process ended before the gate did");
    }
  }

  @Test
  void anotherPodOfTheSameTaskRunGoesOnAndPromotesOnce() {
    bench.gate("2", "4s", "");
    try (Pod first = pod(step())) {
      first.process.until(() -> kept("gate-x7", "\"JUDGING\""));
      first.process.kill();
    }
    theLeaseRunsOut();
    assertThat(bench.patches()).isZero();

    try (Pod retried = pod(step())) {
      assertThat(retried.exitCode()).as(retried::said).isZero();
      assertThat(retried.result("verdict")).isEqualTo("PASS");
    }
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "S1: a retry after a verdict gets the same verdict, and contacts nobody but the session")
  void aRetryGetsTheStoredVerdict() {
    badGate("");
    Map<String, String> first;
    try (Pod pod = pod(step())) {
      assertThat(pod.exitCode()).as(pod::said).isEqualTo(10);
      first = pod.termination().results();
    }
    bench.sandbox.honeycomb().forgetRequests();
    long patches = bench.patches();

    try (Pod retried = pod(step())) {
      assertThat(retried.exitCode()).as(retried::said).isEqualTo(10);
      assertThat(retried.termination().results()).isEqualTo(first);
    }
    assertThat(bench.sandbox.honeycomb().requests()).isEmpty();
    assertThat(bench.patches()).isEqualTo(patches);
  }

  @Test
  void exitZeroLetsLaterTasksBranchOnTheVerdict() {
    badGate("");

    try (Pod pod = pod(step().param("exit-zero", "true"))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.result("verdict")).isEqualTo("FAIL");
      assertThat(pod.result("outcome")).isEqualTo("aborted");
    }
  }

  @Test
  void theFinallyTaskCancelsWhatAKilledPodLeftOnceHoweverOftenItRuns() {
    bench.gate("2", "60s", "  onCancel: abort\n");
    try (Pod pod = pod(step().param("session", SESSION))) {
      pod.process.until(() -> kept(SESSION, "\"JUDGING\""));
      pod.process.kill();
    }
    theLeaseRunsOut();

    try (Pod cancel = cancelPod()) {
      assertThat(cancel.exitCode()).as(cancel::said).isZero();
      assertThat(cancel.result("verdict")).isEqualTo("CANCELLED");
      assertThat(cancel.result("outcome")).isEqualTo("aborted");
    }
    long patches = bench.patches();
    try (Pod again = cancelPod()) {
      assertThat(again.exitCode()).as(again::said).isZero();
      assertThat(again.result("verdict")).isEqualTo("CANCELLED");
    }
    assertThat(bench.patches()).isEqualTo(patches).isPositive();
  }

  @Test
  @DisplayName("Tekton starts finally while the cancelled pod still works: the two do not collide")
  void theFinallyTaskWaitsForAPodThatIsStillBeingStopped() {
    bench.gate("2", "60s", "  onCancel: abort\n");
    try (Pod pod = pod(step().param("session", SESSION))) {
      pod.process.until(() -> kept(SESSION, "\"JUDGING\""));
      try (Pod cancel = cancelPod()) {
        cancel.process.until(() -> looksAtTheLease() > 3);
        cancel.process.until(() -> cancel.said().contains("another process holds the Lease"));
        pod.process.signal("TERM");

        assertThat(cancel.exitCode()).as(cancel::said).isZero();
        assertThat(cancel.result("verdict")).isEqualTo("CANCELLED");
        assertThat(cancel.result("outcome")).isEqualTo("aborted");
      }
      assertThat(pod.exitCode()).as(pod::said).isEqualTo(14);
    }
  }

  @Test
  void theFinallyTaskLeavesAVerdictAsItIsAndSucceeds() {
    badGate("  onCancel: abort\n");
    try (Pod pod = pod(step().param("session", SESSION))) {
      assertThat(pod.exitCode()).as(pod::said).isEqualTo(10);
    }
    try (Pod cancel = cancelPod()) {
      assertThat(cancel.exitCode()).as(cancel::said).isZero();
      assertThat(cancel.result("verdict")).isEqualTo("FAIL");
    }
  }

  @Test
  void theFinallyTaskHasNothingToDoWhereNoGateBegan() {
    bench.gate("2", "0s", "  onCancel: abort\n");

    try (Pod cancel = cancelPod()) {
      assertThat(cancel.exitCode()).as(cancel::said).isZero();
      assertThat(cancel.result("verdict")).isEmpty();
      assertThat(cancel.result("reason")).contains("nothing to cancel");
    }
    assertThat(bench.patches()).isZero();
  }

  @Test
  void ofTwoTaskRunsOnOneRolloutTheSecondIsRefused() {
    bench.gate("2", "60s", "");
    try (Pod first = pod(step())) {
      first.process.until(() -> kept("gate-x7", "\"JUDGING\""));
      try (Pod second = pod(step().taskRun("ci", "gate-y9", "uid-9"))) {
        assertThat(second.exitCode()).as(second::said).isEqualTo(1);
        assertThat(second.result("verdict")).isEqualTo("ERROR");
        assertThat(second.result("reason")).contains("is at work on this rollout");
      }
      first.process.kill();
    }
    assertThat(bench.patches()).isZero();
  }

  @Test
  void aSessionThatSomebodyDeletesInTheMiddleIsWrittenAgain() {
    bench.gate("2", "5s", "");
    try (Pod pod = pod(step())) {
      pod.process.until(() -> kept("gate-x7", "\"JUDGING\""));
      bench.sandbox.cluster().delete(new ObjectKey(Resource.CONFIG_MAPS, "ci", "gate-x7"));

      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.result("verdict")).isEqualTo("PASS");
    }
    assertThat(kept("gate-x7", "\"PASS\"")).isTrue();
    assertThat(bench.acceptedPromotes()).isEqualTo(1);
  }

  @Test
  void theSessionStaysBesideTheTaskRunWhereTheRolloutIsInAnotherCluster() throws IOException {
    bench.gate("2", "0s", "");
    try (Sandbox other = new Sandbox(InstantSource.system())) {
      Path workspace = newFolder("kubeconfig");
      Files.copy(folder.resolve("kubeconfig"), workspace.resolve("kubeconfig"));
      Files.writeString(folder.resolve("kubeconfig"), ChildBench.kubeconfig(other));

      try (Pod pod = pod(step().workspace("kubeconfig", workspace))) {
        assertThat(pod.exitCode()).as(pod::said).isZero();
        assertThat(pod.result("verdict")).isEqualTo("PASS");
      }
      assertThat(other.cluster().store().find(new ObjectKey(Resource.CONFIG_MAPS, "ci", "gate-x7")))
          .isPresent();
    }
    assertThat(kept("gate-x7", "")).isFalse();
    assertThat(bench.sandbox.cluster().store().find(LEASE)).isPresent();
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidAndChangesNothing() throws IOException {
    bench.gate("2", "0s", "");
    Path full = Files.writeString(folder.resolve("no-folder"), "");

    try (Pod pod = pod(step().workspace("report", full))) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.said()).contains("the report folder").contains("cannot be made");
      assertThat(pod.result("verdict")).isEqualTo("PASS");
    }
  }

  @Test
  void planSaysWhichRightsTheSessionLacks() {
    bench.gate("2", "0s", "");
    bench.sandbox.cluster().rights().none();

    try (Pod plan = pod(step().param("command", "plan"))) {
      assertThat(plan.exitCode()).as(plan::said).isEqualTo(1);
      assertThat(plan.said())
          .contains("right: create configmaps in ci: missing, to keep the session")
          .contains("right: patch leases.coordination.k8s.io in shop: missing")
          .contains("kind: Role");
      assertThat(plan.result("verdict")).isEqualTo("ERROR");
      assertThat(plan.result("reason")).matches("checkout: \\d+ errors, \\d+ warnings?");
    }
  }

  @Test
  void planInOrderGivesNoVerdict() {
    bench.gate("2", "0s", "");

    try (Pod plan = pod(step().param("command", "plan"))) {
      assertThat(plan.exitCode()).as(plan::said).isZero();
      assertThat(plan.result("verdict")).isEmpty();
      assertThat(plan.result("reason")).startsWith("checkout: 0 errors");
    }
    assertThat(bench.sandbox.cluster().writes()).isEmpty();
  }

  /** Grants what the roles of a file grant, in one namespace. */
  private void grant(String namespace, String file) {
    for (PolicyRule rule : TaskRights.of(file)) {
      bench
          .sandbox
          .cluster()
          .rights()
          .grantIn(
              namespace,
              rule.getApiGroups().get(0),
              Set.copyOf(rule.getResources()),
              Set.copyOf(rule.getVerbs()));
    }
  }

  @Test
  void theRolesThatComeWithTheTaskAreEnoughForAWholeGate() {
    bench.gate("2", "0s", "");
    bench.sandbox.cluster().rights().none();
    grant("ci", "pipelines.yaml");
    grant("shop", "argo-rollouts.yaml");

    try (Pod pod = pod(step())) {
      assertThat(pod.exitCode()).as(pod::said).isZero();
      assertThat(pod.result("verdict")).isEqualTo("PASS");
    }
    assertThat(bench.sandbox.cluster().requests()).noneMatch(request -> request.status() == 403);
  }

  @Test
  void theRolesThatComeWithTheTaskAreAllThatPlanAsksForOnACanaryOfFlagger() throws IOException {
    String text = Files.readString(bench.gate("2", "0s", ""));
    Files.writeString(
        folder.resolve("gate.yaml"),
        text.replace(
            "argo: {namespace: shop, name: checkout}", "flagger: {namespace: shop, name: cart}"));
    bench.sandbox.cluster().rights().none();
    grant("ci", "pipelines.yaml");
    grant("shop", "flagger.yaml");

    try (Pod plan = pod(step().param("command", "plan"))) {
      plan.exitCode();
      assertThat(plan.said())
          .contains("right: patch canaries.flagger.app in shop: granted")
          .doesNotContain(": missing");
    }
  }

  @Test
  void noRightOnConfigMapsEndsItBeforeAnythingIsDone() {
    bench.gate("2", "0s", "");
    bench.sandbox.cluster().rights().none();

    try (Pod pod = pod(step())) {
      assertThat(pod.exitCode()).as(pod::said).isEqualTo(1);
      assertThat(pod.result("verdict")).isEqualTo("ERROR");
      assertThat(pod.result("reason"))
          .contains("the right to get configmaps in namespace ci is missing (403)");
    }
    assertThat(bench.patches()).isZero();
  }

  @Test
  void anUnknownCommandIsNamed() {
    try (Pod pod = pod(step().param("command", "abort"))) {
      assertThat(pod.exitCode()).isEqualTo(2);
      assertThat(pod.result("reason"))
          .isEqualTo("the param command is 'abort'; it is run, cancel or plan");
    }
  }
}
