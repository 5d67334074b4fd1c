package io.jenkins.plugins.canarygate.gate;

import java.time.Instant;
import java.util.List;

/**
 * What one step of the engine came to.
 *
 * @param session the state after it
 * @param todos what to do, in this order
 * @param lookAgain when to step again at the latest; {@link Instant#MAX} for never
 * @param durable whether the session must be kept before the todos are carried out
 */
public record Step(GateSession session, List<Todo> todos, Instant lookAgain, boolean durable) {
  public Step {
    todos = List.copyOf(todos);
  }
}
