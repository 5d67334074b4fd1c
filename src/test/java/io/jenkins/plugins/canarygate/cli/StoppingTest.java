package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.host.RunningGate;
import io.jenkins.plugins.canarygate.report.Sessions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A6: stopping")
@Timeout(20)
class StoppingTest {
  private final List<Runnable> hooks = new ArrayList<>();
  private final List<Integer> halted = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();

  @Test
  void theGateIsCancelledAndTheProcessEndsWithItsExitCode() {
    Stopping stopping = stopping(Duration.ofSeconds(10));
    stopping.gate(new Gate(() -> stopping.finished(10)));

    hooks.forEach(Runnable::run);

    assertThat(cancelled).containsExactly(Stopping.BY);
    assertThat(halted).containsExactly(10);
    assertThat(stopping.givenUp()).isNotDone();
  }

  @Test
  void aGateThatDoesNotEndInTimeIsGivenUpAndReported() {
    Stopping stopping = stopping(Duration.ofMillis(1));
    stopping.givenUp().thenRun(() -> stopping.finished(0));
    stopping.gate(new Gate(() -> {}));

    hooks.forEach(Runnable::run);

    assertThat(halted).containsExactly(0);
  }

  @Test
  void aGateThatStartsWhileTheProcessStopsIsCancelledAtOnce() {
    Stopping stopping = stopping(Duration.ofMillis(1));
    stopping.givenUp().thenRun(() -> stopping.gate(new Gate(() -> stopping.finished(14))));

    hooks.forEach(Runnable::run);

    assertThat(cancelled).containsExactly(Stopping.BY);
    assertThat(halted).containsExactly(14);
  }

  @Test
  void whatHasEndedKeepsItsExitCode() {
    Stopping stopping = stopping(Duration.ofSeconds(10));
    stopping.finished(12);

    hooks.forEach(Runnable::run);

    assertThat(halted).containsExactly(12);
    assertThat(cancelled).isEmpty();
  }

  private Stopping stopping(Duration toEnd) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
    Surroundings plain = Surroundings.of(nowhere, nowhere, Map.of());
    Shutdown shutdown =
        new Shutdown() {
          @Override
          public Registration onStop(Runnable task) {
            hooks.add(task);
            return () -> hooks.remove(task);
          }

          @Override
          public void halt(int exitCode) {
            halted.add(exitCode);
          }
        };
    Stopping stopping =
        new Stopping(
            new Surroundings(
                nowhere,
                nowhere,
                Map.of(),
                plain.terminal(),
                shutdown,
                plain.clock(),
                plain.home(),
                "tester"),
            toEnd);
    stopping.watch();
    return stopping;
  }

  private final class Gate implements RunningGate {
    private final Runnable onCancel;

    Gate(Runnable onCancel) {
      this.onCancel = onCancel;
    }

    @Override
    public void cancel(String by, boolean timedOut) {
      cancelled.add(by);
      onCancel.run();
    }

    @Override
    public CompletionStage<GateSession> done() {
      return new CompletableFuture<>();
    }

    @Override
    public GateSession session() {
      return Sessions.begun(Sessions.spec("checkout"));
    }
  }
}
