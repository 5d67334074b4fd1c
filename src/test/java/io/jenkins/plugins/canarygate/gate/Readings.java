package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What sources answer in tests; the values suit {@link ACheck}'s default criteria. */
final class Readings {
  /** Passes everywhere. */
  static final Reading GOOD = value(1);

  /** Warns where {@link ACheck#warning} is asked. */
  static final Reading DOUBTFUL = value(7);

  /** Fails. */
  static final Reading BAD = value(20);

  /** An answer that says nothing. */
  static final Reading EMPTY = Reading.Answer.of(Values.none());

  static final Reading ERROR = Reading.Failed.because("connection refused");

  private Readings() {}

  static Reading.Answer value(double canary) {
    return Reading.Answer.of(Values.of(canary));
  }

  static Reading.Answer value(double canary, double stable) {
    return Reading.Answer.of(Values.of(canary, stable));
  }

  static Reading.Answer canaryWithoutStable(double canary, long samples) {
    return new Reading.Answer(
        new Values(OptionalDouble.of(canary), OptionalDouble.empty()),
        OptionalLong.of(samples),
        OptionalLong.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Reading.Answer sampled(double canary, long samples) {
    return value(canary).withSamples(OptionalLong.of(samples), OptionalLong.empty());
  }

  static Reading.Answer sampled(double canary, long samples, double stable, long stableSamples) {
    return value(canary, stable)
        .withSamples(OptionalLong.of(samples), OptionalLong.of(stableSamples));
  }

  /** As a KeptnMetric answers, with the moment that it was last updated. */
  static Reading.Answer updated(double canary, String lastUpdated) {
    return new Reading.Answer(
        Values.of(canary),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.of(lastUpdated),
        Optional.empty());
  }

  static Reading.Answer judged(Grade grade) {
    return Reading.Answer.judged(grade, "the source says " + grade);
  }

  static Reading.NotYet rateLimited(Duration wait) {
    return new Reading.NotYet(wait, "waiting for the rate limit", Optional.empty());
  }

  static Reading.NotYet running(Duration wait, String ticket) {
    return new Reading.NotYet(wait, "the query runs", Optional.of(ticket));
  }

  static Reading.Failed failedFor(Duration wait) {
    return new Reading.Failed("429 too many requests", Optional.of(wait));
  }
}
