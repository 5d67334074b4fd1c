package io.jenkins.plugins.canarygate.rollout;

/** What can be asked of a rollout. Each may take several writes; the driver knows which. */
public enum Action {
  PROMOTE("promote"),
  PROMOTE_FULLY("promoteFully"),
  ABORT("abort"),
  PAUSE("pause"),
  /** Keep a timed pause from ending by itself. */
  HOLD("hold"),
  /** Take our own hold away. */
  LIFT("lift"),
  /** Clear an abort, so that the revision is tried again (rule A7). */
  RETRY("retry");

  private final String text;

  Action(String text) {
    this.text = text;
  }

  /** The word that gate files and reports use. */
  public String text() {
    return text;
  }
}
