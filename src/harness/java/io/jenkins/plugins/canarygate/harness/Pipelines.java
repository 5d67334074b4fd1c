package io.jenkins.plugins.canarygate.harness;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs in the folder shop, and what became of their builds. */
final class Pipelines {
  private final JenkinsRule jenkins;

  Pipelines(JenkinsRule jenkins) {
    this.jenkins = jenkins;
  }

  /** The step with its gate in the Jenkinsfile itself; in Groovy's quotes nothing is replaced. */
  static String step(String yaml, String... more) {
    return "canaryGate(" + String.join("", more) + "gateText: '''" + yaml + "''')";
  }

  static String declarative(String... lines) {
    return "pipeline { agent none; stages { stage('gate') { steps { "
        + String.join("\n", lines)
        + " } } } }";
  }

  WorkflowJob job(String name, String script) throws Exception {
    Folder folder = (Folder) jenkins.jenkins.getItem("shop");
    if (folder == null) {
      folder = jenkins.createProject(Folder.class, "shop");
    }
    WorkflowJob job = folder.createProject(WorkflowJob.class, name);
    job.setDefinition(new CpsFlowDefinition(script, true));
    return job;
  }

  static WorkflowJob durable(WorkflowJob job, FlowDurabilityHint hint) throws IOException {
    job.addProperty(new DurabilityHintJobProperty(hint));
    return job;
  }

  WorkflowRun run(String name, Result expected, String script) throws Exception {
    return jenkins.buildAndAssertStatus(expected, job(name, script));
  }

  /** A build that waits at its gate point. */
  WorkflowRun waiting(WorkflowJob job) throws Exception {
    WorkflowRun run = job.scheduleBuild2(0).waitForStart();
    jenkins.waitForMessage("judging begins at", run);
    return run;
  }

  WorkflowRun ended(WorkflowRun run, Result expected) throws Exception {
    return jenkins.assertBuildStatus(expected, jenkins.waitForCompletion(run));
  }

  /** The folders of the build's gates, by their ids. */
  static Path gates(WorkflowRun run) {
    return run.getRootDir().toPath().resolve("canary-gate");
  }

  /** The report of the build's only gate; empty while there is none. */
  static Optional<Report> report(WorkflowRun run) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(gates(run))) {
      Path file = folders.iterator().next().resolve("report.json");
      return Files.exists(file)
          ? Optional.of(JsonReport.read(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
