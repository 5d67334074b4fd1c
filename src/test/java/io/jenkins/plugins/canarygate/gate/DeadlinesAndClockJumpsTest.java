package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("M15: deadlines move along with a clock that jumps")
class DeadlinesAndClockJumpsTest {
  private static final Duration START = Timeouts.DEFAULT.start();
  private static final Duration TOTAL = Timeouts.DEFAULT.total();

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -61, 61, 86_400})
  void aGateLastsAsLongAsItWasMeantTo(long seconds) {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).jump(Duration.ofSeconds(seconds));
    assertThat(gate.after(START.minusSeconds(1)).goesOn()).isTrue();
    assertThat(gate.after(Duration.ofSeconds(1)).ended()).isEqualTo("TIMEOUT left 12");
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, 86_400})
  void theTotalMovesAlong(long seconds) {
    EngineHarness gate = EngineHarness.promoting(GateSpecs.gate()).sent(Receipt.Result.DONE);
    gate.jump(Duration.ofSeconds(seconds));
    assertThat(gate.after(TOTAL.minusSeconds(1)).goesOn()).isTrue();
    assertThat(gate.after(Duration.ofSeconds(1)).ended()).isEqualTo("TIMEOUT promotedNotLanded 12");
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, 86_400})
  void stoppingStillTakesTwentySeconds(long seconds) {
    EngineHarness gate = EngineHarness.judging(GateSpecs.gate().onCancel(Reaction.ABORT));
    gate.cancelled().jump(Duration.ofSeconds(seconds));
    assertThat(gate.after(Duration.ofSeconds(19)).goesOn()).isTrue();
    assertThat(gate.after(Duration.ofSeconds(1)).ended()).isEqualTo("CANCELLED left 14");
  }

  @ParameterizedTest
  @ValueSource(longs = {-60, 60})
  void aMinuteIsBorne(long seconds) {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).jump(Duration.ofSeconds(seconds));
    gate.after(Duration.ZERO);
    assertThat(gate.timeline()).noneMatch(line -> line.contains("jumped"));
  }

  @Test
  void aJumpIsSaid() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).jump(Duration.ofMinutes(5));
    gate.after(Duration.ZERO);
    assertThat(gate.timeline()).anyMatch(line -> line.startsWith("the clock jumped by 300 s"));
  }

  @Test
  void anotherProcessHasAnotherUptimeAndThatIsNoJump() {
    EngineHarness gate = EngineHarness.waiting(GateSpecs.gate()).pass(Duration.ofMinutes(5));
    gate.restarted();
    assertThat(gate.timeline()).noneMatch(line -> line.contains("jumped"));
  }
}
