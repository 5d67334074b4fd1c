package io.jenkins.plugins.canarygate.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** Another revision took the place of the one that was judged. */
public final class SupersededCause extends CauseOfInterruption {
  private static final long serialVersionUID = 1L;

  private final String why;

  SupersededCause(String why) {
    this.why = why;
  }

  @Override
  public String getShortDescription() {
    return why;
  }
}
