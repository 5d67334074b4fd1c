package io.jenkins.plugins.canarygate.jenkins.build;

import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.canarygate.jenkins.gates.GateFolder;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import io.jenkins.plugins.canarygate.report.ConsoleReport;
import io.jenkins.plugins.canarygate.report.JsonReport;
import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Plot;
import io.jenkins.plugins.canarygate.report.Report;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** The page of one gate. Everything on it is text; what is a link was one of http or https. */
public final class GatePage implements ModelObject {
  private final Run<?, ?> run;
  private final GateSummary summary;
  private Optional<Report> report = Optional.empty();
  private String problem = "";

  GatePage(Run<?, ?> run, GateSummary summary) {
    this.run = run;
    this.summary = summary;
    Path file = folder().resolve("report.json");
    try {
      report = Optional.of(JsonReport.read(Files.readString(file))).filter(WholeRecord::is);
      problem = report.isEmpty() ? Messages.GatePage_unreadable() : "";
    } catch (NoSuchFileException none) {
      if (summary.isRunning()) {
        report = LiveReports.of(new GateKey(run.getExternalizableId(), summary.getId()));
      } else if (!summary.isRefused()) {
        problem = Messages.GatePage_noReport();
      }
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

  /** The gate's name, where it is known already. */
  @Override
  public String getDisplayName() {
    String name =
        summary.getGate().isEmpty()
            ? report.map(Report::gate).map(PlainText::line).orElse("")
            : summary.getGate();
    return name.isEmpty() ? Messages.GatePage_title() : name;
  }

  /** Of the build, from Jenkins' root. */
  public String getUrl() {
    return run.getUrl() + CanaryGateAction.URL + "/" + summary.getId() + "/";
  }

  /** The verdict's word; that the gate runs, while it does. */
  public String getVerdict() {
    return summary.isRunning() ? Messages.GatePage_running() : summary.getVerdict();
  }

  public String getIcon() {
    return VerdictLook.icon(summary.getVerdict());
  }

  public String getAlert() {
    return VerdictLook.alert(summary.getVerdict());
  }

  /** What became of the rollout; empty while that is open. */
  public String getOutcome() {
    return report.flatMap(Report::outcome).map(Outcome::text).orElse(summary.getOutcome());
  }

  /** Why, a line each: a gate that was refused may have several reasons. */
  public List<String> getReasons() {
    return report
        .map(Report::reason)
        .orElse(summary.getReason())
        .lines()
        .map(PlainText::line)
        .toList();
  }

  /** Why there is no report to show; empty where there is one. */
  public String getProblem() {
    return problem;
  }

  public boolean isReported() {
    return report.isPresent();
  }

  /** What is known beside the verdict and the checks. */
  public List<FactRow> getFacts() {
    return report.map(GateFacts::of).orElse(List.of());
  }

  /** Whether the table of checks must say to which gate point each belongs. */
  public boolean isOfSeveralPoints() {
    return report.map(Report::points).orElse(List.of()).size() > 1;
  }

  public List<CheckRow> getChecks() {
    return report.map(r -> r.checks().stream().map(CheckRow::new).toList()).orElse(List.of());
  }

  /** How the values of checks went over the window, where their source told that. */
  public List<PlotRow> getPlots() {
    return report.map(Report::checks).orElse(List.of()).stream()
        .flatMap(check -> Plot.of(check).stream())
        .map(PlotRow::new)
        .toList();
  }

  /** All measurements of all checks, check by check. */
  public List<MeasurementRow> getMeasurements() {
    return report.map(Report::checks).orElse(List.of()).stream()
        .flatMap(check -> check.measurements().stream().map(m -> new MeasurementRow(check, m)))
        .toList();
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

  /** What a person must know now, a line each. */
  public String getLastLines() {
    return report.map(r -> plain(r.lastLines())).orElse("");
  }

  private static String plain(List<String> lines) {
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n"));
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
    run.checkPermission(Item.READ);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder().resolve(name));
    } catch (IOException none) {
      return HttpResponses.notFound();
    }
    return new SafeFile(bytes, type);
  }
}
