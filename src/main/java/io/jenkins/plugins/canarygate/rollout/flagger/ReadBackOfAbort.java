package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;
import java.util.Optional;

/** What became of an abort (rules A4, FL4, FL5). */
final class ReadBackOfAbort extends ReadBack {
  ReadBackOfAbort(Look look, Intent intent, Fates fates) {
    super(look, intent, fates, Decision.Action.ABORT);
  }

  /** As it is now: an abort is of the target's content, whenever Flagger takes that up anew. */
  @Override
  Optional<Binding> bound() {
    return look.live();
  }

  @Override
  Result readSame() {
    Optional<Fate> failed = fates.failing().fate();
    if (failed.isPresent()) {
      return tidied(
          failed.get() == Fate.TAKEN_BACK
              ? Result.inEffect("Flagger rolled it back")
              : Result.overruled("it failed while it was being promoted, and serves"));
    }
    if (look.phase().promotes() || look.phase().rests()) {
      return tidied(
          Result.overruled(
              "Flagger went on to promote: there it asks no rollback hook, and no abort is"
                  + " possible"));
    }
    if (!look.ours().inTarget()) {
      return tidied(Result.overruled("another revision took its place"));
    }
    return keep(waiting());
  }

  private String waiting() {
    if (look.canary().suspended()) {
      return "spec.suspend is set: Flagger asks nothing, rollback hooks included, until it is"
          + " lifted";
    }
    if (look.phase() == CanaryPhase.WAITING) {
      return "Flagger waits to begin: the abort keeps it from beginning while it stands";
    }
    return "Flagger has not taken it up: it asks rollback hooks each interval of "
        + look.canary().analysis().interval().toSeconds()
        + " s, while primary and canary are ready";
  }
}
