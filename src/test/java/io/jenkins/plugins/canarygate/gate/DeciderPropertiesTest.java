package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rules D1 to D3 against a second, slower reading of them: trying everything out. */
class DeciderPropertiesTest {

  /** A check and how it stands. */
  record Stand(double weight, boolean key, boolean optional, boolean dryRun, State state) {
    Stand in(State other) {
      return new Stand(weight, key, optional, dryRun, other);
    }

    boolean counts() {
      return !dryRun;
    }
  }

  private static Optional<Decision> decide(List<Stand> stands, ScoreTargets targets, boolean over) {
    List<CheckRun> runs = new ArrayList<>();
    ACheck[] checks = new ACheck[stands.size()];
    for (int i = 0; i < checks.length; i++) {
      Stand stand = stands.get(i);
      checks[i] =
          ACheck.named("c" + i)
              .weight(stand.weight())
              .key(stand.key())
              .optional(stand.optional())
              .dryRun(stand.dryRun());
      CheckRun run = CheckRun.begin("c" + i, MeasuringHarness.START);
      runs.add(stand.state() == State.RUNNING ? run : run.ended(stand.state(), "why"));
    }
    return new Decider(Specs.of(targets, checks)).decide(runs, over, MeasuringHarness.START);
  }

  /** All ways in which what runs may end. */
  private static List<List<Stand>> completions(List<Stand> stands) {
    List<List<Stand>> all = List.of(List.of());
    for (Stand stand : stands) {
      List<State> ways =
          stand.state() == State.RUNNING
              ? List.of(State.PASS, State.WARN, State.FAIL, State.UNJUDGED)
              : List.of(stand.state());
      all =
          all.stream()
              .flatMap(done -> ways.stream().map(way -> plus(done, stand.in(way))))
              .toList();
    }
    return all;
  }

  /** The best that those that are needed and have no evidence could have been (rule D2). */
  private static List<Stand> atBest(List<Stand> stands) {
    return stands.stream()
        .map(s -> s.state() == State.UNJUDGED && !s.optional() ? s.in(State.PASS) : s)
        .toList();
  }

  private static List<Stand> plus(List<Stand> stands, Stand one) {
    List<Stand> more = new ArrayList<>(stands);
    more.add(one);
    return more;
  }

  /** The score as a person would reckon it, in percent; empty where no weight was judged. */
  private static OptionalDouble score(List<Stand> stands) {
    double all = 0;
    double points = 0;
    for (Stand stand : stands) {
      if (stand.counts() && stand.state().judged()) {
        all += stand.weight();
        points +=
            stand.state() == State.PASS
                ? stand.weight()
                : stand.state() == State.WARN ? stand.weight() / 2 : 0;
      }
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * points / all);
  }

  private static boolean any(List<Stand> stands, State state) {
    return stands.stream().anyMatch(stand -> stand.counts() && stand.state() == state);
  }

  private static boolean needed(List<Stand> stands) {
    return stands.stream()
        .anyMatch(s -> s.counts() && !s.optional() && s.state() == State.UNJUDGED);
  }

  private static boolean failedKey(List<Stand> stands) {
    return stands.stream().anyMatch(s -> s.counts() && s.key() && s.state() == State.FAIL);
  }

  private static Verdict worst(List<Stand> ended) {
    if (any(ended, State.FAIL)) {
      return Verdict.FAIL;
    }
    boolean judged = any(ended, State.PASS) || any(ended, State.WARN);
    if (needed(ended) || !judged) {
      return Verdict.INCONCLUSIVE;
    }
    return any(ended, State.WARN) ? Verdict.WARN : Verdict.PASS;
  }

  /** D1: of checks that have ended the verdict is the worst, and one always comes. */
  @Property
  void theWorstDecidesOnceAllHaveEnded(@ForAll("stands") List<Stand> stands) {
    for (List<Stand> ended : completions(stands)) {
      Decision decision = decide(ended, null, false).orElseThrow();
      assertThat(decision.verdict()).as(ended + "").isEqualTo(worst(ended));
      assertThat(decision.reason()).isNotBlank();
    }
  }

  /** D1: a decision while checks run is the one of every way in which they may end. */
  @Property
  void whatIsDecidedEarlyIsWhatWouldBeDecidedAnyway(@ForAll("stands") List<Stand> stands) {
    Optional<Decision> early = decide(stands, null, false);
    List<Verdict> verdicts =
        completions(stands).stream().map(DeciderPropertiesTest::worst).distinct().toList();
    early.ifPresent(
        decision -> assertThat(verdicts).as(stands + "").containsExactly(decision.verdict()));
    if (any(stands, State.FAIL)) {
      assertThat(early).as("the first FAIL decides at once").isPresent();
    }
  }

  /** D2: FAIL is given early exactly where no way of ending could reach warn, or a key failed. */
  @Property
  void failComesAsSoonAsNothingCouldReachWarnAndNoSooner(
      @ForAll("stands") List<Stand> stands, @ForAll("targets") ScoreTargets targets) {
    boolean hopeless =
        completions(stands).stream()
            .map(DeciderPropertiesTest::atBest)
            .map(DeciderPropertiesTest::score)
            .allMatch(score -> score.isPresent() && below(score.getAsDouble(), targets.warn()));
    Optional<Decision> decision = decide(stands, targets, false);
    boolean fails = decision.filter(d -> d.verdict() == Verdict.FAIL).isPresent();
    assertThat(fails).as(stands + "").isEqualTo(hopeless || failedKey(stands));
  }

