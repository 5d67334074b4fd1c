package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for measurements when they are due, and takes in what comes of them (rules M4 to M7). */
final class Measuring {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

  private Measuring() {}

  /** The checks as judging begins at a gate point. */
  static List<CheckRun> begin(Turn turn) {
    List<CheckRun> runs = new ArrayList<>();
    for (Check check : turn.spec.checks()) {
      runs.add(CheckRun.begin(check.name(), turn.now.plus(check.schedule().initialDelay())));
    }
    return runs;
  }

  /** Asks for everything that is due, all at once so that sources can share queries. */
  static void ask(Turn turn) {
    PointRun point = turn.point().orElseThrow();
    List<Todo.Order> orders = new ArrayList<>();
    List<CheckRun> runs = new ArrayList<>();
    for (CheckRun run : point.checks()) {
      runs.add(ask(turn, turn.spec.check(run.check()), run, orders));
    }
    turn.replacePoint(point.with(runs));
    if (!orders.isEmpty()) {
      turn.want(new Todo.Measure(orders));
    }
  }

  private static CheckRun ask(Turn turn, Check check, CheckRun run, List<Todo.Order> orders) {
    boolean unanswered = run.pending().map(CheckRun.Pending::asked).orElse(false);
    if (run.state().ended() || unanswered || turn.now.isBefore(run.due())) {
      return run;
    }
    Optional<CheckRun.Pending> asking =
        run.pending().filter(pending -> pending.use() != CheckRun.Pending.Use.NONE);
    if (asking.isPresent()) {
      return order(turn, check, run, asking.get().again(), orders);
    }
    Optional<String> senseless = senseless(turn, check);
    if (senseless.isPresent()) {
      Measurement measurement =
          CheckJudge.inconclusive(senseless.get(), Optional.empty(), turn.now);
      return take(check, run, measurement, turn.now);
    }
    if (check.window().isEmpty()) {
      return order(turn, check, run, CheckRun.Pending.ask(Optional.empty(), turn.now), orders);
    }
    WindowRule rule = check.window().get();
    Optional<Instant> since = trafficSince(turn);
    Optional<Window> window = rule.at(turn.now, since);
    if (window.isEmpty()) {
      return run.idle(
          since.map(rule::firstAt).orElse(turn.now.plusSeconds(1)), "the first window is growing");
    }
    if (lastAnswer(run).flatMap(Measurement::window).equals(window)) {
      return run.idle(rule.nextAfter(turn.now));
    }
    return order(turn, check, run, CheckRun.Pending.ask(window, turn.now), orders);
  }

  /** The last measurement that was no error: nothing is measured twice (rule M7). */
  private static Optional<Measurement> lastAnswer(CheckRun run) {
    return run.measurements().stream()
        .filter(measurement -> measurement.grade() != Grade.ERROR)
        .reduce((before, after) -> after);
  }

  private static CheckRun order(
      Turn turn, Check check, CheckRun run, CheckRun.Pending pending, List<Todo.Order> orders) {
    orders.add(
        new Todo.Order(
            run.check(), pending.window(), pending.since(), pending.ticket(), series(check, run)));
    return run.with(pending, turn.now, run.waiting());
  }

  /** A check is plotted once, as it ends: by its last measurement, or by a bad one before. */
  private static SeriesWanted series(Check check, CheckRun run) {
    long whole = run.measurements().stream().filter(Measurement::counts).count();
    return whole + 1 >= check.schedule().count() ? SeriesWanted.YES : SeriesWanted.UNLESS_GOOD;
  }

  /** Why asking the source would say nothing, if so (rule C1). */
  private static Optional<String> senseless(Turn turn, Check check) {
    if (turn.spec.mode() != Mode.CHECK || check.cohorts().isEmpty() || !turn.spec.needsRollout()) {
      return Optional.empty();
    }
    Map<Cohort, CohortNames> cohorts = turn.view.map(View::cohorts).orElse(Map.of());
    CohortNames canary = cohorts.get(Cohort.CANARY);
    CohortNames stable = cohorts.get(Cohort.STABLE);
    if (canary == null) {
      return Optional.of("no canary is there to be measured");
    }
    if (stable != null && stable.name().equals(canary.name())) {
      return Optional.of("canary and stable are the same revision, so there is nothing to compare");
    }
    return Optional.empty();
  }

