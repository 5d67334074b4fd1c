package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Window;
import java.time.Duration;
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

  /** After the clock jumped: what was measured, and when things are due on the new clock. */
  CheckRun jumped(List<Measurement> all, Duration by) {
    return new CheckRun(
        check, state, why, all, due.plus(by), pending.map(asking -> asking.jumped(by)), waiting);
  }

  /** Ended by measurements that turned out to be worth nothing, so it runs again. */
  CheckRun reopened(List<Measurement> all, Instant next) {
    return new CheckRun(check, State.RUNNING, "", all, next, Optional.empty(), "");
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
   * @param use what its answer is good for
   */
  public record Pending(
      Optional<Window> window, Instant since, Optional<String> ticket, boolean asked, Use use) {

    /** What an answer is good for. */
    public enum Use {
      ANY,
      /** The clock jumped while it was measured: it counts unless it is good (rule M15). */
      UNLESS_GOOD,
      /** The gate point that it was asked for began again (rule R2). */
      NONE
    }

    static Pending ask(Optional<Window> window, Instant since) {
      return new Pending(window, since, Optional.empty(), true, Use.ANY);
    }

    Pending again() {
      return new Pending(window, since, ticket, true, use);
    }

    Pending answeredNotYet(Optional<String> newTicket) {
      return new Pending(window, since, newTicket.or(() -> ticket), false, use);
    }

    Pending lost() {
      return new Pending(window, since, ticket, false, use);
    }

    Pending discarded() {
      return new Pending(window, since, ticket, asked, Use.NONE);
    }

    Pending jumped(Duration by) {
      Use left = use == Use.NONE ? Use.NONE : Use.UNLESS_GOOD;
      return new Pending(window, since.plus(by), ticket, asked, left);
    }
  }
}