  /** D2, D3: of checks that have ended. */
  @Property
  void theScoreDecidesOnceAllHaveEnded(
      @ForAll("stands") List<Stand> stands, @ForAll("targets") ScoreTargets targets) {
    for (List<Stand> ended : completions(stands)) {
      Verdict verdict = decide(ended, targets, false).orElseThrow().verdict();
      OptionalDouble best = score(atBest(ended));
      if (failedKey(ended) || best.isPresent() && below(best.getAsDouble(), targets.warn())) {
        assertThat(verdict).as(ended + "").isEqualTo(Verdict.FAIL);
      } else if (needed(ended) || score(ended).isEmpty()) {
        assertThat(verdict).as(ended + "").isEqualTo(Verdict.INCONCLUSIVE);
      } else {
        boolean passes = !below(score(ended).getAsDouble(), targets.pass());
        assertThat(verdict).as(ended + "").isEqualTo(passes ? Verdict.PASS : Verdict.WARN);
      }
    }
  }

  /** D2: while something that counts runs, nothing but FAIL is decided. */
  @Property
  void nothingGoodIsDecidedWhileACheckThatCountsRuns(
      @ForAll("stands") List<Stand> stands, @ForAll("targets") ScoreTargets targets) {
    Assume.that(any(stands, State.RUNNING));
    for (ScoreTargets score : new ScoreTargets[] {targets, null}) {
      decide(stands, score, false)
          .ifPresent(decision -> assertThat(decision.verdict()).isEqualTo(Verdict.FAIL));
    }
  }

  /** D2: the score falls, or stays, when a check that was judged is judged worse. */
  @Property
  void theScoreNeverRisesWhenACheckIsJudgedWorse(
      @ForAll("stands") List<Stand> stands, @ForAll @IntRange(max = 4) int which) {
    int index = which % stands.size();
    OptionalDouble before = OptionalDouble.empty();
    for (State state : List.of(State.PASS, State.WARN, State.FAIL)) {
      List<Stand> changed = new ArrayList<>(stands);
      changed.set(index, stands.get(index).in(state));
      List<Stand> ended = completions(changed).get(0);
      OptionalDouble score = decide(ended, null, false).orElseThrow().score();
      if (before.isPresent() && score.isPresent()) {
        assertThat(score.getAsDouble()).isLessThanOrEqualTo(before.getAsDouble());
      }
      assertThat(score.isPresent()).isEqualTo(score(ended).isPresent());
      score.ifPresent(s -> assertThat(s).isBetween(0.0, 100.0));
      before = score;
    }
  }

  /** D1, D2: a check that is judged worse never makes the verdict better. */
  @Property
  void theVerdictNeverRisesWhenACheckIsJudgedWorse(
      @ForAll("stands") List<Stand> stands,
      @ForAll("targets") ScoreTargets targets,
      @ForAll @IntRange(max = 4) int which) {
    int index = which % stands.size();
    for (ScoreTargets score : new ScoreTargets[] {targets, null}) {
      int before = Integer.MAX_VALUE;
      for (State state : List.of(State.PASS, State.WARN, State.FAIL)) {
        List<Stand> changed = new ArrayList<>(stands);
        changed.set(index, stands.get(index).in(state));
        List<Stand> ended = completions(changed).get(0);
        int goodness = goodness(decide(ended, score, false).orElseThrow().verdict());
        assertThat(goodness).as(ended + "").isLessThanOrEqualTo(before);
        before = goodness;
      }
    }
  }

  /** D5: what runs when it is over is as what has no evidence. */
  @Property
  void whatRunsWhenItIsOverIsUnjudged(
      @ForAll("stands") List<Stand> stands, @ForAll("targets") ScoreTargets targets) {
    List<Stand> unjudged =
        stands.stream().map(s -> s.state() == State.RUNNING ? s.in(State.UNJUDGED) : s).toList();
    for (ScoreTargets score : new ScoreTargets[] {targets, null}) {
      assertThat(decide(stands, score, true).orElseThrow().verdict())
          .isEqualTo(decide(unjudged, score, false).orElseThrow().verdict());
    }
  }

  private static boolean below(double score, double target) {
    return score < target - 1e-6;
  }

  private static int goodness(Verdict verdict) {
    return switch (verdict) {
      case PASS -> 3;
      case WARN -> 2;
      case INCONCLUSIVE -> 1;
      default -> 0;
    };
  }

  @Provide
  Arbitrary<List<Stand>> stands() {
    Arbitrary<Boolean> seldom = Arbitraries.of(false, false, false, true);
    return Combinators.combine(
            Arbitraries.of(0.0, 0.1, 0.2, 0.7, 1.0, 1.0, 2.0, 3.0),
            seldom,
            Arbitraries.of(true, false),
            seldom,
            Arbitraries.of(State.class))
        .as(Stand::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<ScoreTargets> targets() {
    return Combinators.combine(
            Arbitraries.of(0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 100.0),
            Arbitraries.of(0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 100.0))
        .as((a, b) -> new ScoreTargets(Math.max(a, b), Math.min(a, b)));
  }
}
