package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Whether each action may be sent now (rules AR6 to AR9, A4, A5, A7). */
final class Possible {
  private final Look look;
  private final RolloutStatus rollout;
  private final Drift drift;
  private final boolean atPoint;

  /**
   * @param drift how the rollout differs from the question's fence
   * @param atPoint whether the rollout waits at the point that the gate is for
   */
  Possible(Look look, Drift drift, boolean atPoint) {
    this.look = look;
    this.rollout = look.rollout();
    this.drift = drift;
    this.atPoint = atPoint;
  }

  Map<Action, Readiness> all() {
    Map<Action, Readiness> can = new EnumMap<>(Action.class);
    can.put(Action.LIFT, lift());
    Optional<Readiness> other = otherRevision();
    can.put(Action.PROMOTE, other.orElseGet(() -> promotion(PromoteConditions.of(look))));
    can.put(Action.PROMOTE_FULLY, other.orElseGet(this::promoteFully));
    can.put(Action.ABORT, other.orElseGet(this::abort));
    can.put(Action.PAUSE, other.orElseGet(this::pause));
    can.put(Action.HOLD, other.orElseGet(this::hold));
    can.put(Action.RETRY, other.orElseGet(this::retry));
    return can;
  }

  /** No action is for any revision but the gate's, and none for one that has landed. */
  private Optional<Readiness> otherRevision() {
    if (drift == Drift.GONE || drift == Drift.OTHER_REVISION || !look.ours().current()) {
      return Optional.of(
          Readiness.refused(
              "the current revision is "
                  + rollout.hash()
                  + look.ours().hash().map(hash -> ", not " + hash).orElse("")));
    }
    return rollout.hash().equals(rollout.stable())
        ? Optional.of(Readiness.done("it is the stable revision"))
        : Optional.empty();
  }

  private Readiness promotion(Readiness asItStands) {
    if (look.target().at().kind() == At.Kind.PROGRESSING) {
      return Readiness.refused("a gate at progressing never promotes");
    }
    return switch (drift) {
      case MOVED_ON -> Readiness.done("the rollout has gone on");
      case BEGAN_AGAIN -> Readiness.refused("it began again and must be judged anew");
      default ->
          look.fence().isEmpty() && !atPoint && asItStands.state() == Readiness.State.READY
              ? Readiness.waitFor("the rollout does not wait at the gate's point")
              : asItStands;
    };
  }

  private Readiness promoteFully() {
    return rollout.promoteFull() && !look.heldByUs()
        ? Readiness.done("promoteFull is set")
        : promotion(PromoteConditions.atGatePoint(look));
  }

  private Readiness abort() {
    if (rollout.abort()) {
      return Readiness.done("an abort has been asked");
    }
    return rollout.promoteFull()
        ? Readiness.refused("promoteFull is set: the controller ignores aborts")
        : Readiness.READY;
  }

  private Readiness pause() {
    if (rollout.abort()) {
      return Readiness.refused("the rollout is aborted");
    }
    if (rollout.paused()) {
      return Readiness.done("spec.paused is set");
    }
    if (rollout.solePause().isPresent() && !look.timedPause()) {
      return Readiness.done("it waits at an indefinite pause");
    }
    return rollout.settled()
        ? Readiness.READY
        : Readiness.waitFor("the controller has not seen the Rollout as it is written");
  }

  private Readiness hold() {
    if (look.heldByUs()) {
      return Readiness.done("it is held");
    }
    if (look.heldByOther().isPresent()) {
      return Readiness.refused(
          "gate " + look.heldByOther().get() + " holds it", Commands.liftHold(look.target()));
    }
    if (rollout.abort()) {
      return Readiness.refused("the rollout is aborted");
    }
    if (rollout.solePause().isEmpty() || !rollout.settled()) {
      return Readiness.waitFor("there is no pause to hold yet");
    }
    if (!look.timedPause()) {
      return Readiness.done("the pause does not end by itself");
    }
    return look.pausedByPerson()
        ? Readiness.waitFor("a person paused it: that pause stays a person's")
        : Readiness.READY;
  }

  /** Our hold may be lifted whatever has become of the revision, but not before an abort is. */
  private Readiness lift() {
    if (!look.heldByUs()) {
      return Readiness.done("no hold of ours stands");
    }
    return rollout.abort() && rollout.abortedAt().isEmpty()
        ? Readiness.waitFor("the controller has not taken up the abort")
        : Readiness.READY;
  }

  private Readiness retry() {
    if (!rollout.abort()) {
      return Readiness.refused("it is not aborted");
    }
    return rollout.settled()
        ? Readiness.READY
        : Readiness.waitFor("the controller has not seen the Rollout as it is written");
  }
}
