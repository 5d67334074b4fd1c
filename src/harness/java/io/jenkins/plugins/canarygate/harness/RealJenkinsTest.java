package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.canarygate.jenkins.gates.ControllerGates;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** In a process of its own, where each plugin has a class loader. */
class RealJenkinsTest {
  @RegisterExtension private final RealJenkinsExtension real = new RealJenkinsExtension();

  private final Bench bench = new Bench();

  @AfterEach
  void end() {
    bench.close();
  }

  @Test
  void aGateIsPromotedWithTheLibrariesOfTheApiPlugins() throws Throwable {
    SandboxRollout rollout = bench.waiting("checkout", 0.001);
    String cluster = bench.cluster();
    String honeycomb = bench.honeycomb();

    RealJenkinsExtension.Step promoted = rule -> promoted(rule, cluster, honeycomb);
    real.then(promoted);

    assertEquals(3, rollout.step());
    assertEquals(1, bench.writes());
  }

  private static void promoted(JenkinsRule rule, String cluster, String honeycomb)
      throws Throwable {
    Administrator.allows(cluster, honeycomb);
    WorkflowRun run =
        new Pipelines(rule)
            .run(
                "checkout",
                Result.SUCCESS,
                "def r = " + Pipelines.step(GateYaml.quick("checkout")) + "\necho r.outcome");
    rule.assertLogContains("checkout: PASS, promoted", run);

    ClassLoader ours = ControllerGates.class.getClassLoader();
    assertEquals(loader("canary-gate"), ours);
    assertEquals(
        loader("kubernetes-client-api"),
        ours.loadClass(KubernetesClient.class.getName()).getClassLoader());
    assertEquals(
        loader("okhttp-api"), ours.loadClass(OkHttpClient.class.getName()).getClassLoader());
    assertEquals(
        loader("jackson2-api"),
        ours.loadClass("com.fasterxml.jackson.databind.ObjectMapper").getClassLoader());
  }

  private static ClassLoader loader(String plugin) {
    return Jenkins.get().getPluginManager().getPlugin(plugin).classLoader;
  }
}
