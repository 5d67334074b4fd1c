package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Intent;

/** What became of a pause by {@code spec.paused} (rule A5). */
final class ReadBackOfPause extends ReadBack {
  ReadBackOfPause(Look look, Intent intent) {
    super(look, intent);
  }

  @Override
  Result readSame() {
    if (landed()) {
      return Result.overruled("it landed before it could be paused");
    }
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (rollout.abort()) {
      return Result.overruled("the rollout was aborted");
    }
    if (rollout.paused()) {
      return rollout.settled()
          ? Result.inEffect(look.heldByUs() ? "the rollout is paused" : personsPause())
          : Result.standing("the controller has not seen the pause yet");
    }
    return dueOrOverruled(ArgoWrites.PAUSE, "");
  }
}
