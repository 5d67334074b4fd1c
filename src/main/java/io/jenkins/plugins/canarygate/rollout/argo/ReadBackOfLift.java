package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Intent;

/** What became of lifting our own hold (rule AR8). */
final class ReadBackOfLift extends ReadBack {
  ReadBackOfLift(Look look, Intent intent) {
    super(look, intent);
  }

  @Override
  Result readSame() {
    if (look.heldByUs()) {
      return dueOrOverruled(ArgoWrites.LIFT, "");
    }
    return rollout.settled()
        ? Result.inEffect("the hold is lifted")
        : Result.standing("the controller has not seen the lift yet");
  }
}
