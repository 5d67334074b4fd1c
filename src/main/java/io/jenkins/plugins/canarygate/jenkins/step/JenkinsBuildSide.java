package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.canarygate.jenkins.build.CanaryGateAction;
import io.jenkins.plugins.canarygate.jenkins.config.AdministratorKeys;
import io.jenkins.plugins.canarygate.jenkins.gates.BuildSide;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.jenkins.gates.GateFolder;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import io.jenkins.plugins.canarygate.jenkins.gates.KeyRing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** A gate's step in a Pipeline's run. Its methods are called on threads of the gates. */
final class JenkinsBuildSide implements BuildSide {
  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");

  private final StepContext context;
  private final Run<?, ?> run;
  private final FlowNode node;
  private final StepEnding ending;
  private PrintStream log;

  JenkinsBuildSide(StepContext context, Run<?, ?> run, FlowNode node, StepEnding ending) {
    this.context = context;
    this.run = run;
    this.node = node;
    this.ending = ending;
  }

  GateKey key() {
    return ending.key();
  }

  @Override
  public String job() {
    return run.getParent().getFullName();
  }

  @Override
  public Path folder() {
    return run.getRootDir().toPath().resolve(GateFolder.NAME).resolve(node.getId());
  }

  @Override
  public KeyRing keys() {
    return new BuildCredentials(run);
  }

  @Override
  public void uses(String credentialsId) {
    AdministratorKeys.track(run, credentialsId);
  }

  @Override
  public synchronized PrintStream log() {
    if (log == null) {
      try {
        log = context.get(TaskListener.class).getLogger();
      } catch (IOException | InterruptedException | RuntimeException e) {
        LOGGER.log(Level.WARNING, key() + " has no build log any more", e);
        log = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      }
    }
    return log;
  }

  @Override
  public Standing standing() {
    Jenkins jenkins = Jenkins.getInstanceOrNull();
    if (jenkins == null || jenkins.isTerminating() || jenkins.isQuietingDown()) {
      return Standing.NOT_NOW;
    }
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      // Jobs that are read anew from disk are other objects; builds that run stay what they are.
      Job<?, ?> owner = jenkins.getItemByFullName(job(), Job.class);
      boolean there = owner != null && owner.getBuildByNumber(run.getNumber()) == run;
      return there && run.isBuilding() && node.isActive() ? Standing.WAITING : Standing.GONE;
    }
  }

  @Override
  public void begun() {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      CanaryGateAction.begun(run, key());
      if (!PauseAction.isPaused(node)) {
        node.addAction(new PauseAction("Canary Gate"));
      }
    }
  }

  @Override
  public void reported(GateEnd end) {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      CanaryGateAction.ended(run, key(), end);
    }
  }

  @Override
  public void ended(GateEnd end, boolean archive) {
    try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
      try {
        if (archive && end.report().isPresent()) {
          new WorkspaceReports(context, folder(), log()).archive(end.report().get().gate());
        }
        if (run.getRootDir().isDirectory()) {
          // It writes the node, which would make a deleted build's folder anew.
          PauseAction.endCurrentPause(node);
        }
      } catch (IOException | RuntimeException e) {
        LOGGER.log(Level.WARNING, "what is shown of " + key() + " could not be kept", e);
      } finally {
        ending.end(end);
      }
    }
  }
}
