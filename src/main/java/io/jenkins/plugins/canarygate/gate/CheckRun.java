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

  static CheckRun begin(String check, Instant due) {
    return new CheckRun(check, State.RUNNING, "", List.of(), due, Optional.empty(), "");
  }

  CheckRun ended(State how, String reason) {
    return new CheckRun(check, how, reason, measurements, due, Optional.empty(), "");
  }

  CheckRun with(Pending asking, Instant again, String wait) {
    return new CheckRun(check, state, why, measurements, again, Optional.of(asking), wait);
  }

  CheckRun idle(Instant next) {
    return new CheckRun(check, state, why, measurements, next, Optional.empty(), "");
  }

  CheckRun idle(Instant next, String wait) {
    return new CheckRun(check, state, why, measurements, next, Optional.empty(), wait);
  }

  CheckRun with(List<Measurement> all, Instant next) {
    return new CheckRun(check, state, why, all, next, Optional.empty(), "");
  }

  CheckRun shifted(java.time.Duration by) {
    return new CheckRun(check, state, why, measurements, due.plus(by), pending, waiting);
  }

  /** The last measurement, if there is one. */
  public Optional<Measurement> last() {
    return measurements.isEmpty()
        ? Optional.empty()
        : Optional.of(measurements.get(measurements.size() - 1));
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
   * @param discard whether its answer is to be thrown away (rule M15)
   */
  public record Pending(
      Optional<Window> window,
      Instant since,
      Optional<String> ticket,
      boolean asked,
      boolean discard) {
    static Pending ask(Optional<Window> window, Instant since) {
      return new Pending(window, since, Optional.empty(), true, false);
    }

    Pending again() {
      return new Pending(window, since, ticket, true, discard);
    }

    Pending answeredNotYet(Optional<String> newTicket) {
      return new Pending(window, since, newTicket.or(() -> ticket), false, discard);
    }

    Pending lost() {
      return new Pending(window, since, ticket, false, discard);
    }

    Pending discarded() {
      return new Pending(window, since, ticket, asked, true);
    }
  }
}
