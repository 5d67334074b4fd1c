package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;
import java.util.Optional;

/** What became of a promote (rules FL4, FL5). */
final class ReadBackOfPromote extends ReadBack {
  ReadBackOfPromote(Look look, Intent intent, Fates fates) {
    super(look, intent, fates, Decision.Action.PROMOTE);
  }

  @Override
  Optional<Binding> bound() {
    return Optional.of(fence.binding());
  }

  @Override
  Result readSame() {
    if (fates.landing().landed()) {
      return tidied(Result.inEffect("it is promoted"));
    }
    if (fates.landing().copiedAnother().isPresent()) {
      return tidied(
          Result.overruled(
              "Flagger promoted something else than what was judged: "
                  + fates.landing().copiedAnother().get()));
    }
    Optional<Fate> failed = fates.failing().fate();
    if (failed.isPresent()) {
      return tidied(
          Result.overruled(
              failed.get() == Fate.TAKEN_BACK
                  ? "Flagger rolled it back"
                  : "it failed while it was being promoted"));
    }
    if (look.phase().promotes()) {
      return maybeOurs()
          ? tidied(Result.inEffect("Flagger promotes it"))
          : Result.overruled("another hand promoted it, before anything of ours was written");
    }
    if (!look.ours().inTarget()) {
      return tidied(Result.overruled("another revision took its place"));
    }
    if (!fence.waitsAsThen(look.status())) {
      return tidied(Result.overruled("the analysis began again, and is judged anew"));
    }
    if (look.canary().suspended() && !intent.mayHaveArrived()) {
      return Result.overruled("spec.suspend was set by another hand");
    }
    return keep(waiting());
  }

  private String waiting() {
    if (look.canary().suspended()) {
      return "spec.suspend is set: Flagger asks nothing until it is lifted";
    }
    if (HookAnswers.firstYesMayHaveBeenGiven(look.canary())) {
      return "Flagger has begun, and asks once more before it promotes";
    }
    boolean second = look.canary().analysis().strategy() != Analysis.Strategy.CANARY;
    return "Flagger has not taken it up: it asks "
        + (second ? "each second interval" : "each interval")
        + " of "
        + look.canary().analysis().interval().toSeconds()
        + " s, while primary and canary are ready, and every confirm-promotion hook must agree";
  }
}
