package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.FilePath;
import io.jenkins.plugins.canarygate.frontend.ReportFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
        log.println(
            "archive: there is no workspace here, so the reports are kept with the build alone; put"
                + " the step into a node block to have them in its workspace");
        return;
      }
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String name : ReportFiles.NAMES) {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      }
      String to = "canary-gate/" + folderName(gate);
      log.println(
          AgentCall.in(workspace, new FilesIntoWorkspace(to, files))
              ? "archive: the reports are in the workspace, in " + to
              : "archive: " + to + " leads out of the workspace by a link; remove it there");
    } catch (IOException | RuntimeException e) {
      log.println(
          "archive: the reports could not be put into the workspace ("
              + e.getClass().getSimpleName()
              + "); they are kept with the build");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A gate's name may hold what a folder's may not. */
  static String folderName(String gate) {
    return gate.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^\\.+", "-");
  }
}
