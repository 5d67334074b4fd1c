package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is wrong is said in the build's log, with what to do, before anything is contacted. */
@WithJenkins
class BadInputTest {
  private static final String TEXT = "gateText: '''" + GateYaml.quick("checkout") + "'''";
  private static final String WRITE = "writeFile file: 'gate.yaml', text: 'none'\n";

  private static final Bench BENCH = new Bench();
  private static JenkinsRule jenkins;
  private static Pipelines pipelines;

  @BeforeAll
  static void begin(JenkinsRule rule) throws Exception {
    jenkins = rule;
    pipelines = new Pipelines(rule);
    BENCH.open();
    BENCH.waiting("checkout", 0.001);
    BENCH.forget();
  }

  @AfterAll
  static void end() {
    BENCH.close();
  }

  /** In both kinds of Pipeline. */
  private static void refused(String step, String message) throws Exception {
    refused("scripted", "node { " + step + " }", message);
    refused("declarative", Pipelines.declarative("node('') { " + step + " }"), message);
  }

  private static void refused(String name, String script, String message) throws Exception {
    WorkflowJob job = pipelines.job(name + "-" + System.nanoTime(), script);
    says(jenkins.buildAndAssertStatus(Result.FAILURE, job), message);
  }

  private static void says(WorkflowRun run, String message) throws Exception {
    jenkins.assertLogContains(message, run);
    jenkins.assertLogNotContains("Exception", run);
    assertEquals(0, BENCH.requests());
  }

  @Test
  void aStepWithoutAGate() throws Exception {
    refused("canaryGate()", "canaryGate is given no gate; give exactly one of");
  }

  @Test
  void aGateInTwoWays() throws Exception {
    refused("canaryGate gate: 'gate.yaml', gateText: 'x'", "canaryGate is given two gates");
  }

  @Test
  void aFileThatIsNotThere() throws Exception {
    refused(
        "canaryGate gate: 'deploy/gate.yaml'",
        "the gate file deploy/gate.yaml is not in the workspace; check out what holds it first");
  }

  @Test
  void aFileOutsideTheWorkspace() throws Exception {
    refused(
        "canaryGate gate: '../../secrets/master.key'",
        "the gate file ../../secrets/master.key is outside the workspace");
    refused(
        "canaryGate gate: '/etc/hostname'", "the gate file /etc/hostname is outside the workspace");
  }

  @Test
  void aLinkOutOfTheWorkspace(@TempDir Path outside) throws Exception {
    Files.writeString(outside.resolve("secret"), "planted");
    WorkflowJob job =
        pipelines.job(
            "link", "node { sh 'ln -sf " + outside + "/secret g'; canaryGate gate: 'g' }");

    WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

    says(run, "the gate file g leads out of the workspace by a link");
    jenkins.assertLogNotContains("planted", run);
  }

  @Test
  void aFolderInPlaceOfAFile() throws Exception {
    refused(WRITE + "canaryGate gate: '.'", "the gate file . is no file; name the file in it");
  }

  @Test
  void aFileThatIsNoGate() throws Exception {
    refused(WRITE + "canaryGate gate: 'gate.yaml'", "gate.yaml");
  }

  @Test
  void noWorkspace() throws Exception {
    String way = "gateText: readTrusted('deploy/gate.yaml')";
    refused("scripted", "canaryGate gate: 'gate.yaml'", way);
    refused("declarative", Pipelines.declarative("canaryGate gate: 'gate.yaml'"), way);
  }

  @Test
  void anUnknownCluster() throws Exception {
    refused("canaryGate cluster: 'test', " + TEXT, "no cluster is called 'test'; see the spelling");
  }

  @Test
  void anUnknownHoneycombEnvironment() throws Exception {
    refused(
        "canaryGate honeycomb: 'test', " + TEXT, "no Honeycomb environment is called 'test'; see");
  }

  @Test
  void aMissingCredential() throws Exception {
    String message = "there is no credential 'none' that this build may use";
    refused("canaryGate credentialsId: 'none', " + TEXT, message);
    refused("canaryGate honeycombCredentialsId: 'none', " + TEXT, message);
  }

  @Test
  void aCredentialOfTheWrongKind() throws Exception {
    String message = "the credential a-password is a name with a password";
    refused("canaryGate credentialsId: 'a-password', " + TEXT, message);
    refused("canaryGate honeycombCredentialsId: 'a-password', " + TEXT, message);
  }

  @Test
  void aJobThatIsNotAllowed() throws Exception {
    WorkflowJob job = jenkins.createProject(WorkflowJob.class, "elsewhere");
    job.setDefinition(pipelines.job("model", "canaryGate " + TEXT).getDefinition());

    says(
        jenkins.buildAndAssertStatus(Result.FAILURE, job),
        "the job elsewhere is not allowed in namespace shop of cluster prod");
  }

  @Test
  void aNamespaceThatIsNotAllowed() throws Exception {
    refused(
        "canaryGate " + TEXT.replace("namespace: shop", "namespace: bank"),
        "is not allowed in namespace bank of cluster prod");
  }
}
