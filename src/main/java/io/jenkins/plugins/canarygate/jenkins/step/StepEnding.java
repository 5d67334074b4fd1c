package io.jenkins.plugins.canarygate.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.canarygate.jenkins.gates.GateEnd;
import io.jenkins.plugins.canarygate.jenkins.gates.GateKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How a gate's end becomes its step's. */
final class StepEnding {
  private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.canarygate");

  private final StepContext context;
  private final Run<?, ?> run;
  private final FlowNode node;
  private final GateKey key;
  private Throwable stopCause;

  StepEnding(StepContext context, Run<?, ?> run, FlowNode node) {
    this.context = context;
    this.run = run;
    this.node = node;
    this.key = new GateKey(run.getExternalizableId(), node.getId());
  }

  GateKey key() {
    return key;
  }

  /** Remembers why the step is stopped; false if it is being stopped already. */
  synchronized boolean stoppedBy(Throwable cause) {
    if (stopCause != null) {
      return false;
    }
    stopCause = cause;
    return true;
  }

  /** Ends a stopped step without waiting for anything. */
  void giveUp() {
    context.onFailure(stopCause(""));
  }

  void end(GateEnd end) {
    switch (end.kind()) {
      case RETURNS -> context.onSuccess(new LinkedHashMap<>(end.values()));
      case RETURNS_UNSTABLE -> {
        warn(end.message());
        context.onSuccess(new LinkedHashMap<>(end.values()));
      }
      case FAILS -> context.onFailure(new AbortException(end.message()));
      case NOT_BUILT ->
          context.onFailure(
              // With true it would read as a person's abort to retry and catchError.
              new FlowInterruptedException(
                  Result.NOT_BUILT, false, new SupersededCause(end.message())));
      case STOPPED -> context.onFailure(stopCause(end.message()));
    }
  }

  private void warn(String why) {
    run.setResult(Result.UNSTABLE);
    try {
      node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(why));
      node.save();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the warning of " + key + " could not be kept with its step", e);
    }
  }

  /** After a restart, and where a build was deleted, what the gate says is all that is known. */
  private synchronized Throwable stopCause(String why) {
    return stopCause != null
        ? stopCause
        : new FlowInterruptedException(Result.ABORTED, true, new StoppedCause(why));
  }
}
