package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.canarygate.jenkins.config.AbandonedGatesMonitor;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.step.CanaryGates;
import io.jenkins.plugins.canarygate.jenkins.step.GateSweep;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A Jenkins that is killed between a gate's decision and its action. */
class KilledTest {
  @RegisterExtension private final RealJenkinsExtension real = new RealJenkinsExtension();

  private final Bench bench = new Bench();

  @AfterEach
  void end() {
    bench.close();
  }

  private SandboxRollout killed(FlowDurabilityHint hint) throws Throwable {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    String cluster = bench.cluster();
    String honeycomb = bench.honeycomb();
    RealJenkinsExtension.Step decided = rule -> decided(rule, cluster, honeycomb, hint);
    real.startJenkins();
    real.runRemotely(decided);
    real.stopJenkinsForcibly();
    assertEquals(0, bench.writes());
    bench.forget();
    real.startJenkins();
    return rollout;
  }

  private static void decided(
      JenkinsRule rule, String cluster, String honeycomb, FlowDurabilityHint hint)
      throws Exception {
    Administrator.allows(cluster, honeycomb);
    CanaryGateConfiguration.get().setActingStopped(true);
    String script = "def r = " + Pipelines.step(GateYaml.quick("checkout")) + "\necho r.outcome";
    WorkflowJob job = Pipelines.durable(new Pipelines(rule).job("checkout", script), hint);
    WorkflowRun run = job.scheduleBuild2(0).waitForStart();
    rule.waitForMessage("an administrator has stopped all acting", run);
  }

  private static WorkflowRun kept(JenkinsRule rule) {
    return rule.jenkins.getItemByFullName("shop/checkout", WorkflowJob.class).getBuildByNumber(1);
  }

  @Test
  void wherePipelineGoesOnTheGateDoesAndPromotesOnce() throws Throwable {
    SandboxRollout rollout = killed(FlowDurabilityHint.MAX_SURVIVABILITY);

    RealJenkinsExtension.Step promoted = KilledTest::promoted;
    real.runRemotely(promoted);

    assertEquals(1, bench.writes());
    assertEquals(3, rollout.step());
  }

  private static void promoted(JenkinsRule rule) throws Exception {
    WorkflowRun run = kept(rule);
    rule.waitForMessage("goes on where it was when Jenkins stopped", run);
    CanaryGateConfiguration.get().setActingStopped(false);
    rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
  }

  @Test
  void whereItDoesNotNothingIsDoneAndTheAdministratorIsTold() throws Throwable {
    killed(FlowDurabilityHint.PERFORMANCE_OPTIMIZED);

    RealJenkinsExtension.Step abandoned = KilledTest::abandoned;
    real.runRemotely(abandoned);

    assertEquals(0, bench.requests());
  }

  private static void abandoned(JenkinsRule rule) throws Exception {
    CanaryGateConfiguration.get().setActingStopped(false);
    WorkflowRun run = rule.waitForCompletion(kept(rule));
    ExtensionList.lookupSingleton(GateSweep.class).run();
    Bench.until(() -> CanaryGates.get().abandoned().size() == 1);
    assertEquals("Rollout shop/checkout", CanaryGates.get().abandoned().get(0).rollout());
    Bench.until(() -> Pipelines.report(run).isPresent());
    assertTrue(Pipelines.report(run).orElseThrow().reason().startsWith("abandoned"));
    dismissed(rule);
  }

  /** The administrator is told, and has it put away. */
  private static void dismissed(JenkinsRule rule) throws Exception {
    AbandonedGatesMonitor monitor = ExtensionList.lookupSingleton(AbandonedGatesMonitor.class);
    assertTrue(monitor.isActivated());
    try (JenkinsRule.WebClient client = rule.createWebClient()) {
      HtmlPage page = client.goTo("manage");
      assertTrue(page.asNormalizedText().contains("Rollout shop/checkout"));
      rule.submit(page.getFormByName("dismiss"));
    }
    assertFalse(monitor.isActivated());
  }
}
