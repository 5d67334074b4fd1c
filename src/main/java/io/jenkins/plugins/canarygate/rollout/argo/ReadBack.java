package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a look shows of an intent (rules AR4 to AR9): the part that is common to all actions. */
abstract class ReadBack {
  /** How often a write is sent at most, overwritten or swallowed ones included (rule AR7). */
  static final int MOST_SENDS = 3;

  /** How long a write that went unanswered is given. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

  /**
   * What was read back.
   *
   * @param effect what it shows
   * @param text one line on it
   * @param due the write that is due
   * @param ours whether what moved since may be our own doing, so that it is no drift
   */
  record Result(Effect effect, String text, Optional<String> due, boolean ours) {
    static Result due(String what, String text) {
      return new Result(Effect.DUE, text, Optional.of(what), true);
    }

    static Result standing(String text) {
      return new Result(Effect.STANDING, text, Optional.empty(), true);
    }

    static Result inEffect(String text) {
      return new Result(Effect.IN_EFFECT, text, Optional.empty(), true);
    }

    static Result overruled(String text) {
      return new Result(Effect.OVERRULED, text, Optional.empty(), false);
    }

    /** Overruled, and what moved since did so because of our own writes (rule AR7). */
    static Result exhausted(String text) {
      return new Result(Effect.OVERRULED, text, Optional.empty(), true);
    }
  }

  final Look look;
  final RolloutStatus rollout;
  final Intent intent;
  final ArgoFence fence;

  ReadBack(Look look, Intent intent) {
    this.look = look;
    this.rollout = look.rollout();
    this.intent = intent;
    this.fence = new ArgoFence(intent.fence());
  }

  static ReadBack of(Look look, Intent intent, TakingBack takingBack) {
    return switch (intent.action()) {
      case PROMOTE -> new ReadBackOfPromote(look, intent);
      case PROMOTE_FULLY -> new ReadBackOfPromoteFully(look, intent);
      case ABORT -> new ReadBackOfAbort(look, intent, takingBack);
      case RETRY -> new ReadBackOfRetry(look, intent);
      case HOLD -> new ReadBackOfHold(look, intent);
      case PAUSE -> new ReadBackOfPause(look, intent);
      case LIFT -> new ReadBackOfLift(look, intent);
    };
  }

  final Result read() {
    if (!fence.sameObject(rollout)) {
      return Result.overruled("another object has the name now");
    }
    return readSame();
  }

  /** Reads an effect off the object that was fenced. */
  abstract Result readSame();

  /** How many of a write may have reached the server. */
  final long arrived(String what) {
    return intent.sends().stream()
        .filter(send -> send.what().equals(what) && send.mayHaveArrived())
        .count();
  }

  /** Whether the server has carried out a write for certain. */
  final boolean done(String what) {
    return intent.sends().stream()
        .anyMatch(send -> send.what().equals(what) && send.result() == Receipt.Result.DONE);
  }

  /**
   * Whether what is seen may be our doing. An intent without sends may have been sent by a process
   * that died before it could write so; one whose sends all came back unwritten was not.
   */
  final boolean maybeOurs() {
    return intent.sends().isEmpty() || intent.mayHaveArrived();
  }

  /** When the last write was sent that may have arrived. */
  final Instant lastSent() {
    return intent.sends().stream()
        .filter(Send::mayHaveArrived)
        .map(Send::at)
        .max(Instant::compareTo)
        .orElse(intent.at());
  }

  /** A write that went unanswered may be on its way: nobody says too early that it never came. */
  private boolean mayStillArrive() {
    boolean silent =
        intent.sends().stream()
            .reduce((before, after) -> after)
            .map(last -> last.result() == Receipt.Result.UNKNOWN)
            .orElse(false);
    return silent && look.question().now().isBefore(lastSent().plus(ON_ITS_WAY));
  }

  /** The write, unless it was refused or sent too often. */
  final Result dueOrOverruled(String what, String text) {
    boolean refused =
        intent.sends().stream()
            .anyMatch(send -> send.what().equals(what) && send.result() == Receipt.Result.REFUSED);
    if (refused) {
      return Result.overruled("the API server refused to " + what);
    }
    if (arrived(what) >= MOST_SENDS && mayStillArrive()) {
      return Result.standing("the last " + what + " was not answered; it may still arrive");
    }
    return arrived(what) >= MOST_SENDS
        ? Result.exhausted(what + " was sent " + MOST_SENDS + " times and never came into effect")
        : Result.due(what, text);
  }

  /** What has become of the fenced revision, if that settles the question; empty if not. */
  final Optional<String> revisionGone() {
    if (!fence.sameRevision(rollout)) {
      return Optional.of("revision " + rollout.hash() + " took its place");
    }
    return Optional.empty();
  }

  final boolean landed() {
    return fence.revision().equals(rollout.stable());
  }

  final String personsPause() {
    return look.heldByOther()
        .map(owner -> "it is held by gate " + owner)
        .orElse("spec.paused was set by another hand");
  }
}
