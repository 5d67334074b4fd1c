package io.jenkins.plugins.canarygate.sandbox.flagger;

import io.jenkins.plugins.canarygate.sandbox.kube.ApiError;
import io.jenkins.plugins.canarygate.sandbox.kube.Stored;

/** What Flagger does with one Canary at each interval ({@code advanceCanary} of scheduler.go). */
final class Tick {
  private final Parts parts;
  private final CanaryView canary;
  private final Hooks hooks;
  private final Statuses statuses;
  private final Mesh mesh;
  private Workload workload;

  private Tick(Parts parts, CanaryView canary) {
    this.parts = parts;
    this.canary = canary;
    this.hooks = parts.hooks();
    this.statuses = parts.statuses();
    this.mesh = new Mesh(parts.routes(), canary);
  }

  static void of(Parts parts, Stored found) {
    Tick tick = new Tick(parts, new CanaryView(found.tree()));
    try {
      tick.run();
    } catch (Halt e) {
      tick.hooks.warn(tick.canary, "%s", e.getMessage());
    } catch (ApiError e) {
      // Deleted in the middle of it.
      tick.hooks.warn(tick.canary, "%s", e.getMessage());
    }
  }

  private void run() {
    if (canary.isSuspended()) {
      hooks.info(canary, "skipping canary run as object is suspended");
      return;
    }
    workload = Workload.of(canary, parts.store(), parts.clock());
    if (!bringUp()) {
      return;
    }
    boolean advances = shouldAdvance();
    if (!advances || !isPrimaryReady()) {
      return;
    }
    Routes routes = mesh.routes();
    if (!hasStarted()) {
      return;
    }
    if (hasChangedMeanwhile()) {
      restart();
      return;
    }
    try {
      workload.demandCanaryReady(canary);
    } catch (Halt e) {
      hooks.warn(canary, "%s", e.getMessage());
      if (!e.isRetriable()) {
        rollback();
      }
      return;
    }
    if (canary.skipsAnalysis()) {
      skip();
      return;
    }
    if (canary.isIn(Phase.PROGRESSING, Phase.WAITING, Phase.WAITING_PROMOTION)
        && hooks.rollback(canary)) {
      hooks.warn(canary, "Rolling back %s manual webhook invoked", canary.label());
      rollback();
      return;
    }
    if (canary.isIn(Phase.PROMOTING)) {
      new Strategies(parts, canary, workload, mesh).shiftBack(routes);
      return;
    }
    if (canary.isIn(Phase.FINALISING)) {
      finish();
      return;
    }
    if (canary.failedChecks() >= canary.threshold()) {
      rollback();
      return;
    }
    if (isGood(routes)) {
      new Strategies(parts, canary, workload, mesh).advance(routes);
    }
  }

  /** Makes what is missing; whether the tick goes on. */
  private boolean bringUp() {
    if (!canary.skipsAnalysis() && canary.isNew()) {
      try {
        parts.metrics().demandProviders(canary);
        hooks.info(canary, "all the metrics providers are available!");
      } catch (Halt e) {
        hooks.warn(canary, "Error checking metric providers: %s", e.getMessage());
      }
    }
    try {
      workload.initialize(canary);
    } catch (Halt e) {
      hooks.warn(canary, "%s", e.getMessage());
      if (!e.isRetriable()) {
        rollback();
      }
      return false;
    }
    boolean isNew = canary.isNew();
    if (isNew) {
      workload.scaleToZero(canary);
    }
    mesh.reconcile();
    if (isNew) {
      String applied = workload.applied(canary);
      canary.status().put("phase", Phase.INITIALIZED);
      statuses.sync(canary, Phase.INITIALIZED, 0, applied, workload.tracked(canary));
      canary.status().put("lastAppliedSpec", applied);
      canary.status().set("trackedConfigs", workload.tracked(canary));
      hooks.info(canary, "Initialization done! %s", canary.label());
    }
    return true;
  }

  private boolean shouldAdvance() {
    if (canary.isIn(
        Phase.PROGRESSING,
        Phase.WAITING,
        Phase.WAITING_PROMOTION,
        Phase.PROMOTING,
        Phase.FINALISING)) {
      return true;
    }
    // Written before the comparison, which goes on with the copy from before.
    if (canary.isIn(Phase.FAILED)) {
      statuses.refresh(canary, workload.applied(canary), workload.tracked(canary));
    }
    return workload.hasChanged(canary) || workload.hasOtherConfigs(canary);
  }

