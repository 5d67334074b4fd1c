package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Report;
import java.time.Instant;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build keeps of one gate, in {@code build.xml}: texts and numbers alone, for XStream reads
 * a record back as null. All else is in the gate's report.
 */
@ExportedBean(defaultVisibility = 2)
public final class GateSummary {
  private static final String REFUSED = "REFUSED";

  private final String id;
  private String gate;
  private String verdict;
  private String outcome;
  private String reason;
  private String rollout;
  private String revision;
  private String image;
  private String state;
  private Double score;
  private int exitCode;
  private String started;
  private String finished;

  private GateSummary(String id) {
    this.id = id;
  }

  /** A gate that begins, about which nothing is known yet. */
  static GateSummary begun(String id, Instant at) {
    GateSummary summary = new GateSummary(id);
    summary.gate = "";
    summary.verdict = "";
    summary.outcome = "";
    summary.reason = "";
    summary.rollout = "";
    summary.revision = "";
    summary.image = "";
    summary.state = "";
    summary.exitCode = -1;
    summary.started = at.toString();
    summary.finished = "";
    return summary;
  }

  /** The same gate, ended. */
  GateSummary ended(GateEnd end, Instant at) {
    GateSummary summary = begun(id, at);
    summary.started = started;
    summary.finished = at.toString();
    summary.reason = plain(end.message());
    summary.exitCode = 2;
    end.report().ifPresent(summary::take);
    if (end.report().isEmpty()) {
      summary.verdict = REFUSED;
    }
    return summary;
  }

  private void take(Report report) {
    gate = plain(report.gate());
    verdict = report.verdictText();
    outcome = report.outcome().map(o -> o.text()).orElse("");
    reason = plain(report.reason());
    rollout = plain(report.rollout().toString());
    revision = report.rollout().revision().map(GateSummary::plain).orElse("");
    image = report.rollout().image().map(GateSummary::plain).orElse("");
    state = report.state();
    score = report.score().isPresent() ? report.score().getAsDouble() : null;
    exitCode = report.exitCode().orElse(1);
    started = report.started().toString();
    report.finished().ifPresent(at -> finished = at.toString());
  }

  /** One character that XML cannot hold, and Jenkins could not save the build at all. */
  private static String plain(String text) {
    return text.lines().map(PlainText::line).collect(Collectors.joining("\n"));
  }

  @Exported
  public String getId() {
    return text(id);
  }

  @Exported
  public String getGate() {
    return text(gate);
  }

  /** The verdict; empty while the gate runs, {@code REFUSED} where it was never begun. */
  @Exported
  public String getVerdict() {
    return text(verdict);
  }

  @Exported
  public String getOutcome() {
    return text(outcome);
  }

  @Exported
  public String getReason() {
    return text(reason);
  }

  @Exported
  public String getRollout() {
    return text(rollout);
  }

  @Exported
  public String getRevision() {
    return text(revision);
  }

  @Exported
  public String getImage() {
    return text(image);
  }

  /** {@code ended}, or the phase that the gate broke off in; empty while it runs. */
  @Exported
  public String getState() {
    return text(state);
  }

  /** Percent of the weights; null where nothing was judged. */
  @Exported
  public Double getScore() {
    return score;
  }

  /** The command's exit code for the same ending; -1 while the gate runs. */
  @Exported
  public int getExitCode() {
    return exitCode;
  }

  @Exported
  public String getStarted() {
    return text(started);
  }

  @Exported
  public String getFinished() {
    return text(finished);
  }

  /** The first line of why. */
  public String getWhy() {
    return getReason().lines().findFirst().orElse("");
  }

  public String getIcon() {
    return VerdictLook.icon(getVerdict());
  }

  public boolean isRefused() {
    return REFUSED.equals(verdict);
  }

  public boolean isRunning() {
    return getVerdict().isEmpty();
  }

  /** What an earlier version did not keep is null. */
  private static String text(String kept) {
    return kept == null ? "" : kept;
  }
}
