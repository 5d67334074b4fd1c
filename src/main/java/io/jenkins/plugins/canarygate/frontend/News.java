package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.TimelineEntry;
import io.jenkins.plugins.canarygate.report.CheckLines;
import io.jenkins.plugins.canarygate.report.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one step brought that is worth a line. Each thing is said once. */
public final class News {
  private final GateSpec spec;
  private final Set<String> said = new HashSet<>();

  public News(GateSpec spec) {
    this.spec = spec;
  }

  /** A line of progress. */
  public record Item(Instant at, String text) {}

  /** What is new in {@code after}; how a gate ended is left to the report that follows. */
  public List<Item> between(GateSession before, GateSession after) {
    List<Item> news = new ArrayList<>();
    for (PointRun point : after.points()) {
      Optional<PointRun> known =
          before.points().stream().filter(p -> p.number() == point.number()).findFirst();
      for (CheckRun run : point.checks()) {
        Optional<CheckRun> old =
            known.flatMap(
                p -> p.checks().stream().filter(c -> c.check().equals(run.check())).findFirst());
        check(point, old, run, after, news);
      }
    }
    for (TimelineEntry entry : timeline(before, after)) {
      news.add(new Item(entry.at(), PlainText.line(entry.text())));
    }
    return news;
  }

  private void check(
      PointRun point, Optional<CheckRun> old, CheckRun run, GateSession after, List<Item> news) {
    List<Measurement> all = run.measurements();
    int known = old.map(o -> o.measurements().size()).orElse(0);
    // A gate point that began again begins with no measurements.
    for (int i = known > all.size() ? 0 : known; i < all.size(); i++) {
      news.add(new Item(all.get(i).at(), measurement(run, i)));
    }
    if (run.state().ended() && old.map(o -> !o.state().ended()).orElse(true)) {
      String line = run.check() + ": " + run.state() + ": " + new CheckLines(spec, run).line();
      news.add(new Item(after.clock().now(), PlainText.line(line)));
    }
    String waits = run.check() + " waits: " + run.waiting();
    if (!run.waiting().isEmpty()
        && !run.state().ended()
        && said.add(point.number() + " " + waits)) {
      news.add(new Item(after.clock().now(), PlainText.line(waits)));
    }
  }

  private String measurement(CheckRun run, int index) {
    Measurement measurement = run.measurements().get(index);
    long number =
        run.measurements().subList(0, index + 1).stream().filter(Measurement::counts).count();
    int planned = spec.check(run.check()).schedule().count();
    String which =
        measurement.counts() ? " measured " + number + " of " + planned : " measured, not counted";
    String values = new CheckLines(spec, run).values(measurement);
    return PlainText.line(run.check() + which + ": " + measurement.grade() + ", " + values);
  }

  private static List<TimelineEntry> timeline(GateSession before, GateSession after) {
    List<TimelineEntry> all = after.timeline();
    int from = 0;
    if (!before.timeline().isEmpty()) {
      // A long timeline loses entries in its middle, so places do not tell what is new.
      from = all.lastIndexOf(before.timeline().get(before.timeline().size() - 1)) + 1;
    }
    boolean ended = after.ended() && !before.ended();
    int to = ended ? Math.max(from, all.size() - 1) : all.size();
    return all.subList(from, to);
  }
}
