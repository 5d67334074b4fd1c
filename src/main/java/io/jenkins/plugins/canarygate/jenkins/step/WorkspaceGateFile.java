package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.FilePath;
import io.jenkins.plugins.canarygate.jenkins.gates.GateOrder;
import io.jenkins.plugins.canarygate.jenkins.gates.GateText;
import io.jenkins.plugins.canarygate.jenkins.gates.RefusedException;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads a gate file from the workspace of a step, wherever its agent is. */
final class WorkspaceGateFile implements GateText.Source {
  private static final String OR_ELSE =
      "gateText: readTrusted('deploy/gate.yaml'), which takes it from the repository of the"
          + " Jenkinsfile";

  private final StepContext context;

  WorkspaceGateFile(StepContext context) {
    this.context = context;
  }

  @Override
  public GateText read(GateOrder order) throws RefusedException {
    String path =
        order
            .file()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Jenkins stopped before this gate had begun; run the build again"));
    try {
      FilePath workspace = context.get(FilePath.class);
      if (workspace == null) {
        throw new RefusedException(
            "there is no workspace here to read "
                + path
                + " from; put the step into a node block, or use "
                + OR_ELSE);
      }
      FileInWorkspace.Found found = AgentCall.in(workspace, new FileInWorkspace(path));
      if (found.fault() != null) {
        throw new RefusedException("the gate file " + path + " " + found.fault());
      }
      return new GateText.Bytes(path, found.content());
    } catch (IOException e) {
      throw new RefusedException(
          "the gate file "
              + path
              + " cannot be read from its agent ("
              + e.getClass().getSimpleName()
              + "); see whether the agent is online, or use "
              + OR_ELSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("reading the gate file " + path + " was interrupted");
    }
  }
}
