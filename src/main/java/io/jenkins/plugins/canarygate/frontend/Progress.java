package io.jenkins.plugins.canarygate.frontend;

import io.jenkins.plugins.canarygate.gate.GateSession;

/** Shows how a gate goes on. Safe to use from several threads. */
public interface Progress extends AutoCloseable {
  /** Says something at once. */
  void say(String line);

  /** Shows what a step brought. */
  void stepped(GateSession before, GateSession after);

  /** Brings what changes with time up to date; called about every second. */
  default void tick() {}

  /** Leaves nothing on the screen that would change. */
  @Override
  default void close() {}
}
