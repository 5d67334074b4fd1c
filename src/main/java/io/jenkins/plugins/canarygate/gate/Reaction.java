package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import java.util.Optional;

/** What a gate does to the rollout on a verdict (rule A5). */
public enum Reaction {
  PROMOTE("promote", Action.PROMOTE),
  PROMOTE_FULLY("promoteFully", Action.PROMOTE_FULLY),
  ABORT("abort", Action.ABORT),
  PAUSE("pause", Action.PAUSE),
  NONE("none", null);

  private final String text;
  private final Action action;

  Reaction(String text, Action action) {
    this.text = text;
    this.action = action;
  }

  /** The word that gate files use. */
  public String text() {
    return text;
  }

  /** The action it asks of the rollout, if any. */
  public Optional<Action> action() {
    return Optional.ofNullable(action);
  }

  public boolean promotes() {
    return this == PROMOTE || this == PROMOTE_FULLY;
  }
}
