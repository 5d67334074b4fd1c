package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D10: exit codes, by verdict and outcome")
class ExitCodesTest {

  /** The table of design.md for endings of a run that are not good: the outcome changes nothing. */
  static Stream<Arguments> notGood() {
    return Stream.of(
            arguments(Verdict.FAIL, 10),
            arguments(Verdict.INCONCLUSIVE, 11),
            arguments(Verdict.TIMEOUT, 12),
            arguments(Verdict.SUPERSEDED, 13),
            arguments(Verdict.CANCELLED, 14),
            arguments(Verdict.NOT_GATED, 15),
            arguments(Verdict.ERROR, 1))
        .flatMap(
            row ->
                Arrays.stream(Outcome.values())
                    .filter(outcome -> outcome != Outcome.NOT_HONOURED)
                    .map(outcome -> arguments(row.get()[0], outcome, row.get()[1])));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("notGood")
  void isTheVerdictsWhereItIsNotGood(Verdict verdict, Outcome outcome, int code) {
    assertThat(code(GateSpecs.gate(), verdict, outcome)).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void isOneForWhateverWasNotHonoured(Verdict verdict) {
    for (Mode mode : new Mode[] {Mode.RUN, Mode.BY_HAND}) {
      assertThat(code(GateSpecs.gate().mode(mode), verdict, Outcome.NOT_HONOURED)).isEqualTo(1);
    }
  }

  /** PASS and WARN: the action that was asked, what became of it, the code. */
  static Stream<Arguments> good() {
    return Stream.of(
        arguments(Reaction.PROMOTE, Outcome.PROMOTED, 0),
        arguments(Reaction.PROMOTE, Outcome.LEFT, 1),
        arguments(Reaction.PROMOTE, Outcome.ADVANCED_BY_OTHER, 1),
        arguments(Reaction.PROMOTE, Outcome.PROMOTED_NOT_LANDED, 1),
        arguments(Reaction.PROMOTE_FULLY, Outcome.PROMOTED, 0),
        arguments(Reaction.PROMOTE_FULLY, Outcome.LEFT, 1),
        arguments(Reaction.NONE, Outcome.LEFT, 0),
        arguments(Reaction.NONE, Outcome.ADVANCED_BY_OTHER, 0),
        arguments(Reaction.PAUSE, Outcome.PAUSED, 0),
        arguments(Reaction.PAUSE, Outcome.LEFT, 1),
        arguments(Reaction.ABORT, Outcome.LEFT, 1));
  }

  @ParameterizedTest(name = "PASS or WARN, {0} asked, {1}: {2}")
  @MethodSource("good")
  void dependsForAGoodVerdictOnWhetherWhatWasAskedWasDone(
      Reaction asked, Outcome outcome, int code) {
    GateSpecs specs = GateSpecs.gate().onPass(asked).onWarn(asked);
    assertThat(code(specs, Verdict.PASS, outcome)).isEqualTo(code);
    assertThat(code(specs, Verdict.WARN, outcome)).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"RUN", "DRY_RUN"})
  @DisplayName("D10: WARN with onWarn: abort exits 10")
  void isTenForAWarnThatIsAborted(Mode mode) {
    GateSpecs specs = GateSpecs.gate().mode(mode).onWarn(Reaction.ABORT);
    Outcome outcome = mode == Mode.RUN ? Outcome.ABORTED : Outcome.LEFT;
    assertThat(code(specs, Verdict.WARN, outcome)).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"CHECK", "DRY_RUN"})
  void isAsJudgedWhereNothingIsDone(Mode mode) {
    GateSpecs specs = GateSpecs.gate().mode(mode);
    assertThat(code(specs, Verdict.PASS, Outcome.LEFT)).isZero();
    assertThat(code(specs, Verdict.WARN, Outcome.LEFT)).isZero();
    assertThat(code(specs, Verdict.FAIL, Outcome.LEFT)).isEqualTo(10);
    assertThat(code(specs, Verdict.INCONCLUSIVE, Outcome.LEFT)).isEqualTo(11);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void isZeroForNotGatedWhereThatPasses(Outcome outcome) {
    int code = code(GateSpecs.gate().onNotGatedPass(), Verdict.NOT_GATED, outcome);
    assertThat(code).isEqualTo(outcome == Outcome.NOT_HONOURED ? 1 : 0);
  }

  /** By hand: 0 where it was done, whatever the action was. */
  static Stream<Arguments> byHand() {
    return Stream.of(
        arguments(Verdict.PASS, Outcome.PROMOTED, 0),
        arguments(Verdict.FAIL, Outcome.ABORTED, 0),
        arguments(Verdict.PASS, Outcome.RETRIED, 0),
        arguments(Verdict.PASS, Outcome.LEFT, 1),
        arguments(Verdict.PASS, Outcome.ADVANCED_BY_OTHER, 1),
        arguments(Verdict.FAIL, Outcome.LEFT, 1),
        arguments(Verdict.FAIL, Outcome.TAKEN_BACK, 1),
        arguments(Verdict.TIMEOUT, Outcome.PROMOTED_NOT_LANDED, 12),
        arguments(Verdict.SUPERSEDED, Outcome.LEFT, 13),
        arguments(Verdict.CANCELLED, Outcome.LEFT, 14),
        arguments(Verdict.ERROR, Outcome.LEFT, 1));
  }

  @ParameterizedTest(name = "by hand {0} {1}: {2}")
  @MethodSource("byHand")
  void isZeroByHandWhereItWasDone(Verdict verdict, Outcome outcome, int code) {
    assertThat(code(GateSpecs.gate().mode(Mode.BY_HAND), verdict, outcome)).isEqualTo(code);
  }

  private static int code(GateSpecs specs, Verdict verdict, Outcome outcome) {
    return ExitCodes.of(specs.build(), verdict, outcome);
  }
}
