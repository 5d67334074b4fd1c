package io.jenkins.plugins.canarygate.report;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.MeasurementText;
import io.jenkins.plugins.canarygate.check.Numbers;
import io.jenkins.plugins.canarygate.gate.CheckRun;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.report.Report.CheckResult;
import io.jenkins.plugins.canarygate.report.Report.Measured;
import io.jenkins.plugins.canarygate.report.Report.Series;
import io.jenkins.plugins.canarygate.report.Report.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One check as a report shows it, and its one line of why (promise 5). */
public final class CheckLines {
  private final Optional<Check> check;
  private final CheckRun run;
  private final Criteria criteria;
  private final MeasurementText words;

  public CheckLines(GateSpec spec, CheckRun run) {
    this.check = spec.checks().stream().filter(c -> c.name().equals(run.check())).findFirst();
    this.run = run;
    this.criteria = check.map(Check::criteria).orElse(Criteria.NONE);
    this.words = new MeasurementText(criteria);
  }

  CheckResult result(int point) {
    double weight = check.map(Check::weight).orElse(1.0);
    return new CheckResult(
        point,
        run.check(),
        check.map(Check::source).orElse(""),
        run.state(),
        line(),
        telling().flatMap(Measurement::link).flatMap(Links::safe),
        ReportBuilder.scoreOf(run.state(), weight),
        weight,
        check.map(Check::key).orElse(false),
        check.map(Check::optional).orElse(false),
        check.map(Check::dryRun).orElse(false),
        criteria.toString(),
        check.map(c -> c.schedule().count()).orElse(0),
        run.measurements().stream().map(this::measured).toList());
  }

  /** Value, criterion, window and samples; where there is no evidence, why first. */
  public String line() {
    Optional<Measurement> telling = telling();
    if (telling.isEmpty()) {
      return run.why().isEmpty() ? "nothing was measured" : run.why();
    }
    Measurement measurement = telling.get();
    List<String> parts = new ArrayList<>();
    String values = words.of(measurement);
    boolean explained = !run.state().judged() && !run.why().isEmpty();
    if (explained) {
      parts.add(run.why());
    }
    if (!explained || !run.why().contains(values)) {
      parts.add(values);
    }
    if (!criteria.isEmpty()) {
      parts.add(criteria.toString());
    }
    measurement.window().ifPresent(window -> parts.add(Numbers.span(window.from(), window.to())));
    samples(measurement).ifPresent(parts::add);
    if (parts.stream().noneMatch(part -> part.contains(measurement.detail()))) {
      parts.add(measurement.detail());
    }
    howOften(measurement.grade()).ifPresent(parts::add);
    return String.join("; ", parts);
  }

  /** How many of the measurements were like the one that is shown, where there were several. */
  private Optional<String> howOften(Grade grade) {
    List<Measurement> whole = run.measurements().stream().filter(Measurement::counts).toList();
    long alike = whole.stream().filter(m -> m.grade() == grade).count();
    return run.state().judged() && whole.size() > 1
        ? Optional.of(alike + " of " + whole.size() + " measurements")
        : Optional.empty();
  }

  /** A measurement's values, as a person reads them. */
  public String values(Measurement measurement) {
    return words.of(measurement);
  }

  /** The measurement that says most about the state: the last of the grade that made it. */
  private Optional<Measurement> telling() {
    List<Measurement> newestFirst = new ArrayList<>(run.measurements());
    Collections.reverse(newestFirst);
    Set<Grade> grades =
        switch (run.state()) {
          case FAIL -> EnumSet.of(Grade.FAIL);
          case WARN -> EnumSet.of(Grade.WARN, Grade.FAIL);
          case PASS -> EnumSet.of(Grade.PASS);
          case UNJUDGED -> EnumSet.of(Grade.INCONCLUSIVE, Grade.ERROR);
          case RUNNING -> EnumSet.allOf(Grade.class);
        };
    return newestFirst.stream()
        .filter(m -> grades.contains(m.grade()) && (!m.early() || !run.state().judged()))
        .findFirst()
        .or(() -> newestFirst.stream().findFirst());
  }

  private Measured measured(Measurement m) {
    return new Measured(
        m.at(),
        m.window().map(window -> new Span(window.from(), window.to())),
        m.grade(),
        m.early(),
        m.canary(),
        m.canarySamples(),
        m.stable(),
        m.stableSamples(),
        words.of(m),
        m.detail(),
        m.link().flatMap(Links::safe),
        m.series().map(this::series));
  }

  private Series series(io.jenkins.plugins.canarygate.check.Series series) {
    return new Series(
        series.from(), series.stepSeconds(), words.percent(), series.canary(), series.stable());
  }

  private static Optional<String> samples(Measurement m) {
    if (m.canarySamples().isEmpty() && m.stableSamples().isEmpty()) {
      return Optional.empty();
    }
    String own = count(m.canarySamples()) + " samples";
    return Optional.of(
        m.stableSamples().isPresent() ? own + ", stable " + count(m.stableSamples()) : own);
  }

  private static String count(OptionalLong samples) {
    return samples.isPresent() ? Numbers.count(samples.getAsLong()) : "no";
  }
}
