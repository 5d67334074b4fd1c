package io.jenkins.plugins.canarygate.sandbox.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One pass over a blue/green rollout ({@code rollout/bluegreen.go}). */
final class BlueGreenSync {
  private final Reconcile pass;
  private final StatusWriter status;
  private final JsonNode active;
  private final JsonNode preview;

  BlueGreenSync(Reconcile pass) {
    this.pass = pass;
    this.status = new StatusWriter(pass);
    this.active = pass.rollout.blueGreen().path("activeService");
    this.preview = pass.rollout.blueGreen().path("previewService");
  }

  void run() {
    if (pass.rollout.halted().isEmpty()) {
      pointTo(preview, pass.fresh.hash());
    }
    if (!pass.isTemplateChanged()) {
      pass.sets.scaleBlueGreen();
      pass.sets.tidy();
      pause();
      switchActive();
      pass.analyses.reconcile();
    }
    write();
  }

  private void pointTo(JsonNode service, String hash) {
    if (!service.isMissingNode() && !hash.isEmpty() && !pass.selected(service).equals(hash)) {
      pass.select(service, hash);
    }
  }

  /** Whether all pods are there that are wanted now. */
  private boolean isReadyForPause() {
    int wanted = pass.sets.wanted();
    return pass.fresh.replicas() == wanted && pass.fresh.available() == wanted;
  }

  private boolean isFastTracked() {
    String selected = pass.selected(active);
    return pass.isFastRollback()
        || pass.rollout.isPromotedFully()
        || selected.isEmpty()
        || selected.equals(pass.fresh.hash());
  }

  private void pause() {
    RolloutView rollout = pass.rollout;
    if (rollout.isAborted() || !isReadyForPause() || rollout.halted().isPresent()) {
      return;
    }
    if (isFastTracked() || rollout.isPreviewScaledUp() || !needsPause()) {
      pass.pauses.remove(Names.BLUE_GREEN_PAUSE);
      return;
    }
    if (!pass.analyses.isPrePromotionDone()) {
      return;
    }
    if (rollout.pausedSince(Names.BLUE_GREEN_PAUSE).isPresent()) {
      if (pass.pauses.isBlueGreenPauseOver()) {
        pass.pauses.remove(Names.BLUE_GREEN_PAUSE);
      } else {
        requeueAfter(rollout.pausedSince(Names.BLUE_GREEN_PAUSE).get());
      }
    } else if (!rollout.hasControllerPause()) {
      pass.pauses.add(Names.BLUE_GREEN_PAUSE);
      requeueAfter(pass.now.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  private void requeueAfter(Instant since) {
    int seconds = pass.rollout.blueGreen().path("autoPromotionSeconds").asInt(0);
    if (seconds > 0) {
      pass.requeue.at(pass.key, since.plusSeconds(seconds));
    }
  }

  private boolean needsPause() {
    JsonNode strategy = pass.rollout.blueGreen();
    return !strategy.path("autoPromotionEnabled").asBoolean(true)
        || strategy.path("autoPromotionSeconds").asInt(0) > 0;
  }

  private void switchActive() {
    RolloutView rollout = pass.rollout;
    if (rollout.halted().isPresent() || !isReadyForPause() || !pass.fresh.isSaturated(rollout)) {
      return;
    }
    String target = pass.selected(active);
    if (isFastTracked()
        || (pass.pauses.isBlueGreenPauseOver() && pass.analyses.isPrePromotionDone())) {
      target = pass.fresh.hash();
    }
    if (rollout.isAborted()) {
      target = rollout.stableHash();
    }
    pointTo(active, target);
  }

  private void write() {
    RolloutView rollout = pass.rollout;
    ObjectNode next = status.base();
    if (pass.isTemplateChanged()) {
      status.reset(next);
    }
    if (rollout.isPromotedFully() || pass.isRollbackWithinWindow()) {
      pass.pauses.clear();
      pass.pauses.removeAbort();
    }
    ObjectNode blueGreen = next.withObject("/blueGreen");
    blueGreen.put("previewSelector", pass.selected(preview));
    blueGreen.put("activeSelector", pass.selected(active));
    if (isToPromote(blueGreen.path("activeSelector").asText())) {
      status.promote(next);
    } else {
      blueGreen.put("scaleUpPreviewCheckPoint", isPreviewToScaleUp());
    }
    StatusWriter.countActive(pass, next, blueGreen.path("activeSelector").asText());
    status.persist(next);
  }

  private boolean isToPromote(String activeHash) {
    if (pass.stable == null || activeHash.isEmpty()) {
      return true;
    }
    if (!activeHash.equals(pass.fresh.hash())) {
      return false;
    }
    if (pass.rollout.isPromotedFully() || pass.isFastRollback()) {
      return true;
    }
    return !pass.pauses.isAborted()
        && (!pass.rollout.blueGreen().has("postPromotionAnalysis")
            || pass.analyses.hasPostPromotionSucceeded());
  }

  private boolean isPreviewToScaleUp() {
    JsonNode count = pass.rollout.blueGreen().path("previewReplicaCount");
    if (count.isMissingNode()) {
      return false;
    }
    return pass.rollout.isPreviewScaledUp()
        || (pass.analyses.isPrePromotionDone()
            && pass.pauses.isBlueGreenPauseOver()
            && pass.fresh.available() == count.asInt());
  }
}
