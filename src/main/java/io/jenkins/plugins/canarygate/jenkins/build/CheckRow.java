package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.report.Links;
import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import java.util.ArrayList;
import java.util.List;

/** One check in a table. */
public final class CheckRow {
  private final CheckResult check;

  CheckRow(CheckResult check) {
    this.check = check;
  }

  public int getPoint() {
    return check.point();
  }

  public String getVerdict() {
    return check.verdict().name();
  }

  public String getIcon() {
    return VerdictLook.icon(getVerdict());
  }

  public String getName() {
    return PlainText.line(check.name());
  }

  /** As {@code optional, key}; may be empty. */
  public String getMarks() {
    List<String> marks = new ArrayList<>();
    if (check.dryRun()) {
      marks.add(Messages.CheckRow_dryRun());
    }
    if (check.optional()) {
      marks.add(Messages.CheckRow_optional());
    }
    if (check.key()) {
      marks.add(Messages.CheckRow_key());
    }
    return String.join(", ", marks);
  }

  public String getSource() {
    return PlainText.line(check.source());
  }

  public String getCriterion() {
    return PlainText.line(check.criterion());
  }

  public String getLine() {
    return PlainText.line(check.line());
  }

  /** As {@code 5 / 5}. */
  public String getMeasured() {
    return check.measurements().size() + " / " + check.planned();
  }

  /** An http or https address; empty where there is none. */
  public String getLink() {
    return check.link().flatMap(Links::safe).orElse("");
  }
}
