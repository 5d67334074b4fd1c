package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.time.Duration;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** However a waiting gate is stopped, it takes the canary back where it was told to. */
@WithJenkins
class StoppingTest {
  private static final String STEP =
      Pipelines.step(GateYaml.waiting("checkout", "onCancel: abort"));
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Bench bench = new Bench();
  private SandboxRollout rollout;
  private static JenkinsRule jenkins;
  private static Pipelines pipelines;

  @BeforeAll
  static void start(JenkinsRule rule) throws Exception {
    jenkins = rule;
    pipelines = new Pipelines(rule);
    // What a first Pipeline loads must not take the time that a gate has before it is stopped.
    pipelines.run("warm-up", Result.SUCCESS, Pipelines.declarative("echo 'ready'"));
  }

  @BeforeEach
  void begin() throws Exception {
    bench.open();
    rollout = bench.waiting("checkout", 0.001);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private void taken(WorkflowRun run, Verdict verdict) {
    Bench.until(() -> Pipelines.report(run).isPresent());
    assertEquals(verdict, Pipelines.report(run).orElseThrow().verdict().orElseThrow());
    assertEquals(Outcome.ABORTED, Pipelines.report(run).orElseThrow().outcome().orElseThrow());
    assertTrue(Bench.aborted(rollout));
    assertEquals(1, bench.writes());
    Bench.until(bench::unwatched);
  }

  @Test
  void aPersonsAbortEndsTheGateAndTheBuildIsAborted() throws Exception {
    WorkflowRun run = pipelines.waiting(pipelines.job("abort", STEP));
    long asked = System.nanoTime();

    run.getExecutor()
        .interrupt(
            Result.ABORTED, new CauseOfInterruption.UserInterruption(User.getById("alice", true)));

    pipelines.ended(run, Result.ABORTED);
    assertTrue(System.nanoTime() - asked < SOON.toNanos());
    jenkins.assertLogContains("stopped by alice", run);
    taken(run, Verdict.CANCELLED);
  }

  @Test
  void theTimeoutStepGivesTheVerdictTimeout() throws Exception {
    WorkflowRun run =
        pipelines.run(
            "timeout", Result.ABORTED, "timeout(time: 8, unit: 'SECONDS') { " + STEP + " }");

    jenkins.assertLogContains("Timeout has been exceeded", run);
    taken(run, Verdict.TIMEOUT);
  }

  @Test
  void soDoesATimeoutAmongTheOptions() throws Exception {
    WorkflowRun run =
        pipelines.run(
            "options",
            Result.ABORTED,
            Pipelines.declarative(STEP)
                .replace(
                    "agent none;", "agent none; options { timeout(time: 10, unit: 'SECONDS') };"));

    taken(run, Verdict.TIMEOUT);
  }

  @Test
  void aBranchThatFailsFastEndsTheGateOfAnother() throws Exception {
    WorkflowJob job =
        pipelines.job(
            "parallel",
            "parallel failFast: true, gate: { "
                + STEP
                + " }, other: { node { while (!fileExists('go')) { sleep 1 }; error 'broken' } }");
    WorkflowRun run = pipelines.waiting(job);

    jenkins.waitForMessage("Running on", run);
    FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
    workspace.mkdirs();
    workspace.child("go").touch(0);

    pipelines.ended(run, Result.FAILURE);
    jenkins.assertLogContains("broken", run);
    taken(run, Verdict.CANCELLED);
  }

  @Test
  void aBuildThatPassesTheNextMilestoneEndsTheGateOfAnOlderOne() throws Exception {
    WorkflowJob job =
        pipelines.job(
            "milestone", "milestone 1\nif (env.BUILD_NUMBER == '1') { " + STEP + " }\nmilestone 2");
    WorkflowRun older = pipelines.waiting(job);

    jenkins.buildAndAssertSuccess(job);

    pipelines.ended(older, Result.NOT_BUILT);
    taken(older, Verdict.CANCELLED);
  }

  @Test
  void aJobThatIsDeletedTakesItsGateWithIt() throws Exception {
    WorkflowJob job = pipelines.job("deleted", STEP);
    WorkflowRun run = pipelines.waiting(job);
    long asked = System.nanoTime();

    job.delete();

    Bench.until(() -> Bench.aborted(rollout));
    assertTrue(System.nanoTime() - asked < Duration.ofSeconds(15).toNanos());
    Bench.until(bench::unwatched);
    assertTrue(!run.getRootDir().exists());
  }

  @Test
  void withoutOnCancelNothingIsTakenBack() throws Exception {
    WorkflowRun run =
        pipelines.waiting(pipelines.job("left", Pipelines.step(GateYaml.waiting("checkout"))));

    run.getExecutor().interrupt();

    pipelines.ended(run, Result.ABORTED);
    assertEquals(0, bench.writes());
    assertEquals(Outcome.LEFT, Pipelines.report(run).orElseThrow().outcome().orElseThrow());
  }
}