  private static Optional<Instant> trafficSince(Turn turn) {
    if (turn.spec.mode() == Mode.CHECK) {
      return Optional.empty();
    }
    return turn.view.flatMap(View::trafficSince).or(() -> turn.point().map(PointRun::since));
  }

  /** Takes in what sources answered. */
  static void answered(Turn turn, Map<String, Reading> readings) {
    PointRun point = turn.point().orElse(null);
    if (point == null) {
      return;
    }
    List<CheckRun> runs = new ArrayList<>();
    for (CheckRun run : point.checks()) {
      Reading reading = readings.get(run.check());
      boolean expected =
          reading != null
              && !run.state().ended()
              && run.pending().map(CheckRun.Pending::asked).orElse(false);
      runs.add(expected ? take(turn, turn.spec.check(run.check()), run, reading) : run);
    }
    turn.replacePoint(point.with(runs));
  }

  private static CheckRun take(Turn turn, Check check, CheckRun run, Reading reading) {
    CheckRun.Pending pending = run.pending().orElseThrow();
    if (pending.use() == CheckRun.Pending.Use.NONE) {
      return run.idle(turn.now);
    }
    if (reading instanceof Reading.NotYet notYet) {
      Duration wait = notYet.lookAgain();
      Instant again =
          turn.now.plus(wait.compareTo(Duration.ofMillis(50)) < 0 ? Duration.ofMillis(50) : wait);
      return run.with(pending.answeredNotYet(notYet.ticket()), again, notYet.why());
    }
    if (reading instanceof Reading.Failed failed) {
      Duration retry =
          failed
              .after()
              .filter(after -> after.compareTo(Schedule.ERROR_RETRY) > 0)
              .orElse(Schedule.ERROR_RETRY);
      Measurement measurement = CheckJudge.error(failed.why(), pending.window(), turn.now);
      return take(check, run, measurement, turn.now.plus(retry));
    }
    Reading.Answer answer = (Reading.Answer) reading;
    if (answer.identity().isPresent()
        && lastAnswer(run).flatMap(Measurement::identity).equals(answer.identity())) {
      return run.idle(turn.now.plus(pause(check)), "nothing new has been measured yet");
    }
    Measurement measurement = CheckJudge.grade(check, answer, pending.window(), turn.now);
    if (pending.use() == CheckRun.Pending.Use.UNLESS_GOOD && ClockGuard.isGood(measurement)) {
      return take(check, run, ClockGuard.discarded(measurement), turn.now);
    }
    Instant next = pending.since().plus(pause(check));
    return take(check, run, measurement, next.isAfter(turn.now) ? next : turn.now);
  }

  private static CheckRun take(Check check, CheckRun run, Measurement measurement, Instant next) {
    List<Measurement> all = new ArrayList<>(run.measurements());
    if (measurement.series().isPresent()) {
      // Only the newest is shown, and the session has to stay small.
      all.replaceAll(Measurement::withoutSeries);
    }
    all.add(measurement);
    return CheckJudge.judge(check, run.with(all, next));
  }

  /** From one measurement to the next; also of a check that has one, while its window grows. */
  private static Duration pause(Check check) {
    Duration interval = check.schedule().interval();
    if (check.window().isEmpty()) {
      return interval.isZero() ? SHORTEST_PAUSE : interval;
    }
    WindowRule rule = check.window().get();
    if (interval.isZero()) {
      return rule.alignment().isZero() ? SHORTEST_PAUSE : rule.alignment();
    }
    // Where windows must not overlap, neither do those that alignment made longer (rule M5).
    boolean apart = interval.compareTo(rule.length()) >= 0;
    return apart && interval.compareTo(rule.span()) < 0 ? rule.span() : interval;
  }

  /** Whatever was asked and not answered is lost with the process that asked. */
  static void forget(Turn turn) {
    turn.point()
        .ifPresent(
            point ->
                turn.replacePoint(
                    point.with(
                        point.checks().stream()
                            .map(
                                run ->
                                    run.pending()
                                        .map(p -> run.with(p.lost(), turn.now, run.waiting()))
                                        .orElse(run))
                            .toList())));
  }

  /** When the next measurement is due; empty while nothing is, or answers are awaited. */
  static Optional<Instant> nextDue(PointRun point) {
    return point.checks().stream()
        .filter(run -> !run.state().ended())
        .filter(run -> !run.pending().map(CheckRun.Pending::asked).orElse(false))
        .map(CheckRun::due)
        .min(Instant::compareTo);
  }
}
