package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.check.MeasurementText;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.check.WindowRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Judges a reading, and a check by all of its measurements (rules M2, M4, M6, M8). */
final class CheckJudge {
  private CheckJudge() {}

  /** How one answer is judged. */
  static Measurement grade(
      Check check, Reading.Answer answer, Optional<Window> window, Instant now) {
    Judged judged = judge(check, answer);
    boolean growing =
        window.isPresent()
            && check.window().map((WindowRule rule) -> !rule.whole(window.get())).orElse(false);
    return new Measurement(
        now,
        window,
        judged.grade(),
        growing && judged.grade() == Grade.INCONCLUSIVE,
        answer.values().canary(),
        answer.values().stable(),
        answer.canarySamples(),
        answer.stableSamples(),
        judged.detail(),
        answer.link(),
        answer.identity(),
        answer.series());
  }

  /** How no answer is judged. */
  static Measurement error(String why, Optional<Window> window, Instant now) {
    return silent(Grade.ERROR, why, window, now);
  }

  /** A measurement that says nothing, for a reason known without asking the source. */
  static Measurement inconclusive(String why, Optional<Window> window, Instant now) {
    return silent(Grade.INCONCLUSIVE, why, window, now);
  }

  private static Measurement silent(Grade grade, String why, Optional<Window> window, Instant now) {
    return new Measurement(
        now,
        window,
        grade,
        false,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        why,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private record Judged(Grade grade, String detail) {}

  private static Judged judge(Check check, Reading.Answer answer) {
    Criteria criteria = check.criteria();
    if (criteria.isEmpty()) {
      return answer
          .verdict()
          .map(verdict -> new Judged(verdict, answer.detail()))
          .orElseGet(
              () -> new Judged(Grade.INCONCLUSIVE, reason(answer, "the source did not judge")));
    }
    Optional<String> tooFew = tooFew(check, answer.canarySamples(), "");
    if (tooFew.isPresent()) {
      return new Judged(Grade.INCONCLUSIVE, reason(answer, tooFew.get()));
    }
    if (check.cohorts().contains(Cohort.STABLE)) {
      tooFew = tooFew(check, answer.stableSamples(), " of the stable revision");
    }
    if (tooFew.isPresent()) {
      // What the canary alone shows to be bad is bad, whatever stable would say (rule M2).
      Values canaryAlone = new Values(answer.values().canary(), OptionalDouble.empty());
      Grade bad = criteria.grade(canaryAlone);
      return new Judged(
          bad == Grade.FAIL ? Grade.FAIL : Grade.INCONCLUSIVE, reason(answer, tooFew.get()));
    }
    Grade grade = criteria.grade(answer.values());
    if (grade != Grade.INCONCLUSIVE) {
      return new Judged(grade, answer.detail());
    }
    String missing =
        answer.values().canary().isEmpty() ? "no value" : "no value of the stable revision";
    return new Judged(grade, reason(answer, missing));
  }

  private static String reason(Reading.Answer answer, String why) {
    return answer.detail().isEmpty() ? why : why + ": " + answer.detail();
  }

  private static Optional<String> tooFew(Check check, OptionalLong samples, String of) {
    long needed = check.minimumSamples().map(MinimumSamples::number).orElse(0L);
    if (check.minimumSamples().isEmpty() || samples.isPresent() && samples.getAsLong() >= needed) {
      return Optional.empty();
    }
    String count = samples.isPresent() ? Long.toString(samples.getAsLong()) : "unknown number of";
    return Optional.of(count + " samples" + of + ", at least " + needed + " are needed");
  }

  /** Where a check stands by all of its measurements. */
  static CheckRun judge(Check check, CheckRun run) {
    Schedule schedule = check.schedule();
    List<Measurement> all = run.measurements();
    long failed = count(all, Grade.FAIL);
    if (failed > schedule.failureLimit()) {
      return run.ended(CheckRun.State.FAIL, values(check, all, Grade.FAIL, failed));
    }
    long inconclusive =
        all.stream().filter(m -> m.grade() == Grade.INCONCLUSIVE && !m.early()).count();
    if (inconclusive > schedule.inconclusiveLimit()) {
      return run.ended(
          CheckRun.State.UNJUDGED, "no evidence: " + lastDetail(all, Grade.INCONCLUSIVE));
    }
    if (errorsInARow(all) > schedule.consecutiveErrorLimit()) {
      return run.ended(
          CheckRun.State.UNJUDGED,
          errorsInARow(all) + " errors in a row: " + lastDetail(all, Grade.ERROR));
    }
    long doubtful = failed + count(all, Grade.WARN);
    long whole = all.stream().filter(Measurement::counts).count();
    if (doubtful > schedule.failureLimit()) {
      // What a jump of the clock discarded must not keep a warning from being given (rule M15).
      whole += all.stream().filter(m -> m.early() && m.grade() == Grade.PASS).count();
    }
    if (whole < schedule.count()) {
      return run;
    }
    if (count(all, Grade.PASS) + count(all, Grade.WARN) == 0) {
      // Limits can excuse a bad measurement, never stand in for a good one (promise 2).
      return run.ended(CheckRun.State.UNJUDGED, "no measurement was good");
    }
    if (doubtful > schedule.failureLimit()) {
      Grade worst = count(all, Grade.WARN) > 0 ? Grade.WARN : Grade.FAIL;
      return run.ended(CheckRun.State.WARN, values(check, all, worst, doubtful));
    }
    return run.ended(CheckRun.State.PASS, values(check, all, Grade.PASS, 1));
  }

  /** The last measurement of a grade against the criteria, as one line of why. */
  private static String values(Check check, List<Measurement> all, Grade grade, long of) {
    String times = of > 1 ? " (" + of + " measurements)" : "";
    for (int i = all.size() - 1; i >= 0; i--) {
      Measurement measurement = all.get(i);
      if (measurement.grade() == grade && !measurement.early()) {
        return value(check, measurement) + times;
      }
    }
    return "good within its limits" + times;
  }

  private static String value(Check check, Measurement measurement) {
    String value = new MeasurementText(check.criteria()).of(measurement);
    return check.criteria().isEmpty() ? value : value + " (" + check.criteria() + ")";
  }

  private static long count(List<Measurement> all, Grade grade) {
    return all.stream().filter(m -> m.grade() == grade && !m.early()).count();
  }

  private static int errorsInARow(List<Measurement> all) {
    int errors = 0;
    for (int i = all.size() - 1; i >= 0 && all.get(i).grade() == Grade.ERROR; i--) {
      errors++;
    }
    return errors;
  }

  private static String lastDetail(List<Measurement> all, Grade grade) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).grade() == grade && !all.get(i).detail().isEmpty()) {
        return all.get(i).detail();
      }
    }
    return "the source gave no reason";
  }
}