  private boolean isPrimaryReady() {
    if (canary.skipsAnalysis()) {
      return true;
    }
    try {
      workload.demandPrimaryReady(canary);
      return true;
    } catch (Halt e) {
      hooks.warn(canary, "%s", e.getMessage());
      if (!e.isRetriable()) {
        if (canary.isIn(Phase.PROMOTING, Phase.FINALISING)) {
          failPromotion(e);
        } else {
          rollback();
        }
      }
      return false;
    }
  }

  /** Whether an analysis is under way; begins one where not, if it may. */
  private boolean hasStarted() {
    if (canary.isIn(
        Phase.PROGRESSING, Phase.WAITING_PROMOTION, Phase.PROMOTING, Phase.FINALISING)) {
      return true;
    }
    CanaryView fresh = new CanaryView(parts.store().get(Statuses.key(canary)).tree());
    if (hooks.confirmRollout(fresh)) {
      hooks.info(
          fresh.in(Phase.PROGRESSING), "New revision detected! Scaling up %s", fresh.targetLabel());
      workload.scaleFromZero(fresh);
      statuses.sync(fresh, Phase.PROGRESSING, 0, workload.applied(fresh), workload.tracked(fresh));
    }
    return false;
  }

  private boolean hasChangedMeanwhile() {
    return canary.isIn(Phase.PROGRESSING, Phase.WAITING_PROMOTION)
        && (workload.hasChanged(canary) || workload.hasOtherConfigs(canary));
  }

  private void restart() {
    hooks.info(canary, "New revision detected! Restarting analysis for %s", canary.targetLabel());
    mesh.route(100, 0, false);
    statuses.sync(canary, Phase.PROGRESSING, 0, workload.applied(canary), workload.tracked(canary));
  }

  private boolean isGood(Routes routes) {
    boolean first =
        routes.canary() == 0
            && canary.iterations() == 0
            && !(canary.isMirroring() && routes.mirrored());
    boolean good;
    if (first) {
      hooks.info(canary, "Starting canary analysis for %s", canary.targetLabel());
      good = hooks.preRollout(canary);
    } else {
      good = hooks.rollout(canary) && isMeasuredGood();
    }
    if (!good) {
      statuses.failedChecks(canary, canary.failedChecks() + 1);
    }
    return good;
  }

  private boolean isMeasuredGood() {
    try {
      parts.metrics().demandGood(canary);
      return true;
    } catch (Halt e) {
      hooks.warn(canary, "%s", e.getMessage());
      return false;
    }
  }

  private void skip() {
    mesh.route(100, 0, false);
    hooks.info(
        canary,
        "Copying %s template spec to %s-primary.%s",
        canary.targetLabel(),
        canary.target(),
        canary.namespace());
    workload.promote(canary);
    workload.scaleToZero(canary);
    statuses.phase(canary, Phase.SUCCEEDED);
    CanaryView succeeded = canary.in(Phase.SUCCEEDED);
    hooks.postRollout(succeeded, Phase.SUCCEEDED);
    hooks.info(
        succeeded, "Promotion completed! Canary analysis was skipped for %s", canary.targetLabel());
  }

  private void finish() {
    workload.scaleToZero(canary);
    statuses.phase(canary, Phase.SUCCEEDED);
    CanaryView succeeded = canary.in(Phase.SUCCEEDED);
    hooks.postRollout(succeeded, Phase.SUCCEEDED);
    hooks.info(succeeded, "Promotion completed! Scaling down %s", canary.targetLabel());
  }

  private void rollback() {
    if (canary.failedChecks() >= canary.threshold()) {
      hooks.warn(
          canary,
          "Rolling back %s failed checks threshold reached %d",
          canary.label(),
          canary.failedChecks());
    }
    mesh.route(100, 0, false);
    hooks.warn(canary.in(Phase.FAILED), "Canary failed! Scaling down %s", canary.label());
    workload.scaleToZero(canary);
    statuses.sync(canary, Phase.FAILED, 0, workload.applied(canary), workload.tracked(canary));
    hooks.postRollout(canary, Phase.FAILED);
  }

  /** The canary is the only healthy copy: all traffic goes there, and stays. */
  private void failPromotion(Halt why) {
    hooks.warn(
        canary,
        "Promotion of %s failed, primary not ready: %s",
        canary.targetLabel(),
        why.getMessage());
    mesh.route(0, 100, false);
    statuses.sync(canary, Phase.FAILED, 100, workload.applied(canary), workload.tracked(canary));
    hooks.postRollout(canary, Phase.FAILED);
  }
}
