package io.jenkins.plugins.canarygate.rollout;

import java.util.Optional;

/**
 * Something that stands in the way, or will.
 *
 * @param kind what the engine makes of it
 * @param text one line for a person
 * @param command the command that takes it away, where there is one
 */
public record Obstacle(Kind kind, String text, Optional<String> command) {

  /** What the engine makes of an obstacle. */
  public enum Kind {
    /** Waited for, and named when time runs out. */
    WAIT,
    /** A person's pause: judging goes on, a promotion is refused (rule R2). */
    PERSON_PAUSED,
    /** The controller's own analysis did not judge: never promoted past (rule R5). */
    INCONCLUSIVE_ANALYSIS,
    /** The controller refuses the object as it is written (rule R5). */
    INVALID_SPEC,
    /** The point that the gate file names does not exist (any more) (rule R3). */
    POINT_MISSING,
    /** The point that the gate file names lies behind (rule R3). */
    POINT_PASSED,
    /** Nothing will stop this rollout: no gate point can come (rule AR2). */
    NEVER_PAUSES,
    /** Another gate's hold under the same fence: named, with what lifts it (rule A8). */
    OTHER_GATE,
    /** Another gate's decision under the same fence: an error at once (rule A8). */
    OTHER_DECISION
  }

  public static Obstacle of(Kind kind, String text) {
    return new Obstacle(kind, text, Optional.empty());
  }

  public static Obstacle of(Kind kind, String text, String command) {
    return new Obstacle(kind, text, Optional.of(command));
  }
}
