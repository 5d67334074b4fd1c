package io.jenkins.plugins.canarygate.report;

import static io.jenkins.plugins.canarygate.report.MarkdownText.escape;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.report.Report.ActionTaken;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report as GitHub's Markdown, {@code report.md}: the verdict first, then why. */
public final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();
  private final Report report;

  private MarkdownReport(Report report) {
    this.report = report;
  }

  public static String render(Report report) {
    MarkdownReport markdown = new MarkdownReport(report);
    markdown.head();
    report.points().forEach(markdown::point);
    markdown.actions();
    markdown.timeline();
    return markdown.text.toString();
  }

  private void head() {
    String outcome = report.outcome().map(o -> ", " + o.text()).orElse("");
    line("# " + escape(report.gate() + ": " + report.verdictText() + outcome));
    line(escape(report.reason()));
    if (!report.lastLines().isEmpty()) {
      text.append(MarkdownText.block(report.lastLines())).append('\n');
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Rollout", report.rollout().toString()});
    report.rollout().revision().ifPresent(r -> rows.add(new String[] {"Revision", r}));
    report.rollout().image().ifPresent(i -> rows.add(new String[] {"Image", i}));
    report.rollout().where().ifPresent(w -> rows.add(new String[] {"Stood last at", w}));
    report.score().ifPresent(score -> rows.add(new String[] {"Score", Numbers.score(score)}));
    rows.add(new String[] {"Started", Numbers.dayAndTime(report.started())});
    report.finished().ifPresent(f -> rows.add(new String[] {"Ended", Numbers.dayAndTime(f)}));
    report
        .exitCode()
        .ifPresent(code -> rows.add(new String[] {"Exit code", Integer.toString(code)}));
    if (!report.parameters().isEmpty()) {
      rows.add(new String[] {"Parameters", parameters(report.parameters())});
    }
    report
        .decidedBy()
        .ifPresent(
            by ->
                rows.add(
                    new String[] {
                      "Decided by", by.who() + " (" + by.action() + "): " + by.reason()
                    }));
    table(new String[] {"What", "Value"}, rows);
  }

  private static String parameters(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private void point(Point point) {
    String name = point.point().map(p -> ", " + p).orElse("");
    String verdict = point.verdict().map(v -> ": " + v).orElse("");
    line("## " + escape("Gate point " + point.number() + name + verdict));
    if (!point.reason().isEmpty() && !point.reason().equals(report.reason())) {
      line(escape(point.reason()));
    }
    row("Check", "Verdict", "Why", "Measured", "Source");
    row("---", "---", "---", "---:", "---");
    report.checksAt(point).forEach(this::check);
    text.append('\n');
    plots(point);
  }

  private void check(CheckResult check) {
    row(
        escape(check.name() + ConsoleReport.marks(check)),
        escape(check.verdict().name()),
        escape(check.line()),
        check.measurements().size() + " of " + check.planned(),
        check
            .link()
            .map(link -> MarkdownText.link(check.source(), link))
            .orElseGet(() -> escape(check.source())));
  }

  /** What a page plots, in words. */
  private void plots(Point point) {
    List<Plot> plots =
        report.checksAt(point).stream().flatMap(check -> Plot.of(check).stream()).toList();
    if (!plots.isEmpty()) {
      line("Over the window:");
      for (Plot plot : plots) {
        text.append("- ").append(escape(plot.check() + ", " + plot.text())).append('\n');
      }
      text.append('\n');
    }
  }

  private void actions() {
    if (!report.actions().isEmpty()) {
      line("## Actions");
      for (ActionTaken action : report.actions()) {
        text.append("- ").append(escape(ConsoleReport.action(action))).append('\n');
      }
      text.append('\n');
    }
  }

  private void timeline() {
    if (!report.timeline().isEmpty()) {
      line("## Timeline");
      List<String[]> rows =
          report.timeline().stream()
              .map(event -> new String[] {Numbers.dayAndTime(event.at()), event.text()})
              .toList();
      table(new String[] {"When", "What"}, rows);
    }
  }

  private void table(String[] head, List<String[]> rows) {
    row(head);
    row("---", "---");
    rows.forEach(cells -> row(escape(cells[0]), escape(cells[1])));
    text.append('\n');
  }

  /** A row of cells that are Markdown already. */
  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void line(String markdown) {
    text.append(markdown).append("\n\n");
  }
}
