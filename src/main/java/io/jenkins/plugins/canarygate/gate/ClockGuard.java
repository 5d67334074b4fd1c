package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Notices that the wall clock jumped (rule M15). What was measured across the jump is worth nothing
 * good: good measurements of it are discarded, others are kept, since without them a verdict could
 * become better; of what is in flight the same holds once it is answered. Deadlines move along, so
 * that a gate lasts as long as it was meant to.
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
        .filter(point -> point.decision().isEmpty())
        .ifPresent(
            point ->
                turn.replacePoint(
                    point.jumped(
                        point.checks().stream()
                            .map(run -> across(turn, run, jump, from, to))
                            .toList(),
                        jump)));
  }

  private static CheckRun across(Turn turn, CheckRun run, Duration jump, Instant from, Instant to) {
    List<Measurement> all =
        run.measurements().stream()
            .map(m -> isGood(m) && !m.early() && spans(m, from, to) ? discarded(m) : m)
            .toList();
    if (!run.state().ended()) {
      return run.jumped(all, jump);
    }
    // Only what passed rests on what is discarded; any other end could become better by it.
    boolean undone = run.state() == CheckRun.State.PASS && !all.equals(run.measurements());
    return undone ? run.reopened(all, turn.now) : run;
  }

  static boolean isGood(Measurement measurement) {
    return measurement.grade() == Grade.PASS;
  }

  /** Kept to be shown, and so that errors on both sides of it do not become errors in a row. */
  static Measurement discarded(Measurement measurement) {
    return measurement.discarded("discarded, the clock jumped");
  }

  private static boolean spans(Measurement measurement, Instant from, Instant to) {
    return measurement
        .window()
        .map(window -> window.overlaps(from, to))
        .orElseGet(() -> !measurement.at().isBefore(from) && measurement.at().isBefore(to));
  }
}
