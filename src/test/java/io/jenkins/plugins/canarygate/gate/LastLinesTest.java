package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("D9: an ending that leaves a canary serving says so")
class LastLinesTest {

  static Stream<Arguments> endings() {
    return Stream.of(
        ending("a cancel", gate -> gate.looked(serving()).cancelled()),
        ending("an inconclusive verdict", gate -> gate.looked(serving()).noData()),
        ending("a timeout", gate -> gate.looked(serving()).after(Timeouts.DEFAULT.total())),
        ending("an error", gate -> gate.looked(serving()).lookDenied("403")),
        ending("a promotion by another hand", gate -> gate.looked(serving().drift(Drift.MOVED_ON))),
        ending(
            "a promotion to the next pause",
            gate ->
                gate.measured(0)
                    .looked(serving())
                    .sent(Receipt.Result.DONE)
                    .looked(on(Looks.advanced().effect(Effect.IN_EFFECT)))),
        ending(
            "an abort that is not seen",
            gate ->
                gate.measured(0.5)
                    .looked(serving())
                    .sent(Receipt.Result.DONE)
                    .looked(on(Looks.takingBack().effect(Effect.STANDING)))
                    .after(Timeouts.DEFAULT.total())),
        ending(
            "an abort that is overruled",
            gate ->
                gate.measured(0.5)
                    .looked(serving())
                    .sent(Receipt.Result.DONE)
                    .looked(serving().effect(Effect.OVERRULED, "promoteFull is set"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endings")
  void saysWhichShareSinceWhenAndBothCommands(String name, UnaryOperator<EngineHarness> end) {
    EngineHarness gate = end.apply(EngineHarness.judging(GateSpecs.gate()));
    List<String> lines = gate.ending().lastLines();
    assertThat(lines)
        .contains(
            "the canary 7c9d ("
                + GateSpecs.IMAGE
                + ") still serves 20 % since "
                + EngineHarness.START)
        .anyMatch(line -> line.endsWith("canary-gate promote gate.yaml --reason …"))
        .anyMatch(line -> line.endsWith("canary-gate abort gate.yaml --reason …"));
  }

  @Test
  void aFailureThatServesSaysThatNeitherCommandHelps() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(on(Looks.failedServing()));
    assertThat(gate.ending().lastLines())
        .anyMatch(line -> line.contains("still serves 20 %"))
        .anyMatch(line -> line.endsWith("deploy what should serve"))
        .noneMatch(line -> line.contains("canary-gate"));
  }

  @Test
  void aGateThatNeverPromotesNamesNoCommandThatWould() {
    EngineHarness gate =
        EngineHarness.judging(GateSpecs.gate().at(At.progressing())).looked(serving()).cancelled();
    assertThat(gate.ending().lastLines())
        .anyMatch(line -> line.startsWith("to promote it, use the file of another gate"))
        .noneMatch(line -> line.contains("canary-gate promote"))
        .anyMatch(line -> line.endsWith("canary-gate abort gate.yaml --reason …"));
  }

  @Test
  void whatHasLandedSaysNothing() {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(on(Looks.landed()));
    assertThat(gate.ending().lastLines()).isEmpty();
  }

  @Test
  void whatIsAbortedSaysThatGitStillHoldsIt() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.looked(Looks.takenBack().effect(Effect.IN_EFFECT));
    assertThat(gate.ending().lastLines())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("Git").contains("7c9d"));
  }

  @Test
  void whatTheControllerTookBackSaysThatGitStillHoldsIt() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).looked(Looks.takenBack());
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.startsWith("Git"));
  }

  @Test
  void anAbortThatIsRecordedAndNotSeenSaysThatGitStillHoldsIt() {
    EngineHarness gate = EngineHarness.aborting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.after(Timeouts.DEFAULT.total());
    assertThat(gate.ending().lastLines()).anyMatch(line -> line.startsWith("Git"));
  }

  @Test
  void aCanaryThatServesNobodySaysNothing() {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate()).cancelled();
    assertThat(gate.ending().lastLines()).isEmpty();
  }

  private static Arguments ending(String name, UnaryOperator<EngineHarness> end) {
    return Arguments.of(name, end);
  }

  private static Looks serving() {
    return on(Looks.atGatePoint());
  }

  private static Looks on(Looks look) {
    return look.serving("20 %", EngineHarness.START).can(Action.ABORT);
  }
}
