package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import java.util.concurrent.CompletionStage;

/** A gate that the host runs. Its methods may be called from any thread and do not block. */
public interface RunningGate {

  /**
   * Asks the gate to end (rule A6). From now on it goes by threads and connections of its own. A
   * second time does nothing.
   *
   * @param by who or what, as {@code SIGTERM}
   */
  default void cancel(String by) {
    cancel(by, false);
  }

  /**
   * The same.
   *
   * @param timedOut whether time was up for whoever runs the gate: its verdict is TIMEOUT then
   */
  void cancel(String by, boolean timedOut);

  /**
   * The ended session. Fails with {@link GateCrashedException} if the gate could not go on, and
   * with {@link java.util.concurrent.CancellationException} if the host was closed before it ended.
   */
  CompletionStage<GateSession> done();

  /** The state now. */
  GateSession session();
}
