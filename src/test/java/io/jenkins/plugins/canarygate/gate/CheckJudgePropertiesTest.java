package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Measurement;
import io.jenkins.plugins.canarygate.gate.CheckRun.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Rule M4 for all measurements and limits, each list as a gate would come to it. */
class CheckJudgePropertiesTest {
  private static final Instant NOW = MeasuringHarness.START;

  /** A measurement's grade, and whether it counts for nothing. */
  record Made(Grade grade, boolean early) {}

  private static Measurement measurement(Made made) {
    return new Measurement(
        NOW,
        Optional.empty(),
        made.grade(),
        made.early(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Judged after every measurement, as a gate does, until it has ended. */
  private static CheckRun oneAfterTheOther(Check check, List<Made> made) {
    CheckRun run = CheckRun.begin(check.name(), NOW);
    List<Measurement> all = new ArrayList<>();
    for (Made one : made) {
      if (run.state().ended()) {
        return run;
      }
      all.add(measurement(one));
      run = CheckJudge.judge(check, run.with(all, NOW));
    }
    return run;
  }

  private static State atOnce(Check check, List<Made> made) {
    return CheckJudge.judge(
            check,
            CheckRun.begin(check.name(), NOW)
                .with(made.stream().map(CheckJudgePropertiesTest::measurement).toList(), NOW))
        .state();
  }

  private static long count(CheckRun run, Grade grade) {
    return run.measurements().stream().filter(m -> m.grade() == grade && !m.early()).count();
  }

  /** Promise 2: no evidence is not good evidence. */
  @Property
  void aCheckNeverPassesOrWarnsWithoutOneGoodMeasurement(
      @ForAll("checks") Check check, @ForAll("measurements") List<Made> made) {
    CheckRun run = oneAfterTheOther(check, made);
    if (run.state() == State.PASS || run.state() == State.WARN) {
      assertThat(count(run, Grade.PASS) + count(run, Grade.WARN)).isPositive();
    }
  }

  /** Each sentence of the rule, read once more. */
  @Property
  void theStateIsWhatTheRuleSays(
      @ForAll("checks") Check check, @ForAll("measurements") List<Made> made) {
    CheckRun run = oneAfterTheOther(check, made);
    long fails = count(run, Grade.FAIL);
    long doubtful = fails + count(run, Grade.WARN);
    long silent = count(run, Grade.INCONCLUSIVE);
    long whole = run.measurements().stream().filter(Measurement::counts).count();
    int limit = check.schedule().failureLimit();
    assertThat(whole).isLessThanOrEqualTo(check.schedule().count());
    switch (run.state()) {
      case FAIL -> assertThat(fails).isGreaterThan(limit);
      case PASS -> {
        assertThat(doubtful).isLessThanOrEqualTo(limit);
        assertThat(silent).isLessThanOrEqualTo(check.schedule().inconclusiveLimit());
        assertThat(whole).isEqualTo(check.schedule().count());
      }
      case WARN -> {
        assertThat(fails).isLessThanOrEqualTo(limit);
        assertThat(doubtful).isGreaterThan(limit);
        assertThat(silent).isLessThanOrEqualTo(check.schedule().inconclusiveLimit());
        assertThat(whole).isEqualTo(check.schedule().count());
      }
      case UNJUDGED -> assertThat(run.why()).isNotBlank();
      case RUNNING -> assertThat(whole).isLessThan(check.schedule().count());
    }
  }

  /** What counts for nothing changes nothing. */
  @Property
  void withoutTheEarlyOnesItIsJudgedTheSame(
      @ForAll("checks") Check check, @ForAll("measurements") List<Made> made) {
    Assume.that(made.stream().noneMatch(one -> one.grade() == Grade.ERROR));
    List<Made> counted = made.stream().filter(one -> !one.early()).toList();
    assertThat(atOnce(check, made)).isEqualTo(atOnce(check, counted));
  }

  /** One more failure never betters a check that has ended. */
  @Property
  void addingAFailureNeverBettersWhatHasEnded(
      @ForAll("checks") Check check, @ForAll("measurements") List<Made> made) {
    State before = atOnce(check, made);
    Assume.that(before.ended());
    List<Made> more = new ArrayList<>(made);
    more.add(0, new Made(Grade.FAIL, false));
    assertThat(goodness(atOnce(check, more))).isLessThanOrEqualTo(goodness(before));
  }

  /** A failure where there was something good, or doubtful, never betters anything. */
  @Property
  void aFailureInPlaceOfSomethingBetterNeverBettersACheck(
      @ForAll("checks") Check check,
      @ForAll("measurements") List<Made> made,
      @ForAll @IntRange(max = 20) int where) {
    Assume.that(!made.isEmpty());
    int index = where % made.size();
    Made replaced = made.get(index);
    Assume.that(replaced.grade() == Grade.PASS || replaced.grade() == Grade.WARN);
    List<Made> worse = new ArrayList<>(made);
    worse.set(index, new Made(Grade.FAIL, replaced.early()));
    CheckRun before = oneAfterTheOther(check, made);
    CheckRun after = oneAfterTheOther(check, worse);
    if (before.state() == State.RUNNING) {
      assertThat(after.state()).isIn(State.RUNNING, State.FAIL);
    } else {
      assertThat(goodness(after.state())).isLessThanOrEqualTo(goodness(before.state()));
    }
  }

  private static int goodness(State state) {
    return switch (state) {
      case PASS -> 3;
      case WARN -> 2;
      case UNJUDGED -> 1;
      case FAIL -> 0;
      case RUNNING -> throw new AssertionError("adding a measurement began a check anew");
    };
  }

  @Provide
  Arbitrary<Check> checks() {
    Arbitrary<Integer> limits = Arbitraries.integers().between(0, 3);
    return Combinators.combine(Arbitraries.integers().between(1, 6), limits, limits, limits)
        .as(
            (count, failures, inconclusive, errors) ->
                ACheck.named("a")
                    .count(count)
                    .failureLimit(failures)
                    .inconclusiveLimit(inconclusive)
                    .consecutiveErrorLimit(errors)
                    .build());
  }

  @Provide
  Arbitrary<List<Made>> measurements() {
    Arbitrary<Made> counted =
        Arbitraries.of(
                Grade.PASS, Grade.PASS, Grade.WARN, Grade.FAIL, Grade.INCONCLUSIVE, Grade.ERROR)
            .map(grade -> new Made(grade, false));
    Arbitrary<Made> early = Arbitraries.just(new Made(Grade.INCONCLUSIVE, true));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, counted), net.jqwik.api.Tuple.of(1, early))
        .list()
        .ofMaxSize(10);
  }
}
