package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has been measured of one check at one gate point.
 *
 * @param check the check's name
 * @param state whether it has ended, and how
 * @param why one line on the state
 * @param measurements all that were made, oldest first
 * @param due when the next one is
 * @param pending the one that was asked and not yet answered
 * @param waiting why the pending one waits, to show; may be empty
 */
public record CheckRun(
    String check,
    State state,
    String why,
    List<Measurement> measurements,
    Instant due,
    Optional<Pending> pending,
    String waiting) {
  public CheckRun {
    measurements = List.copyOf(measurements);
  }

  /** Where a check stands. */
  public enum State {
    RUNNING,
    PASS,
    WARN,
    FAIL,
    /** It ended, or the gate did, without enough evidence to judge it. */
    UNJUDGED;

    public boolean ended() {
      return this != RUNNING;
    }

    public boolean judged() {
      return this == PASS || this == WARN || this == FAIL;
    }
  }

  /**
   * A measurement that was asked for.
   *
   * @param window its span of telemetry
   * @param since when it was first asked for
   * @param ticket what the source needs to go on
   * @param asked whether the source has been asked and has not answered
   */
  public record Pending(
      Optional<Window> window, Instant since, Optional<String> ticket, boolean asked) {}
}
