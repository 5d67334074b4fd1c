package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.report.Report.ActionTaken;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Point;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.ArrayList;
import java.util.List;

/** The report as the lines that a console shows at the end: what must be known now comes last. */
public final class ConsoleReport {
  private ConsoleReport() {}

  /** The lines, without line ends and without anything that could steer a terminal. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(rollout(report));
    for (Point point : report.points()) {
      lines.add(point(point));
      report.checksAt(point).forEach(check -> addCheck(lines, check));
    }
    report.actions().forEach(action -> lines.add("  " + action(action)));
    report
        .decidedBy()
        .ifPresent(by -> lines.add("  decided by " + by.who() + ", who says: " + by.reason()));
    lines.add(verdict(report));
    lines.addAll(report.lastLines());
    return lines.stream().map(PlainText::line).toList();
  }

  /** {@code checkout: FAIL, aborted: error rate is above 1 % (score 40 %)}. */
  public static String verdict(Report report) {
    StringBuilder text = new StringBuilder(report.gate()).append(": ").append(report.verdictText());
    report.outcome().ifPresent(outcome -> text.append(", ").append(outcome.text()));
    if (!report.reason().isEmpty()) {
      text.append(": ").append(report.reason());
    }
    report
        .score()
        .ifPresent(score -> text.append(" (score ").append(Numbers.score(score)).append(')'));
    return PlainText.line(text.toString());
  }

  /** {@code FAIL error rate: 1.8 %; fail > 1%; 14:02 to 14:07 UTC; 1,204 samples}. */
  public static String check(CheckResult check) {
    return PlainText.line(
        String.format("%-8s  %s%s: %s", check.verdict(), check.name(), marks(check), check.line()));
  }

  /** What a reader must know of a check besides its name, as {@code (optional)}; may be empty. */
  static String marks(CheckResult check) {
    List<String> marks = new ArrayList<>();
    if (check.dryRun()) {
      marks.add("dry run, not counted");
    }
    if (check.optional()) {
      marks.add("optional");
    }
    if (check.key()) {
      marks.add("key");
    }
    return marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")";
  }

  /** {@code promote asked 14:07:12 UTC: seen in effect 14:07:15 UTC, step 2 of 7}. */
  public static String action(ActionTaken action) {
    // What only looks after an earlier write is no other try.
    long tries = action.sends().stream().filter(send -> !Write.isUpkeep(send.what())).count();
    String sent = tries == 0 ? "nothing sent" : "sent " + tries + " time(s)";
    String seen =
        action.honoured()
            ? "seen in effect" + action.seenAt().map(at -> " " + Numbers.time(at)).orElse("")
            : "not seen in effect";
    String what = action.seen().isEmpty() ? "" : ", " + action.seen();
    return action.action()
        + " asked "
        + Numbers.time(action.asked())
        + ", "
        + sent
        + ": "
        + seen
        + what;
  }

  private static String rollout(Report report) {
    StringBuilder text = new StringBuilder(report.rollout().toString());
    report.rollout().revision().ifPresent(revision -> text.append(", revision ").append(revision));
    report.rollout().image().ifPresent(image -> text.append(" (").append(image).append(')'));
    report.rollout().where().ifPresent(where -> text.append(", ").append(where));
    return text.toString();
  }

  private static String point(Point point) {
    String name = point.point().map(text -> ", " + text).orElse("");
    return "Gate point "
        + point.number()
        + name
        + point.verdict().map(verdict -> ": " + verdict + ", " + point.reason()).orElse("");
  }

  private static void addCheck(List<String> lines, CheckResult check) {
    lines.add("  " + check(check));
    check.link().ifPresent(link -> lines.add("            " + link));
  }
}
