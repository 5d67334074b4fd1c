package io.jenkins.plugins.canarygate.check;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One measurement of one check, as it was judged.
 *
 * @param at when it was judged
 * @param window the span of telemetry, where the source has one
 * @param grade how it was judged
 * @param early whether it counts for nothing because the window was still growing (rule M6), or
 *     because the clock jumped across it (rule M15)
 * @param canary the canary's value, or the only one
 * @param stable the stable revision's value
 * @param canarySamples samples behind the canary's value
 * @param stableSamples samples behind the stable value
 * @param detail why it is inconclusive or an error, or what the source adds; may be empty
 * @param link where a person can look at it
 * @param identity see {@link Reading.Answer#identity}
 * @param series how the values went over the window, for a plot
 */
public record Measurement(
    Instant at,
    Optional<Window> window,
    Grade grade,
    boolean early,
    OptionalDouble canary,
    OptionalDouble stable,
    OptionalLong canarySamples,
    OptionalLong stableSamples,
    String detail,
    Optional<String> link,
    Optional<String> identity,
    Optional<Series> series) {

  /** The same, shown but counting for nothing. */
  public Measurement discarded(String why) {
    return new Measurement(
        at,
        window,
        grade,
        true,
        canary,
        stable,
        canarySamples,
        stableSamples,
        detail.isEmpty() ? why : why + ": " + detail,
        link,
        identity,
        series);
  }

  /** The same, without what a plot shows. */
  public Measurement withoutSeries() {
    return series.isEmpty()
        ? this
        : new Measurement(
            at,
            window,
            grade,
            early,
            canary,
            stable,
            canarySamples,
            stableSamples,
            detail,
            link,
            identity,
            Optional.empty());
  }

  /** Whether it is one of the {@code count} that make a check whole (errors are not). */
  public boolean counts() {
    return !early && grade != Grade.ERROR;
  }
}
