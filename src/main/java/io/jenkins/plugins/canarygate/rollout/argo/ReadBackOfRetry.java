package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Intent;

/** What became of a retry (rule A7). */
final class ReadBackOfRetry extends ReadBack {
  ReadBackOfRetry(Look look, Intent intent) {
    super(look, intent);
  }

  @Override
  Result readSame() {
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (!rollout.abort()) {
      return rollout.abortedAt().isPresent()
          ? Result.standing("the abort is cleared; the controller has not taken it up")
          : Result.inEffect("the abort is cleared and the revision is tried again");
    }
    boolean same = rollout.abortedAt().orElse("").equals(fence.abortedAt());
    if (arrived(ArgoWrites.RETRY) > 0 && !same) {
      return Result.overruled("it was aborted again");
    }
    return dueOrOverruled(ArgoWrites.RETRY, "");
  }
}
