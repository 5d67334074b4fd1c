package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Readiness;

/** What became of a full promotion (rule AR9). */
final class ReadBackOfPromoteFully extends ReadBack {
  ReadBackOfPromoteFully(Look look, Intent intent) {
    super(look, intent);
  }

  @Override
  Result readSame() {
    if (landed()) {
      return Result.inEffect("it is the stable revision");
    }
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (rollout.promoteFull()) {
      return asked();
    }
    if (rollout.abort()) {
      return Result.overruled("the rollout was aborted");
    }
    if (!fence.stands(rollout)) {
      return Result.overruled("the rollout no longer stands at the gate point");
    }
    Readiness ready = PromoteConditions.atGatePoint(look);
    return switch (ready.state()) {
      case READY ->
          dueOrOverruled(
              ArgoWrites.PROMOTE_FULLY,
              arrived(ArgoWrites.PROMOTE_FULLY) == 0 ? "" : "the controller dropped it");
      case WAIT -> Result.standing(ready.why());
      case REFUSED, DONE -> Result.overruled(ready.why());
    };
  }

  private Result asked() {
    // promoteFull comes before the lift: between the two a timed pause could end by itself.
    if (look.heldByUs()) {
      return dueOrOverruled(ArgoWrites.LIFT, "our hold is lifted");
    }
    if (rollout.paused()) {
      return Result.standing(personsPause() + ": it goes on when that is lifted");
    }
    boolean goesOn =
        look.strategy().isBlueGreen()
            ? rollout.activeSelector().equals(rollout.hash())
            : rollout.step().orElse(0) >= look.strategy().stepCount();
    return goesOn
        ? Result.inEffect("the controller promotes it fully")
        : Result.standing("promoteFull stands; the controller has not taken it up");
  }
}
