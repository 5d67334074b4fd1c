package io.jenkins.plugins.canarygate.gatefile;

import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.WindowRule;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Reads when a check is measured, and over which window (rules M4, M5, M7 and M9). */
final class ScheduleReader {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Longer windows no longer lie on whole minutes at Honeycomb, and no gate needs them. */
  private static final Duration LONGEST_WINDOW = Duration.ofHours(6);

  private static final RawCheck.Defaults STANDARD =
      new Binder(new Faults())
          .bind(RawCheck.Defaults.class, Defaults.node("{}"), Path.ROOT)
          .orElseThrow();

  private final RawCheck check;
  private final Scope scope;
  private final RawCheck.Defaults defaults;
  private final Scope defaultsScope;

  ScheduleReader(RawCheck check, Scope scope, RawCheck.Defaults defaults, Scope defaultsScope) {
    this.check = check;
    this.scope = scope;
    this.defaults = defaults == null ? STANDARD : defaults;
    this.defaultsScope = defaultsScope;
  }

  Schedule schedule(SourceTraits traits, Duration total) {
    Duration interval = value(check.interval(), RawCheck.Defaults::interval);
    Duration least = traits.leastInterval().compareTo(SECOND) > 0 ? traits.leastInterval() : SECOND;
    if (interval.compareTo(least) < 0) {
      whereGiven("interval")
          .fault("must be at least " + Durations.text(least) + " for this source");
    }
    int count = value(check.count(), RawCheck.Defaults::count);
    if (count < 1) {
      whereGiven("count").fault("must be at least 1");
    }
    Schedule schedule =
        new Schedule(
            value(check.initialDelay(), RawCheck.Defaults::initialDelay),
            interval,
            count,
            value(check.failureLimit(), RawCheck.Defaults::failureLimit),
            value(check.inconclusiveLimit(), RawCheck.Defaults::inconclusiveLimit),
            value(check.consecutiveErrorLimit(), RawCheck.Defaults::consecutiveErrorLimit));
    Duration needs = schedule.initialDelay().plus(interval.multipliedBy(Math.max(0, count - 1)));
    if (needs.compareTo(total) >= 0) {
      scope.fault(
          "cannot end in time: it takes "
              + Durations.text(needs)
              + " at least, and timeouts.total is "
              + Durations.text(total));
    }
    return schedule;
  }

  Optional<WindowRule> window(SourceTraits traits) {
    if (!traits.windowed()) {
      useless("window", "this source has no window of telemetry");
      return Optional.empty();
    }
    Duration window = value(check.window(), RawCheck.Defaults::window);
    Duration unit = traits.alignment().isZero() ? SECOND : traits.alignment();
    if (window.compareTo(unit) < 0 || window.toMillis() % unit.toMillis() != 0) {
      whereGiven("window").fault("must be a multiple of " + Durations.text(unit));
    } else if (window.compareTo(LONGEST_WINDOW) > 0) {
      whereGiven("window").fault("must be at most " + Durations.text(LONGEST_WINDOW));
    } else if (window.compareTo(traits.leastWindow()) < 0) {
      scope
          .field("window")
          .fault(
              "must be at least "
                  + Durations.text(traits.leastWindow())
                  + ", for the query looks back so far; or write [${window}] there");
    }
    return Optional.of(new WindowRule(window, traits.lag(), traits.alignment()));
  }

  Optional<MinimumSamples> samples(SourceTraits traits) {
    if (!traits.samples()) {
      useless("minimumSamples", "this source counts no samples");
      return Optional.empty();
    }
    RawCheck.Samples raw =
        check.minimumSamples() != null ? check.minimumSamples() : defaults.minimumSamples();
    if (raw == null) {
      return Optional.empty();
    }
    boolean stored = raw.stored() != null;
    Integer number = stored ? raw.stored() : raw.counted();
    return Optional.ofNullable(number).filter(n -> n > 0).map(n -> new MinimumSamples(n, stored));
  }

  private void useless(String field, String why) {
    if (scope.given(field)) {
      scope.field(field).fault(why + ": leave it out");
    }
  }

  /** The check's own value, or else the default. A value that is wrong counts as none. */
  private <T> T value(T own, Function<RawCheck.Defaults, T> field) {
    if (own != null) {
      return own;
    }
    T common = field.apply(defaults);
    return common != null ? common : field.apply(STANDARD);
  }

  private Scope whereGiven(String field) {
    return scope.given(field) || !defaultsScope.given(field)
        ? scope.field(field)
        : defaultsScope.field(field);
  }
}
