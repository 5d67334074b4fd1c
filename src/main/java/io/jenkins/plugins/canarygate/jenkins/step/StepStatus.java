package io.jenkins.plugins.canarygate.jenkins.step;

import io.jenkins.plugins.canarygate.report.Report;
import java.util.List;
import java.util.Optional;

/** What a waiting step does, in one line. */
final class StepStatus {
  private StepStatus() {}

  /**
   * The line.
   *
   * @param report what is known of its gate; empty while that is being read
   */
  static String of(Optional<Report> report) {
    return report
        .map(r -> "gate " + r.gate() + " for " + r.rollout() + last(r.timeline()))
        .orElse("reads its gate");
  }

  private static String last(List<Report.Event> timeline) {
    return timeline.isEmpty() ? "" : ": " + timeline.get(timeline.size() - 1).text();
  }
}
