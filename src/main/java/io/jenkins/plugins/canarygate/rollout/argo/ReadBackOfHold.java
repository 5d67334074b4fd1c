package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Intent;

/** What became of a hold (rule AR8). */
final class ReadBackOfHold extends ReadBack {
  ReadBackOfHold(Look look, Intent intent) {
    super(look, intent);
  }

  @Override
  Result readSame() {
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (rollout.abort()) {
      return Result.overruled("the rollout was aborted");
    }
    if (!fence.stands(rollout)) {
      return Result.overruled("the pause ended before it could be held");
    }
    if (look.heldByUs()) {
      return rollout.settled()
          ? Result.inEffect("the pause is held")
          : Result.standing("the controller has not seen the hold yet");
    }
    return rollout.paused()
        ? Result.overruled(personsPause())
        : dueOrOverruled(ArgoWrites.HOLD, "");
  }
}
