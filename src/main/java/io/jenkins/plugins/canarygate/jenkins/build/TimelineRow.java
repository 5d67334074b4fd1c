package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.report.PlainText;
import io.jenkins.plugins.canarygate.report.Report.Event;
import java.time.temporal.ChronoUnit;

/** Something that happened, in a table. */
public final class TimelineRow {
  private final Event event;

  TimelineRow(Event event) {
    this.event = event;
  }

  /** ISO 8601 in UTC, to the second. */
  public String getAt() {
    return event.at().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public String getText() {
    return PlainText.line(event.text());
  }
}
