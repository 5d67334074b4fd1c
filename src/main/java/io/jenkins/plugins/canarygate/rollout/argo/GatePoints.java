package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the gate stands, and what keeps its point from coming (rules R3, AR2, AR3, AR8). */
final class GatePoints {
  private final Look look;
  private final RolloutStatus rollout;
  private final Strategy strategy;
  private final At at;

  GatePoints(Look look) {
    this.look = look;
    this.rollout = look.rollout();
    this.strategy = look.strategy();
    this.at = look.target().at();
  }

  /** The gate point, if the rollout waits there now. */
  Optional<GatePoint> point(Traffic traffic) {
    if (!look.ours().current()
        || !rollout.settled()
        || rollout.abort()
        || rollout.hash().equals(rollout.stable())) {
      return Optional.empty();
    }
    if (at.kind() == At.Kind.PROGRESSING) {
      Instant since = traffic.since().orElse(look.now());
      String text = "progressing, " + traffic.share().map(share -> share.text()).orElse("");
      return traffic.arrived()
          ? Optional.of(new GatePoint(text, rollout.step(), since, false))
          : Optional.empty();
    }
    Optional<Pause> pause = rollout.solePause();
    boolean timed = look.timedPause();
    if (pause.isEmpty() || (timed && !at.hold()) || !isMeant()) {
      return Optional.empty();
    }
    return Optional.of(new GatePoint(text(), rollout.step(), pause.get().since(), timed));
  }

  private boolean isMeant() {
    if (strategy.isBlueGreen()) {
      return at.kind() != At.Kind.STEP;
    }
    return at.kind() != At.Kind.STEP || at.step().equals(rollout.step());
  }

  private String text() {
    return strategy.isBlueGreen()
        ? "the pause before the switch"
        : "the pause at step " + rollout.step().orElse(0) + " of " + strategy.stepCount();
  }

  /** Why no gate point comes, or not yet; empty where the gate stands at it. */
  Optional<Obstacle> hindrance() {
    if (at.kind() == At.Kind.PROGRESSING || look.fence().isPresent()) {
      return Optional.empty();
    }
    if (strategy.isBlueGreen()) {
      return blueGreen();
    }
    if (at.kind() == At.Kind.STEP) {
      return step(at.step().getAsInt());
    }
    return nextPause();
  }

  private Optional<Obstacle> blueGreen() {
    if (at.kind() == At.Kind.STEP) {
      return missing("a blue/green Rollout has no steps: write at: {pause: next}");
    }
    if (strategy.waitsForPromotion()) {
      return Optional.empty();
    }
    if (strategy.autoPromotion().isEmpty()) {
      return never(
          "blue/green with autoPromotionEnabled unset or true switches at once: set"
              + " autoPromotionEnabled: false");
    }
    return at.hold()
        ? Optional.empty()
        : never(
            "blue/green promotes by itself after "
                + strategy.autoPromotion().get().toSeconds()
                + " s: set autoPromotionEnabled: false, or write hold: true in the gate file");
  }

  private Optional<Obstacle> step(int wanted) {
    if (strategy.stepCount() == 0) {
      return never("the canary has no steps, so nothing stops it: give it a pause step");
    }
    if (!strategy.isPause(wanted)) {
      return missing(
          "step "
              + wanted
              + (wanted < strategy.stepCount()
                  ? " is no pause"
                  : " does not exist: the canary has " + strategy.stepCount() + " steps, from 0"));
    }
    if (strategy.isTimed(wanted) && !at.hold()) {
      return missing(
          "the pause at step " + wanted + " ends by itself: write hold: true to hold it");
    }
    int now = rollout.step().orElse(0);
    if (!inProgress() || now == wanted) {
      return Optional.empty();
    }
    return Optional.of(
        now > wanted
            ? Obstacle.of(
                Obstacle.Kind.POINT_PASSED,
                "step " + wanted + " lies behind: the rollout is at step " + now)
            : Obstacle.of(
                Obstacle.Kind.WAIT,
                "waiting for the pause at step "
                    + wanted
                    + "; the rollout is at step "
                    + now
                    + (rollout.solePause().isPresent() ? ", where it waits for a person" : "")));
  }

  private Optional<Obstacle> nextPause() {
    if (strategy.stepCount() == 0) {
      return never("the canary has no steps, so nothing stops it: give it a pause step");
    }
    if (strategy.nextPause(0, at.hold()).isEmpty()) {
      return never(
          strategy.nextPause(0, true).isEmpty()
              ? "the canary has no pause step, so nothing stops it: give it one"
              : "every pause of the canary ends by itself: give it a pause without duration, or"
                  + " write hold: true in the gate file");
    }
    if (!inProgress()) {
      return Optional.empty();
    }
    int now = rollout.step().orElse(0);
    OptionalInt next = strategy.nextPause(now, at.hold());
    if (next.isEmpty()) {
      return Optional.of(
          Obstacle.of(
              Obstacle.Kind.POINT_PASSED,
              "the last pause lies behind: the rollout is at step "
                  + now
                  + " of "
                  + strategy.stepCount()));
    }
    return next.getAsInt() == now
        ? Optional.empty()
        : Optional.of(
            Obstacle.of(
                Obstacle.Kind.WAIT,
                "waiting for the pause at step "
                    + next.getAsInt()
                    + "; the rollout is at step "
                    + now));
  }

  /** Whether the gate's revision is on its way: before, its steps say nothing. */
  private boolean inProgress() {
    return look.ours().current()
        && rollout.settled()
        && !rollout.abort()
        && !rollout.hash().equals(rollout.stable());
  }

  private static Optional<Obstacle> never(String text) {
    return Optional.of(Obstacle.of(Obstacle.Kind.NEVER_PAUSES, text));
  }

  private static Optional<Obstacle> missing(String text) {
    return Optional.of(Obstacle.of(Obstacle.Kind.POINT_MISSING, text));
  }
}
