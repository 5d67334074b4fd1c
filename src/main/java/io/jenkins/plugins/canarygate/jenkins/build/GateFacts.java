package io.jenkins.plugins.canarygate.jenkins.build;

import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is known of a gate beside its verdict and its checks. */
final class GateFacts {
  private final List<FactRow> rows = new ArrayList<>();

  private GateFacts() {}

  /** What a report says; what it does not know has no row. */
  static List<FactRow> of(Report report) {
    GateFacts facts = new GateFacts();
    Report.Rollout rollout = report.rollout();
    rollout.cluster().ifPresent(cluster -> facts.add(Messages.GateFacts_cluster(), cluster));
    facts.add(Messages.GateFacts_rollout(), rollout.toString());
    rollout.revision().ifPresent(revision -> facts.add(Messages.GateFacts_revision(), revision));
    rollout.image().ifPresent(image -> facts.add(Messages.GateFacts_image(), image));
    rollout.where().ifPresent(where -> facts.add(Messages.GateFacts_where(), where));
    rollout.share().ifPresent(share -> facts.add(Messages.GateFacts_share(), share));
    facts.add(Messages.GateFacts_obstacles(), String.join("; ", rollout.obstacles()));
    report.score().ifPresent(score -> facts.add(Messages.GateFacts_score(), Numbers.score(score)));
    facts.add(
        Messages.GateFacts_parameters(),
        report.parameters().entrySet().stream()
            .map(each -> each.getKey() + " = " + each.getValue())
            .collect(Collectors.joining(", ")));
    facts.add(Messages.GateFacts_started(), Numbers.dayAndTime(report.started()));
    report
        .finished()
        .ifPresent(at -> facts.add(Messages.GateFacts_finished(), Numbers.dayAndTime(at)));
    report
        .decidedBy()
        .ifPresent(
            by ->
                facts.add(
                    Messages.GateFacts_decidedBy(),
                    by.who() + " (" + by.action() + "): " + by.reason()));
    return facts.rows;
  }

  private void add(String label, String value) {
    if (!value.isEmpty()) {
      rows.add(new FactRow(label, value));
    }
  }
}
