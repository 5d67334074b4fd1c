package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Makes one verdict out of the checks (rules D1 to D3). */
final class Decider {
  private final GateSpec spec;
  private final List<Check> counted;

  Decider(GateSpec spec) {
    this.spec = spec;
    this.counted = spec.checks().stream().filter(check -> !check.dryRun()).toList();
  }

  /**
   * The decision as the checks stand; empty while one that is still running could change it.
   *
   * @param over whether nothing more will be measured, so that running checks are unjudged
   */
  Optional<Decision> decide(List<CheckRun> runs, boolean over, Instant now) {
    return (spec.score().isPresent() ? byScore(runs, over) : byWorst(runs, over))
        .map(result -> new Decision(result.verdict(), result.reason(), score(runs), now));
  }

  /** What the checks that were judged come to, in percent of their weights. */
  OptionalDouble score(List<CheckRun> runs) {
    double weights = 0;
    double points = 0;
    for (Check check : counted) {
      CheckRun.State state = state(runs, check);
      if (state.judged()) {
        weights += check.weight();
        points += check.weight() * credit(state);
      }
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(percent(points, weights));
  }

  /**
   * Without the last digits, where sums of fractions err: weights of 0.2 and 0.7 make 90 of 100.
   */
  private static double percent(double points, double weights) {
    return Math.round(100 * points / weights * 1e9) / 1e9;
  }

  private record Result(Verdict verdict, String reason) {}

  private Optional<Result> byWorst(List<CheckRun> runs, boolean over) {
    List<Check> failed = in(runs, CheckRun.State.FAIL);
    if (!failed.isEmpty()) {
      return Optional.of(new Result(Verdict.FAIL, says(runs, failed)));
    }
    if (!over && !in(runs, CheckRun.State.RUNNING).isEmpty()) {
      return Optional.empty();
    }
    Optional<Result> silent = withoutEvidence(runs);
    if (silent.isPresent()) {
      return silent;
    }
    List<Check> doubtful = in(runs, CheckRun.State.WARN);
    return Optional.of(
        doubtful.isEmpty()
            ? new Result(Verdict.PASS, allGood(runs))
            : new Result(Verdict.WARN, says(runs, doubtful)));
  }

  private Optional<Result> byScore(List<CheckRun> runs, boolean over) {
    ScoreTargets targets = spec.score().orElseThrow();
    List<Check> failedKeys = in(runs, CheckRun.State.FAIL).stream().filter(Check::key).toList();
    if (!failedKeys.isEmpty()) {
      return Optional.of(new Result(Verdict.FAIL, "key " + says(runs, failedKeys)));
    }
    double best = bestCase(runs, over);
    List<Check> costly = new ArrayList<>(in(runs, CheckRun.State.FAIL));
    costly.addAll(in(runs, CheckRun.State.WARN));
    if (best < targets.warn()) {
      return Optional.of(
          new Result(
              Verdict.FAIL,
              String.format(
                  java.util.Locale.ROOT,
                  "the score can reach %.1f at best, %.1f is needed; %s",
                  best,
                  targets.warn(),
                  says(runs, costly))));
    }
    if (!over && !in(runs, CheckRun.State.RUNNING).isEmpty()) {
      return Optional.empty();
    }
    Optional<Result> silent = withoutEvidence(runs);
    if (silent.isPresent()) {
      return silent;
    }
    double score = score(runs).orElse(0);
    String text = String.format(java.util.Locale.ROOT, "score %.1f", score);
    if (score >= targets.pass()) {
      return Optional.of(new Result(Verdict.PASS, text));
    }
    return Optional.of(
        new Result(
            score >= targets.warn() ? Verdict.WARN : Verdict.FAIL, text + " of " + targets.pass()));
  }

  /** What the score is if all that is still unjudged turns out good. */
  private double bestCase(List<CheckRun> runs, boolean over) {
    double weights = 0;
    double points = 0;
    for (Check check : counted) {
      CheckRun.State state = state(runs, check);
      boolean leaves =
          check.optional() && (state == CheckRun.State.UNJUDGED || over && !state.ended());
      if (!leaves) {
        weights += check.weight();
        points += check.weight() * (state.judged() ? credit(state) : 1);
      }
    }
    return weights == 0 ? 100 : percent(points, weights);
  }

  /** INCONCLUSIVE, if a check that is needed, or every check, has no evidence (rule D3). */
  private Optional<Result> withoutEvidence(List<CheckRun> runs) {
    List<Check> silent = new ArrayList<>(in(runs, CheckRun.State.UNJUDGED));
    silent.addAll(in(runs, CheckRun.State.RUNNING));
    List<Check> needed = silent.stream().filter(check -> !check.optional()).toList();
    if (!needed.isEmpty()) {
      return Optional.of(new Result(Verdict.INCONCLUSIVE, says(runs, needed)));
    }
    boolean bearing =
        counted.stream()
            .anyMatch(
                check ->
                    state(runs, check).judged() && (spec.score().isEmpty() || check.weight() > 0));
    return bearing
        ? Optional.empty()
        : Optional.of(new Result(Verdict.INCONCLUSIVE, "no check that counts has evidence"));
  }

  private String allGood(List<CheckRun> runs) {
    long judged = counted.stream().filter(check -> state(runs, check).judged()).count();
    long silent = counted.size() - judged;
    String good = judged == 1 ? "1 check is good" : "all " + judged + " checks are good";
    return silent == 0 ? good : good + "; " + silent + " optional without evidence";
  }

  private String says(List<CheckRun> runs, List<Check> checks) {
    return checks.stream()
        .map(check -> check.name() + ": " + says(run(runs, check)))
        .collect(Collectors.joining("; "));
  }

  private static String says(CheckRun run) {
    if (run.state() == CheckRun.State.RUNNING) {
      return "not enough measurements";
    }
    return run.why();
  }

  private List<Check> in(List<CheckRun> runs, CheckRun.State state) {
    return counted.stream().filter(check -> state(runs, check) == state).toList();
  }

  private static CheckRun.State state(List<CheckRun> runs, Check check) {
    return run(runs, check).state();
  }

  private static CheckRun run(List<CheckRun> runs, Check check) {
    return runs.stream()
        .filter(run -> run.check().equals(check.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no run of check " + check.name()));
  }

  private static double credit(CheckRun.State state) {
    return switch (state) {
      case PASS -> 1;
      case WARN -> 0.5;
      case FAIL, RUNNING, UNJUDGED -> 0;
    };
  }
}
