package io.jenkins.plugins.canarygate.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * What the driver needs to know to say what a look means.
 *
 * @param now the moment of the look on the gate's clock
 * @param fence what was fenced; empty before the gate point
 * @param intent the action that is under way
 * @param memory what the driver noted at the looks before
 * @param watched whether a watch of the object is open that wakes the gate when it changes: then
 *     looking again as time goes by is for what the watch might miss
 */
public record Question(
    Instant now, Optional<Fence> fence, Optional<Intent> intent, Memory memory, boolean watched) {

  /** A question of somebody whom no watch wakes. */
  public Question(Instant now, Optional<Fence> fence, Optional<Intent> intent, Memory memory) {
    this(now, fence, intent, memory, false);
  }
}
