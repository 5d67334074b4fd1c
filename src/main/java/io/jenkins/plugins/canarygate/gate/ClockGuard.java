package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Notices that the wall clock jumped (rule M15). What was measured across the jump is worth nothing
 * good: good measurements of it are discarded, others are kept, since without them a verdict could
 * become better. Deadlines move along, so that a gate lasts as long as it was meant to.
 */
final class ClockGuard {
  private static final Duration BORNE = Duration.ofMinutes(1);

  private ClockGuard() {}

  static void check(Turn turn) {
    Moment last = turn.before().clock();
    Moment now = turn.moment();
    if (!last.boot().equals(now.boot())) {
      return;
    }
    Duration lived = Duration.ofMillis(now.uptimeMillis() - last.uptimeMillis());
    Instant expected = last.now().plus(lived);
    Duration jump = Duration.between(expected, now.now());
    if (jump.abs().compareTo(BORNE) <= 0) {
      return;
    }
    if (turn.ended()) {
      // Nobody knows how long is left to wait for the announcement.
      Announcing.forget(turn);
      return;
    }
    turn.shiftDeadlines(jump);
    turn.note(
        "the clock jumped by "
            + jump.toSeconds()
            + " s; measurements across the jump are discarded");
    Instant from = jump.isNegative() ? now.now() : expected;
    Instant to = jump.isNegative() ? expected : now.now();
    turn.point()
        .ifPresent(
            point ->
                turn.replacePoint(
                    point.with(
                        point.checks().stream()
                            .map(run -> run.state().ended() ? run : across(run, jump, from, to))
                            .toList())));
  }

  private static CheckRun across(CheckRun run, Duration jump, Instant from, Instant to) {
    List<Measurement> kept =
        run.measurements().stream().filter(m -> !isGood(m) || !spans(m, from, to)).toList();
    CheckRun shifted =
        new CheckRun(
                run.check(), run.state(), run.why(), kept, run.due(), run.pending(), run.waiting())
            .shifted(jump);
    return run.pending()
        .map(pending -> shifted.with(pending.discarded(), shifted.due(), run.waiting()))
        .orElse(shifted);
  }

  private static boolean isGood(Measurement measurement) {
    return measurement.grade() == Grade.PASS;
  }

  private static boolean spans(Measurement measurement, Instant from, Instant to) {
    return measurement
        .window()
        .map(window -> window.overlaps(from, to))
        .orElseGet(() -> !measurement.at().isBefore(from) && measurement.at().isBefore(to));
  }
}
