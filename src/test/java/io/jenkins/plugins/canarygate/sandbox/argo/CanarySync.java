package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One pass over a canary ({@code rollout/canary.go}). */
final class CanarySync {
  private final Reconcile pass;
  private final StatusWriter status;

  CanarySync(Reconcile pass) {
    this.pass = pass;
    this.status = new StatusWriter(pass);
  }

  void run() {
    if (pass.areStepsChanged() || pass.isTemplateChanged()) {
      write();
      return;
    }
    pass.sets.tidy();
    TrafficRouting routing = new TrafficRouting(pass);
    routing.switchServices();
    if (!routing.run()) {
      pass.requeue.at(pass.key, pass.now.plusSeconds(10));
      return;
    }
    pass.analyses.reconcile();
    if (!pass.pauses.hasAdded() && !pass.sets.scaleCanary()) {
      pause();
    }
    write();
  }

  private void pause() {
    RolloutView rollout = pass.rollout;
    JsonNode pause = rollout.step().path("pause");
    if (rollout.isPaused() || rollout.isPromotedFully() || pause.isMissingNode()) {
      return;
    }
    if (rollout.pausedSince(Names.CANARY_PAUSE).isEmpty()) {
      // Without a condition but with controllerPause somebody has just lifted the pause.
      if (!rollout.hasControllerPause()) {
        pass.pauses.add(Names.CANARY_PAUSE);
        requeueAfter(pause, pass.now);
      }
    } else {
      requeueAfter(pause, rollout.pausedSince(Names.CANARY_PAUSE).get());
    }
  }

  private void requeueAfter(JsonNode pause, java.time.Instant since) {
    if (pause.has("duration")) {
      pass.requeue.at(
          pass.key,
          since
              .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
              .plus(Pauses.duration(pause.path("duration"))));
    }
  }

  private boolean isStepDone() {
    JsonNode step = pass.rollout.step();
    if (pass.rollout.isPaused() || step.isMissingNode()) {
      return false;
    }
    JsonNode weights = pass.newStatus.path("canary").path("weights");
    if (step.has("pause")) {
      return pass.pauses.isStepOver(step.path("pause"));
    }
    if (step.has("setWeight")) {
      return pass.scale().isReached(weights) && weights.path("verified").asBoolean(true);
    }
    if (step.has("setCanaryScale")) {
      return pass.scale().isReached(weights);
    }
    if (step.has("analysis")) {
      return pass.analyses.hasStepSucceeded();
    }
    return step.has("setHeaderRoute") || step.has("setMirrorRoute");
  }

  private void write() {
    RolloutView rollout = pass.rollout;
    ObjectNode next = status.base();
    StatusWriter.countAll(pass, next);
    next.put("currentStepHash", pass.stepHash());
    int steps = rollout.steps().size();
    if (pass.areStepsChanged() || pass.isTemplateChanged()) {
      status.reset(next);
      boolean skipped =
          rollout.stableHash().equals(pass.fresh.hash())
              || (pass.isRollbackWithinWindow() && pass.fresh.isActive());
      if (steps > 0 && skipped) {
        next.put("currentStepIndex", steps);
      }
      status.persist(next);
      return;
    }
    int index = rollout.stepIndex().orElse(0);
    if (rollout.isPromotedFully() || pass.isRollbackWithinWindow()) {
      pass.pauses.clear();
      pass.pauses.removeAbort();
      index = steps;
    }
    if (isToPromote()) {
      status.promote(next);
      status.persist(next);
      return;
    }
    if (pass.pauses.isAborted()) {
      index = rollout.stableHash().equals(pass.fresh.hash()) ? steps : 0;
    } else if (isStepDone()) {
      index = rollout.stepIndex().orElse(0) + 1;
      next.withObject("/canary").remove("currentStepAnalysisRunStatus");
      pass.pauses.remove(Names.CANARY_PAUSE);
    }
    if (steps > 0) {
      next.put("currentStepIndex", index);
    }
    status.persist(next);
  }

  private boolean isToPromote() {
    RolloutView rollout = pass.rollout;
    if (pass.stable == null) {
      return true;
    }
    if (pass.pauses.isAborted() || pass.fresh.available() < rollout.replicas()) {
      return false;
    }
    int steps = rollout.steps().size();
    return rollout.isPromotedFully()
        || pass.isFastRollback()
        || steps == 0
        || rollout.stepIndex().orElse(0) == steps;
  }
}
