package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void aTerminalIsDrawnOnAndColoured() {
    assertThat(terminal(Map.of("TERM", "xterm")).live()).isTrue();
    assertThat(terminal(Map.of("TERM", "xterm")).colour()).isTrue();
  }

  @Test
  void aCiSystemsLogIsNotDrawnOn() {
    assertThat(terminal(Map.of("TERM", "xterm", "CI", "true")).live()).isFalse();
    assertThat(terminal(Map.of("TERM", "xterm", "CI", "false")).live()).isTrue();
  }

  @Test
  void aTerminalThatCanDoNothingIsNotDrawnOn() {
    assertThat(terminal(Map.of("TERM", "dumb")).live()).isFalse();
    assertThat(terminal(Map.of()).live()).isFalse();
  }

  @Test
  void coloursCanBeRefusedAlone() {
    Terminal terminal = terminal(Map.of("TERM", "xterm", "NO_COLOR", "1"));

    assertThat(terminal.live()).isTrue();
    assertThat(terminal.colour()).isFalse();
  }

  @Test
  void whereThereIsNoTerminalNothingIsDrawnOn() {
    assertThat(Terminal.of(Map.of("TERM", "xterm"), false, () -> 80).live()).isFalse();
  }

  private static Terminal terminal(Map<String, String> env) {
    return Terminal.of(env, true, () -> 80);
  }
}
