package io.jenkins.plugins.canarygate.gate;

import java.util.Optional;

/**
 * How far an observability service has been told.
 *
 * @param state how far
 * @param ticket what closing needs
 */
public record Announcement(State state, Optional<String> ticket) {

  /** How far. */
  public enum State {
    NOT_ASKED,
    OPENING,
    OPEN,
    CLOSING,
    DONE,
    FAILED
  }

  public static final Announcement NONE = new Announcement(State.NOT_ASKED, Optional.empty());
}
