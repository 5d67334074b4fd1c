package io.jenkins.plugins.canarygate.rollout;

import java.util.Optional;

/**
 * Drives one rollout object of one controller for one gate. It knows the controller's fields and
 * compares fences; the engine sees only what follows from them. Calls block, and hold no state
 * between them: what must be remembered travels in {@link Memory}.
 */
public interface RolloutDriver {

  /**
   * Reads the live object and says what it means.
   *
   * @throws LookException if it cannot be read
   */
  Observation look(Question question) throws LookException;

  /** The one write of the intent that is due now; empty where there is nothing to send. */
  Optional<Write> next(Intent intent, Observation fresh);

  /** Sends it. Never throws for what a server or a network does. */
  Receipt send(Write write);
}
