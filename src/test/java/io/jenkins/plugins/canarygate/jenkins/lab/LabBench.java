package io.jenkins.plugins.canarygate.jenkins.lab;

import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A real Jenkins beside a simulated cluster with Argo Rollouts and a simulated Honeycomb. */
final class LabBench implements AutoCloseable {
  final Sandbox sandbox = new Sandbox(InstantSource.system());
  final LabJenkins jenkins;
  private final ScheduledExecutorService controller = Executors.newSingleThreadScheduledExecutor();

  LabBench(Path lab) throws IOException {
    controller.scheduleWithFixedDelay(sandbox.cluster()::tick, 50, 50, TimeUnit.MILLISECONDS);
    Path home = Files.createTempDirectory("canary-gate-lab");
    jenkins = LabJenkins.in(lab, home, Path.of("target", "canary-gate.hpi"));
  }

  /** Starts Jenkins and configures one cluster and one environment, both called {@code prod}. */
  void begin() throws IOException {
    jenkins.start();
    jenkins.script(
        """
        import com.cloudbees.plugins.credentials.*
        import com.cloudbees.plugins.credentials.domains.Domain
        import org.jenkinsci.plugins.plaincredentials.impl.*
        import io.jenkins.plugins.canarygate.jenkins.config.*
        import hudson.util.Secret
        def store = SystemCredentialsProvider.instance.store
        def add = { id, text -> store.addCredentials(Domain.global(),
            new StringCredentialsImpl(CredentialsScope.GLOBAL, id, '', Secret.fromString(text))) }
        add('cluster-token', '%s')
        add('honeycomb-key', '%s')
        store.addCredentials(Domain.global(),
            new com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, 'a-password', '', 'me', 'secret-password-7'))
        def cluster = new ClusterConfiguration('prod')
        cluster.server = '%s'
        cluster.credentialsId = 'cluster-token'
        def allowed = new AllowanceConfiguration('shop/**', 'shop')
        allowed.promote = true; allowed.promoteFully = true; allowed.abort = true; allowed.pause = true
        cluster.allowances = [allowed]
        def honeycomb = new HoneycombConfiguration('prod')
        honeycomb.url = '%s'
        honeycomb.credentialsId = 'honeycomb-key'
        honeycomb.resultsPerMinute = 60
        honeycomb.jobs = 'shop/**'
        def all = CanaryGateConfiguration.get()
        all.clusters = [cluster]
        all.honeycombs = [honeycomb]
        """
            .formatted(
                SandboxCluster.TOKEN,
                SandboxHoneycomb.KEY,
                sandbox.cluster().url(),
                sandbox.honeycomb().url()));
  }

  /** A rollout that has been waiting at its pause for ten minutes. */
  SandboxRollout waiting(String name, double errors) {
    return sandbox.waiting(
        "shop", name, Instant.now().minus(Duration.ofMinutes(10)), 0.001, errors);
  }

  /** The step with the gate as symbols; {@code more} are further arguments. */
  static String step(String name, String... more) {
    return step(name, "fail: '> 1%'", more);
  }

  static String step(String name, String criteria, String[] more) {
    return """
        canaryGate name: 'NAME', cluster: 'prod', honeycomb: 'prod',
          rollout: argoRollout(namespace: 'shop', name: 'NAME', image: 'registry.example/NAME:2'),
          cohorts: [
            canary: [honeycomb: [[column: 'k8s.replicaset.name', op: '=', value: 'NAME-${rollout.canary}']]],
            stable: [honeycomb: [[column: 'k8s.replicaset.name', op: '=', value: 'NAME-${rollout.stable}']]]],
          checks: [honeycombQuery(name: 'error rate', dataset: 'NAME',
            query: '{"calculations": [{"op": "AVG", "column": "error"}]}', CRITERIA)]MORE
        """
        .replace("NAME", name)
        .replace("CRITERIA", criteria)
        .replace("MORE", more.length == 0 ? "" : ",\n  " + String.join(", ", more))
        .strip();
  }

  @Override
  public void close() {
    jenkins.close();
    controller.shutdownNow();
    sandbox.close();
  }
}
