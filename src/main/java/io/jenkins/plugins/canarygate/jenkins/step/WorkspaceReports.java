package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.FilePath;
import io.jenkins.plugins.canarygate.frontend.ReportFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Puts the reports of a gate into the workspace of its step, for {@code junit} and others. */
final class WorkspaceReports {
  private final StepContext context;
  private final Path folder;
  private final PrintStream log;

  WorkspaceReports(StepContext context, Path folder, PrintStream log) {
    this.context = context;
    this.folder = folder;
    this.log = log;
  }

  /** Copies them; what cannot be is said in the log, and changes no verdict. */
  void archive(String gate) {
    try {
      FilePath workspace = context.get(FilePath.class);
      if (workspace == null) {
        log.println("archive: there is no workspace here; put the step into a node block");
        return;
      }
      FilePath all = workspace.child("canary-gate");
      FilePath to = all.child(gate.replaceAll("[^A-Za-z0-9_.-]+", "-"));
      to.mkdirs();
      for (String name : ReportFiles.NAMES) {
        to.child(name).copyFrom(new FilePath(folder.resolve(name).toFile()));
      }
      log.println("archive: the reports are in the workspace, in " + all.getName());
    } catch (IOException | RuntimeException e) {
      log.println(
          "archive: the reports could not be put into the workspace ("
              + e.getClass().getSimpleName()
              + "); they are kept with the build");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
