package io.jenkins.plugins.canarygate.evidence;

import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * One measurement that is asked of a source.
 *
 * @param check the name of the check
 * @param window the span of telemetry; empty for sources without one
 * @param askedSince when this measurement was first asked for
 * @param ticket what {@link io.jenkins.plugins.canarygate.check.Reading.NotYet} gave the last time
 * @param series whether a series is wanted beside the values; a source may have none to give
 */
public record EvidenceRequest(
    String check,
    Optional<Window> window,
    Instant askedSince,
    Optional<String> ticket,
    SeriesWanted series) {

  /** One of which nothing is plotted. */
  public EvidenceRequest(
      String check, Optional<Window> window, Instant askedSince, Optional<String> ticket) {
    this(check, window, askedSince, ticket, SeriesWanted.NO);
  }
}
