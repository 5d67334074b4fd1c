package io.jenkins.plugins.canarygate.server.checks;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a check measured.
 *
 * @param at when the measurement began; its age counts from then
 * @param number a finite number; empty: it measured, and that is no evidence
 * @param samples how many samples stand behind it, where the source says so
 * @param window the span of telemetry, where there is one
 * @param verdict how the source itself judged, where it does
 * @param link where a person can look at it
 * @param detail why there is no number, or what the source adds; may be empty
 */
record Value(
    Instant at,
    OptionalDouble number,
    OptionalLong samples,
    Optional<Window> window,
    Optional<Grade> verdict,
    Optional<String> link,
    String detail) {
  Value {
    if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
      throw new IllegalArgumentException("a value is a finite number");
    }
  }

  /** What an answer of a source comes to (rule M8: too few samples, no value, NaN say nothing). */
  static Value of(Check check, Reading.Answer answer, Optional<Window> window, Instant at) {
    boolean silent = answer.canarySamples().isEmpty() && number(answer, answer.verdict()).isEmpty();
    Optional<String> missing = silent ? Optional.empty() : tooFew(check, answer.canarySamples());
    OptionalDouble number =
        missing.isPresent() ? OptionalDouble.empty() : number(answer, answer.verdict());
    String why =
        missing.orElseGet(() -> number.isEmpty() ? "no value" : "")
            + (answer.detail().isEmpty() || number.isPresent() ? "" : ": " + answer.detail());
    return new Value(
        at,
        number,
        answer.canarySamples(),
        window,
        answer.verdict(),
        answer.link(),
        number.isPresent() ? answer.detail() : why);
  }

  private static Optional<String> tooFew(Check check, OptionalLong samples) {
    long needed = check.minimumSamples().map(MinimumSamples::number).orElse(0L);
    if (check.minimumSamples().isEmpty() || samples.isPresent() && samples.getAsLong() >= needed) {
      return Optional.empty();
    }
    String count = samples.isPresent() ? Long.toString(samples.getAsLong()) : "unknown number of";
    return Optional.of(count + " samples, at least " + needed + " are needed");
  }

  /** What judges by itself has no number: 1 is good, 0.5 doubtful, 0 bad. */
  private static OptionalDouble number(Reading.Answer answer, Optional<Grade> verdict) {
    OptionalDouble measured = answer.values().canary();
    if (verdict.isEmpty()) {
      return measured;
    }
    return switch (verdict.get()) {
      case PASS -> measured.isPresent() ? measured : OptionalDouble.of(1);
      case WARN -> measured.isPresent() ? measured : OptionalDouble.of(0.5);
      case FAIL -> measured.isPresent() ? measured : OptionalDouble.of(0);
      // A source that does not know vouches for no number either.
      case INCONCLUSIVE, ERROR -> OptionalDouble.empty();
    };
  }
}
