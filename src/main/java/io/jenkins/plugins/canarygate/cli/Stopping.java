package io.jenkins.plugins.canarygate.cli;

import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.host.RunningGate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a gate when its process is to stop (rule A6): the gate is cancelled, has 20 s to end, its
 * report is written, and the process ends with the gate's exit code rather than the signal's.
 */
final class Stopping {
  /** What the gate is told of who stopped it: Java does not say which signal it was. */
  static final String BY = "SIGTERM or SIGINT";

  private static final Duration TO_END = Duration.ofSeconds(20);
  private static final Duration TO_REPORT = Duration.ofSeconds(5);

  private final Surroundings surroundings;
  private final Duration toEnd;
  private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private RunningGate gate;
  private boolean asked;

  Stopping(Surroundings surroundings) {
    this(surroundings, TO_END);
  }

  Stopping(Surroundings surroundings, Duration toEnd) {
    this.surroundings = surroundings;
    this.toEnd = toEnd;
  }

  /** From now on the process is stopped this way, also while nothing runs yet. */
  void watch() {
    surroundings.shutdown().onStop(this::stop);
  }

  /** This gate is the one to cancel; at once, if the process is stopping already. */
  void gate(RunningGate running) {
    synchronized (this) {
      gate = running;
      if (!asked) {
        return;
      }
    }
    running.cancel(BY);
  }

  /** Completes when the gate did not end in time, and is reported as it stands. */
  CompletableFuture<Void> givenUp() {
    return givenUp;
  }

  /** All has been said; {@code code} is what the process ends with. */
  void finished(int code) {
    exitCode.complete(code);
  }

  /** Runs on the process's last thread: once it returns, or halts, all is over. */
  private void stop() {
    RunningGate running;
    synchronized (this) {
      asked = true;
      running = gate;
    }
    if (running != null) {
      running.cancel(BY);
    }
    if (within(toEnd).isEmpty()) {
      givenUp.complete(null);
    }
    int code = within(TO_REPORT).orElse(Verdict.CANCELLED.exitCode());
    surroundings.out().flush();
    surroundings.err().flush();
    surroundings.shutdown().halt(code);
  }

  private java.util.Optional<Integer> within(Duration time) {
    try {
      return java.util.Optional.of(exitCode.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return java.util.Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return java.util.Optional.empty();
    }
  }
}
