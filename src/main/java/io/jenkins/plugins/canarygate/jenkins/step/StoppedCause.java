package io.jenkins.plugins.canarygate.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** The gate was stopped otherwise than through its step, or before Jenkins was restarted. */
public final class StoppedCause extends CauseOfInterruption {
  private static final long serialVersionUID = 1L;

  private final String why;

  StoppedCause(String why) {
    this.why = why;
  }

  @Override
  public String getShortDescription() {
    return why;
  }
}
