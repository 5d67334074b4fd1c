package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.canarygate.jenkins.build.CanaryGateAction;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps around a gate see it fail as any step fails. */
@WithJenkins
class AroundTheStepTest {
  private static final String STEP = Pipelines.step(GateYaml.quick("checkout"));

  private final Bench bench = new Bench();
  private SandboxRollout rollout;
  private static JenkinsRule jenkins;
  private static Pipelines pipelines;

  @BeforeAll
  static void start(JenkinsRule rule) {
    jenkins = rule;
    pipelines = new Pipelines(rule);
  }

  @BeforeEach
  void begin() throws Exception {
    bench.open();
    rollout = bench.waiting("checkout", 0.05);
  }

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void catchErrorGoesOnWithTheResultThatItWasTold() throws Exception {
    WorkflowRun run =
        pipelines.run(
            "catch",
            Result.UNSTABLE,
            "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') { "
                + STEP
                + " }\necho 'went on'");

    jenkins.assertLogContains("ERROR: checkout: FAIL, aborted", run);
    jenkins.assertLogContains("went on", run);
  }

  @Test
  void warnErrorMakesTheBuildUnstable() throws Exception {
    WorkflowRun run =
        pipelines.run("warn", Result.UNSTABLE, "warnError('no') { " + STEP + " }\necho 'went on'");

    jenkins.assertLogContains("went on", run);
  }

  @Test
  void retryBeginsAGateOfItsOwnThatEndsAtOnceWithTheReason() throws Exception {
    WorkflowRun run = pipelines.run("retry", Result.FAILURE, "retry(2) { " + STEP + " }");

    CanaryGateAction action = run.getAction(CanaryGateAction.class);
    assertEquals(2, action.getGates().size());
    jenkins.assertLogContains("Retrying", run);
    jenkins.assertLogContains("aborted", run);
    // One abort: the second gate finds it done.
    assertEquals(1, bench.writes());
  }

  @Test
  void aPersonMayRetryTheRolloutBetweenTwoTries() throws Exception {
    rollout.patchStatus("{'status':{'abort':false}}");

    pipelines.run("again", Result.FAILURE, STEP);

    assertEquals(true, Bench.aborted(rollout));
  }
}
