package io.jenkins.plugins.canarygate.host;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Step;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told how a gate goes on: one call at a time, in order, on a thread of the host. It should not
 * block, for its gate waits meanwhile. What it throws is passed over.
 */
public interface GateListener {

  /** Listens to nothing. */
  GateListener NONE = new GateListener() {};

  /** A step was taken, and kept where it had to be; its todos are carried out next. */
  default void stepped(GateSession before, GateSession after, Step step) {}

  /**
   * The session could not be kept. Where it must be, nothing is done before it is.
   *
   * @param why one line
   * @param again after how long it is tried again; empty where it is given up
   */
  default void storeFailed(GateSession session, String why, Optional<Duration> again) {}

  /** Something went wrong that the gate bears, in one line. */
  default void problem(GateSession session, String what) {}

  /**
   * The gate cannot go on; nothing more is done about the rollout.
   *
   * @param session the last good state
   */
  default void crashed(GateSession session, Throwable cause) {}
}
