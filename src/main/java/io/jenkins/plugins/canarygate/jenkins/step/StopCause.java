package io.jenkins.plugins.canarygate.jenkins.step;

import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Who or what stops a step.
 *
 * @param by as {@code alice}, {@code the timeout step}
 * @param timedOut whether time was up for it
 */
record StopCause(String by, boolean timedOut) {
  // Of workflow-basic-steps, which a Jenkins need not have.
  private static final String TIMEOUT =
      "org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution$ExceededTimeout";

  static StopCause of(Throwable cause) {
    return cause instanceof FlowInterruptedException interrupted
        ? of(interrupted.getCauses())
        : new StopCause("its Pipeline", false);
  }

  private static StopCause of(List<CauseOfInterruption> causes) {
    for (CauseOfInterruption cause : causes) {
      if (cause.getClass().getName().equals(TIMEOUT)) {
        return new StopCause("the timeout of its stage or build", true);
      }
      if (cause instanceof CauseOfInterruption.UserInterruption person) {
        return new StopCause(person.getUserId(), false);
      }
    }
    return new StopCause(
        causes.isEmpty() ? "its Pipeline" : causes.get(0).getShortDescription(), false);
  }
}
