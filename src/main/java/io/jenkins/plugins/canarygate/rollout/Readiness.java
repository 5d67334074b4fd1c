package io.jenkins.plugins.canarygate.rollout;

import java.util.Optional;

/**
 * Whether an action may be sent now.
 *
 * @param state whether it may
 * @param why one line; empty where it may
 * @param command what a person can do about it, where there is something
 */
public record Readiness(State state, String why, Optional<String> command) {

  /** Whether an action may be sent. */
  public enum State {
    READY,
    /** Not yet: looking again will tell. */
    WAIT,
    /** Not while things are as they are: a person must do something first. */
    REFUSED,
    /** What it would do has been done. */
    DONE
  }

  public static final Readiness READY = new Readiness(State.READY, "", Optional.empty());

  public static Readiness waitFor(String why) {
    return new Readiness(State.WAIT, why, Optional.empty());
  }

  public static Readiness refused(String why) {
    return new Readiness(State.REFUSED, why, Optional.empty());
  }

  public static Readiness refused(String why, String command) {
    return new Readiness(State.REFUSED, why, Optional.of(command));
  }

  public static Readiness done(String why) {
    return new Readiness(State.DONE, why, Optional.empty());
  }
}
