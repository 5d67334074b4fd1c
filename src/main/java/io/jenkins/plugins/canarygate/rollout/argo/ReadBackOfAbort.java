package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;

/** What became of an abort (rules A4, AR4, AR8). */
final class ReadBackOfAbort extends ReadBack {
  private final TakingBack takingBack;

  ReadBackOfAbort(Look look, Intent intent, TakingBack takingBack) {
    super(look, intent);
    this.takingBack = takingBack;
  }

  @Override
  Result readSame() {
    if (landed()) {
      return Result.overruled("it landed in spite of the abort");
    }
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (!rollout.abort()) {
      return notAborted();
    }
    if (takingBack.fate().filter(fate -> fate == Fate.TAKEN_BACK).isPresent()) {
      return Result.inEffect("the abort is in effect");
    }
    if (look.heldByUs() && rollout.abortedAt().isPresent()) {
      return dueOrOverruled(ArgoWrites.LIFT, "our hold is lifted, so that the abort takes effect");
    }
    return Result.standing(takingBack.stillMissing().orElse(""));
  }

  private Result notAborted() {
    if (rollout.promoteFull()) {
      return Result.overruled("promoteFull is set: the controller ignores aborts");
    }
    if (done(ArgoWrites.ABORT)) {
      // No stale copy can take an abort back: somebody did, or the controller by its own rules.
      return Result.overruled(
          "the abort was cleared: by another hand, or by the controller, which heeds none within"
              + " rollbackWindow");
    }
    return dueOrOverruled(ArgoWrites.ABORT, "");
  }
}
