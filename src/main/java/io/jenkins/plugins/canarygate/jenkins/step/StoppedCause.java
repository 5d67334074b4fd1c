package io.jenkins.plugins.canarygate.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** The gate was stopped before Jenkins was, and ended after that. */
public final class StoppedCause extends CauseOfInterruption {
  private static final long serialVersionUID = 1L;

  @Override
  public String getShortDescription() {
    return Messages.StoppedCause_description();
  }
}
