package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.WindowRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds checks as tests need them: by default one measurement, {@code fail: "> 10"}, no window.
 */
final class ACheck {
  private final String name;
  private Criteria criteria = criteria("> 10", "");
  private Duration initialDelay = Duration.ZERO;
  private Duration interval = Duration.ofMinutes(1);
  private int count = 1;
  private int failureLimit;
  private int inconclusiveLimit;
  private int consecutiveErrorLimit = 4;
  private Optional<WindowRule> window = Optional.empty();
  private Optional<MinimumSamples> samples = Optional.empty();
  private Set<Cohort> cohorts = Set.of();
  private double weight = 1;
  private boolean key;
  private boolean optional;
  private boolean dryRun;

  private ACheck(String name) {
    this.name = name;
  }

  static ACheck named(String name) {
    return new ACheck(name);
  }

  private static List<Criteria.Entry> entries(Subject subject, String criterion) {
    return criterion.isEmpty()
        ? List.of()
        : List.of(Criteria.Entry.of(subject, Criterion.parse(criterion)));
  }

  private static Criteria criteria(String fail, String warn) {
    return new Criteria(entries(Subject.VALUE, fail), entries(Subject.VALUE, warn), List.of());
  }

  /** Fails above 10, warns above 5. */
  ACheck warning() {
    return judgedBy(criteria("> 10", "> 5"));
  }

  ACheck judgedBy(Criteria how) {
    criteria = how;
    return this;
  }

  ACheck judgedByItsSource() {
    return judgedBy(Criteria.NONE);
  }

  /** Fails where the canary is at more than this times stable. */
  ACheck failingAtRatio(String ratio) {
    criteria = new Criteria(entries(Subject.RATIO, ratio), List.of(), List.of());
    return cohorts(Cohort.CANARY, Cohort.STABLE);
  }

  ACheck after(Duration delay) {
    initialDelay = delay;
    return this;
  }

  ACheck every(Duration time) {
    interval = time;
    return this;
  }

  ACheck count(int measurements) {
    count = measurements;
    return this;
  }

  ACheck failureLimit(int limit) {
    failureLimit = limit;
    return this;
  }

  ACheck inconclusiveLimit(int limit) {
    inconclusiveLimit = limit;
    return this;
  }

  ACheck consecutiveErrorLimit(int limit) {
    consecutiveErrorLimit = limit;
    return this;
  }

  /** As Honeycomb's windows: lag 1m, whole minutes. */
  ACheck honeycombWindow(Duration length) {
    window = Optional.of(new WindowRule(length, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    return this;
  }

  /** As Prometheus' windows: lag 30s, no alignment. */
  ACheck prometheusWindow(Duration length) {
    window = Optional.of(new WindowRule(length, Duration.ofSeconds(30), Duration.ZERO));
    return this;
  }

  ACheck minimumSamples(long number) {
    samples = Optional.of(new MinimumSamples(number, false));
    return this;
  }

  ACheck cohorts(Cohort... used) {
    cohorts = Set.of(used);
    return this;
  }

  ACheck weight(double share) {
    weight = share;
    return this;
  }

  ACheck key() {
    key = true;
    return this;
  }

  ACheck optional() {
    optional = true;
    return this;
  }

  ACheck optional(boolean is) {
    optional = is;
    return this;
  }

  ACheck key(boolean is) {
    key = is;
    return this;
  }

  ACheck dryRun() {
    return dryRun(true);
  }

  ACheck dryRun(boolean is) {
    dryRun = is;
    return this;
  }

  Check build() {
    return new Check(
        name,
        "test",
        criteria,
        new Schedule(
            initialDelay, interval, count, failureLimit, inconclusiveLimit, consecutiveErrorLimit),
        window,
        samples,
        cohorts,
        weight,
        key,
        optional,
        dryRun);
  }
}
