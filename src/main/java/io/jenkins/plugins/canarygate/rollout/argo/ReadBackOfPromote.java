package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.time.Duration;
import java.util.Optional;

/** What became of a promote (rules A3, AR6, AR7, AR8). */
final class ReadBackOfPromote extends ReadBack {
  /** A pause that began again so long after our patch is the controller's answer to it. */
  private static final Duration SWALLOWED_WITHIN = Duration.ofSeconds(60);

  private final boolean left;

  ReadBackOfPromote(Look look, Intent intent) {
    super(look, intent);
    boolean leftNow = rollout.abort() || !fence.sameRevision(rollout) || !fence.sameStep(rollout);
    this.left = look.notes().leftSince(intent.at().toString(), leftNow);
  }

  @Override
  Result readSame() {
    if (landed()) {
      return Result.inEffect("it is the stable revision");
    }
    if (revisionGone().isPresent()) {
      return Result.overruled(revisionGone().get());
    }
    if (rollout.abort()) {
      return Result.overruled("the rollout was aborted");
    }
    if (!fence.sameSteps(rollout)) {
      return Result.overruled("the steps were edited");
    }
    Optional<String> wentOn = wentOn();
    if (wentOn.isPresent()) {
      return maybeOurs()
          ? Result.inEffect(wentOn.get())
          : Result.overruled(
              wentOn.get() + " by another hand, before anything of ours was written");
    }
    if (!fence.sameStep(rollout)) {
      return Result.overruled("the rollout began again at step " + rollout.step().orElse(0));
    }
    Optional<Pause> pause = fence.pause(rollout);
    if (pause.isEmpty()) {
      return pauseGone();
    }
    return pause.get().startTime().equals(fence.startTime())
        ? pauseStands()
        : pauseBeganAgain(pause.get());
  }

  private Optional<String> wentOn() {
    if (look.strategy().isBlueGreen()) {
      if (rollout.activeSelector().equals(rollout.hash())) {
        return Optional.of("the active service was switched");
      }
      return rollout.previewScaledUp()
          ? Optional.of("the pause has ended and the preview is scaled up")
          : Optional.empty();
    }
    return fence.laterStep(rollout)
        ? Optional.of("the rollout went on to step " + rollout.step().getAsInt())
        : Optional.empty();
  }

  private Result pauseGone() {
    if (!maybeOurs()) {
      return Result.overruled("another hand promoted it, before anything of ours was written");
    }
    if (rollout.paused()) {
      return Result.standing(
          "the promote stands, but " + personsPause() + ": the step pauses anew when it is lifted");
    }
    return Result.standing(
        rollout.controllerPause()
            ? "the promote stands; the controller has not taken it up"
            : "the pause has ended; the rollout has not gone on yet");
  }

  private Result pauseStands() {
    if (rollout.inconclusive().isPresent()) {
      return Result.overruled(
          rollout.inconclusive().get().reason() + " paused it too: it is not promoted past that");
    }
    if (look.heldByUs()) {
      return dueOrOverruled(ArgoWrites.LIFT, "our hold is lifted first");
    }
    if (rollout.paused()) {
      return intent.mayHaveArrived()
          ? Result.standing(personsPause() + ": nothing is sent until it is lifted")
          : Result.overruled(personsPause());
    }
    if (look.strategy().isBlueGreen() && look.timedPause()) {
      return Result.standing("lifted: the controller promotes it by itself now");
    }
    Readiness ready = PromoteConditions.of(look);
    if (ready.state() != Readiness.State.READY) {
      return Result.standing(ready.why());
    }
    return dueOrOverruled(
        ArgoWrites.PROMOTE,
        arrived(ArgoWrites.PROMOTE) == 0 ? "" : "overwritten from a stale copy");
  }

  private Result pauseBeganAgain(Pause pause) {
    if (!maybeOurs() || left) {
      return Result.overruled("the pause began again, and not because of our promote");
    }
    if (pause.since().isAfter(lastSent().plus(SWALLOWED_WITHIN))) {
      return Result.overruled("the pause began again, long after our promote");
    }
    if (rollout.inconclusive().isPresent()) {
      return Result.overruled(
          rollout.inconclusive().get().reason() + " paused it too: it is not promoted past that");
    }
    Result again = dueOrOverruled(ArgoWrites.PROMOTE, "");
    if (again.effect() == Effect.OVERRULED) {
      return again;
    }
    boolean now = PromoteConditions.of(look).state() == Readiness.State.READY;
    return new Result(
        Effect.SWALLOWED,
        "the controller swallowed the promote and paused again",
        now ? Optional.of(ArgoWrites.PROMOTE) : Optional.empty(),
        true);
  }
}
