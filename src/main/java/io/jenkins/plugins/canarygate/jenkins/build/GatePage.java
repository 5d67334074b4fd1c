package io.jenkins.plugins.canarygate.jenkins.build;

import hudson.model.Run;
import hudson.security.AccessControlled;
import io.jenkins.plugins.canarygate.jenkins.gates.GateFolder;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** The page of one gate. Everything on it is text; what is a link was one of http or https. */
public final class GatePage {
  private final Run<?, ?> run;
  private final GateSummary summary;
  private Optional<Report> report = Optional.empty();
  private String problem = "";

  GatePage(Run<?, ?> run, GateSummary summary) {
    this.run = run;
    this.summary = summary;
    Path file = folder().resolve("report.json");
    try {
      report = Optional.of(JsonReport.read(Files.readString(file)));
    } catch (NoSuchFileException none) {
      problem = summary.isRunning() ? "" : Messages.GatePage_noReport();
    } catch (IOException | IllegalArgumentException unreadable) {
      problem = Messages.GatePage_unreadable();
    }
  }

  private Path folder() {
    return run.getRootDir().toPath().resolve(GateFolder.NAME).resolve(summary.getId());
  }

  public Run<?, ?> getRun() {
    return run;
  }

  public GateSummary getSummary() {
    return summary;
  }

  public String getTitle() {
    return summary.getGate().isEmpty() ? Messages.GatePage_title() : summary.getGate();
  }

  /** Why there is no report to show; empty where there is one. */
  public String getProblem() {
    return problem;
  }

  public boolean isReported() {
    return report.isPresent();
  }

  /** {@code checkout: PASS, promoted: …}. */
  public String getVerdictLine() {
    return report.map(ConsoleReport::verdict).orElse(summary.getReason());
  }

  public List<CheckRow> getChecks() {
    return report.map(r -> r.checks().stream().map(CheckRow::new).toList()).orElse(List.of());
  }

  /** What was asked of the rollout and what was seen of it, a line each. */
  public List<String> getActions() {
    return report.map(Report::actions).orElse(List.of()).stream()
        .map(ConsoleReport::action)
        .toList();
  }

  public List<TimelineRow> getTimeline() {
    return report.map(r -> r.timeline().stream().map(TimelineRow::new).toList()).orElse(List.of());
  }

  public List<String> getLastLines() {
    return report.map(Report::lastLines).orElse(List.of());
  }

  public HttpResponse doReportJson() {
    return file("report.json", "application/json;charset=UTF-8");
  }

  public HttpResponse doReportMarkdown() {
    return file("report.md", "text/plain;charset=UTF-8");
  }

  public HttpResponse doJunit() {
    return file("junit.xml", "text/plain;charset=UTF-8");
  }

  /** Whoever sees the build sees its reports; a browser is not to guess what they are. */
  private HttpResponse file(String name, String type) {
    ((AccessControlled) run).checkPermission(hudson.model.Item.READ);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder().resolve(name));
    } catch (IOException none) {
      return HttpResponses.notFound();
    }
    return new SafeFile(bytes, type);
  }
}
