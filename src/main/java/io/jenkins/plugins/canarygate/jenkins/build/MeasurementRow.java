package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.report.Links;
import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Measured;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/** One measurement of a check, in a table. */
public final class MeasurementRow {
  private final CheckResult check;
  private final Measured measured;

  MeasurementRow(CheckResult check, Measured measured) {
    this.check = check;
    this.measured = measured;
  }

  public int getPoint() {
    return check.point();
  }

  public String getCheck() {
    return PlainText.line(check.name());
  }

  /** ISO 8601 in UTC, to the second. */
  public String getAt() {
    return measured.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The grade; whether it counts for nothing, because its window was still growing. */
  public String getGrade() {
    String grade = measured.grade().name();
    return measured.early() ? grade + " (" + Messages.MeasurementRow_early() + ")" : grade;
  }

  public String getValue() {
    return PlainText.line(measured.text());
  }

  /** As {@code 10:01 to 10:06 UTC}; empty for a source that has no window. */
  public String getWindow() {
    return measured.window().map(span -> Numbers.span(span.from(), span.to())).orElse("");
  }

  /** As {@code 1,204 / 11,804}, the stable revision's second; empty where they are not counted. */
  public String getSamples() {
    String canary = count(measured.samples());
    return measured.stableSamples().isPresent()
        ? canary + " / " + count(measured.stableSamples())
        : canary;
  }

  private static String count(OptionalLong samples) {
    return samples.isPresent() ? Numbers.count(samples.getAsLong()) : "";
  }

  public String getDetail() {
    return PlainText.line(measured.detail());
  }

  /** An http or https address; empty where there is none. */
  public String getLink() {
    return measured.link().flatMap(Links::safe).orElse("");
  }
}
