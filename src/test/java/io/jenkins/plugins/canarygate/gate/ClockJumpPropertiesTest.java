package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Rule M15: the same gate with the same answers, once with jumps of the clock and once without. The
 * jumps never make the verdict better.
 */
class ClockJumpPropertiesTest {

  /** A check by its limits, and what its source answers: P W F I E, N for not yet. */
  record Script(
      int window,
      boolean optional,
      int count,
      int failures,
      int inconclusive,
      int errors,
      String answers) {
    ACheck check(String name) {
      ACheck check =
          ACheck.named(name)
              .warning()
              .optional(optional)
              .count(count)
              .failureLimit(failures)
              .inconclusiveLimit(inconclusive)
              .consecutiveErrorLimit(errors);
      return switch (window) {
        case 0 -> check;
        case 1 -> check.honeycombWindow(Duration.ofMinutes(5));
        default -> check.prometheusWindow(Duration.ofMinutes(2));
      };
    }

    /** After the last answer all is well: where a discarded measurement could do most harm. */
    Reading answer(int index) {
      return switch (index < answers.length() ? answers.charAt(index) : 'P') {
        case 'P' -> Readings.GOOD;
        case 'W' -> Readings.DOUBTFUL;
        case 'F' -> Readings.BAD;
        case 'I' -> Readings.EMPTY;
        case 'E' -> Readings.ERROR;
        default -> Readings.running(Duration.ofSeconds(15), "ticket");
      };
    }
  }

  /** The clock jumps before the gate's n-th event. */
  record Jump(int event, Duration by) {}

  private static Verdict play(MeasuringHarness gate, List<Script> scripts, List<Jump> jumps) {
    Map<Integer, Integer> answered = new HashMap<>();
    gate.begin();
    for (int event = 0; !gate.ended(); event++) {
      assertThat(event).as("events").isLessThan(1_000);
      for (Jump jump : jumps) {
        if (jump.event() == event) {
          gate.jump(jump.by());
        }
      }
      answerOne(gate, scripts, answered);
    }
    return gate.ending().verdict();
  }

  private static void answerOne(
      MeasuringHarness gate, List<Script> scripts, Map<Integer, Integer> answered) {
    for (int i = 0; i < scripts.size(); i++) {
      if (gate.isAsked("c" + i)) {
        int index = answered.merge(i, 1, Integer::sum) - 1;
        gate.answer("c" + i, scripts.get(i).answer(index));
        return;
      }
    }
    gate.passToNextStep();
  }

  private static ACheck[] checks(List<Script> scripts) {
    List<ACheck> checks = new ArrayList<>();
    for (int i = 0; i < scripts.size(); i++) {
      checks.add(scripts.get(i).check("c" + i));
    }
    return checks.toArray(new ACheck[0]);
  }

  @Property(tries = 700)
  void jumpsNeverMakeTheVerdictOfTheWorstCheckBetter(
      @ForAll("scripts") List<Script> scripts, @ForAll("jumps") List<Jump> jumps) {
    Verdict calm = play(MeasuringHarness.checking(checks(scripts)), scripts, List.of());
    Verdict shaken = play(MeasuringHarness.checking(checks(scripts)), scripts, jumps);
    assertThat(goodness(shaken)).as(calm + " became " + shaken).isLessThanOrEqualTo(goodness(calm));
  }

  @Property(tries = 700)
  void jumpsNeverMakeTheVerdictOfAScoreBetter(
      @ForAll("scripts") List<Script> scripts, @ForAll("jumps") List<Jump> jumps) {
    Verdict calm = play(MeasuringHarness.scoring(90, 50, checks(scripts)), scripts, List.of());
    Verdict shaken = play(MeasuringHarness.scoring(90, 50, checks(scripts)), scripts, jumps);
    assertThat(goodness(shaken)).as(calm + " became " + shaken).isLessThanOrEqualTo(goodness(calm));
  }

  private static int goodness(Verdict verdict) {
    return switch (verdict) {
      case PASS -> 3;
      case WARN -> 2;
      case INCONCLUSIVE -> 1;
      case FAIL -> 0;
      default -> throw new AssertionError("a gate that only measures ended " + verdict);
    };
  }

  @Provide
  Arbitrary<List<Script>> scripts() {
    Arbitrary<Integer> limits = Arbitraries.of(0, 0, 1, 2);
    Arbitrary<String> answers =
        Arbitraries.frequency(
                Tuple.of(6, 'P'),
                Tuple.of(2, 'W'),
                Tuple.of(2, 'F'),
                Tuple.of(1, 'I'),
                Tuple.of(2, 'E'),
                Tuple.of(2, 'N'))
            .list()
            .ofMaxSize(8)
            .map(list -> list.stream().map(String::valueOf).reduce("", String::concat));
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 4),
            limits,
            limits,
            Arbitraries.of(0, 1, 4),
            answers)
        .as(Script::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Jump>> jumps() {
    Arbitrary<Duration> lengths =
        Arbitraries.of(-7200, -600, -240, -90, -61, 61, 90, 240, 600, 7200)
            .map(Duration::ofSeconds);
    return Combinators.combine(Arbitraries.integers().between(0, 20), lengths)
        .as(Jump::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
