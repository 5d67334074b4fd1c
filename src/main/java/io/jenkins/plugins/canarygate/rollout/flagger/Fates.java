package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import java.util.Optional;

/** What has become of the gate's revision. */
final class Fates {
  private final Look look;
  private final Landing landing;
  private final Failing failing;

  Fates(Look look) {
    this.look = look;
    this.landing = new Landing(look);
    this.failing = new Failing(look);
  }

  Landing landing() {
    return landing;
  }

  Failing failing() {
    return failing;
  }

  /**
   * The fate.
   *
   * @param tidying whether our decision is still to be taken away: the gate must not end before
   */
  Fate fate(boolean tidying) {
    if (!look.canary().gateable()) {
      return Fate.UNDER_WAY;
    }
    if (tidying) {
      return look.intends(Action.ABORT) ? Fate.TAKING_BACK : Fate.UNDER_WAY;
    }
    if (landing.landed()) {
      return Fate.LANDED;
    }
    if (failing.fate().isPresent()) {
      return failing.fate().get();
    }
    if (abortedByHand().isPresent()) {
      return Fate.TAKING_BACK;
    }
    // What was fenced and is neither landed nor failed is under way, or the drift says more.
    return look.current() || look.fence().isPresent() ? Fate.UNDER_WAY : Fate.UNTOUCHED;
  }

  /** An abort that this gate decided at another time, or a person by it, and that stands. */
  Optional<Decision> abortedByHand() {
    boolean asked = look.phase().analyses() || look.phase() == CanaryPhase.WAITING;
    boolean overridden =
        look.intends(Action.ABORT)
            || look.intent()
                .filter(i -> i.action() == Action.PROMOTE && !i.mayHaveArrived())
                .isPresent();
    return asked && !overridden && look.current()
        ? look.standing()
            .filter(decision -> decision.action() == Decision.Action.ABORT)
            .filter(decision -> decision.gate().equals(look.gateId()))
        : Optional.empty();
  }
}
