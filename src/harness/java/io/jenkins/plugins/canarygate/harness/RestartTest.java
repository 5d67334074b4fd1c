package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A gate outlives the Jenkins that began it. */
class RestartTest {
  @RegisterExtension private final JenkinsSessionExtension session = new JenkinsSessionExtension();

  private final Bench bench = new Bench();

  @AfterEach
  void end() {
    bench.close();
  }

  private static WorkflowRun kept(JenkinsRule rule) {
    return rule.jenkins.getItemByFullName("shop/checkout", WorkflowJob.class).getBuildByNumber(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = FlowDurabilityHint.class,
      names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
  void aGateThatWaitsGoesOnAfterACleanRestartAndPromotesOnce(FlowDurabilityHint hint)
      throws Throwable {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    session.then(
        rule -> {
          bench.open();
          CanaryGateConfiguration.get().setActingStopped(true);
          Pipelines pipelines = new Pipelines(rule);
          String script =
              "def r = " + Pipelines.step(GateYaml.quick("checkout")) + "\necho r.outcome";
          WorkflowRun run =
              Pipelines.durable(pipelines.job("checkout", script), hint)
                  .scheduleBuild2(0)
                  .waitForStart();
          rule.waitForMessage("an administrator has stopped all acting", run);
        });
    assertEquals(0, bench.writes());
    session.then(
        rule -> {
          WorkflowRun run = kept(rule);
          rule.waitForMessage("goes on where it was when Jenkins stopped", run);
          CanaryGateConfiguration.get().setActingStopped(false);
          rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
          rule.assertLogContains("checkout: PASS, promoted", run);
        });
    assertEquals(1, bench.writes());
    assertEquals(3, rollout.step());
  }
}
