package io.jenkins.plugins.canarygate.rollout.argo;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.time.Instant;
import java.util.Optional;

/** Whether and since when the revision gets traffic, and how much (rules M5, AR3). */
final class Traffic {
  private final Look look;
  private final RolloutStatus rollout;
  private final Optional<Instant> since;

  Traffic(Look look) {
    this.look = look;
    this.rollout = look.rollout();
    this.since = readSince();
  }

  /** Whether the canary has pods that get traffic, of users or, in blue/green, of the preview. */
  boolean arrived() {
    if (!look.ours().current()) {
      return false;
    }
    if (look.strategy().isBlueGreen()) {
      return rollout.previewSelector().equals(rollout.hash()) && canaryPods() > 0;
    }
    if (look.strategy().routed()) {
      return rollout.canaryWeight().orElse(0) > 0;
    }
    return canaryPods() > 0;
  }

  private int canaryPods() {
    return look.currentSet().map(ReplicaSetView::available).orElse(0);
  }

  Optional<Instant> since() {
    return since;
  }

  /**
   * The start of the pause, or earlier if the gate itself saw that weight arrive. At {@code
   * progressing} it is the first weight that counts, at a pause the one that holds there.
   */
  private Optional<Instant> readSince() {
    if (!look.ours().current()) {
      return Optional.empty();
    }
    Optional<Instant> pause = rollout.gatePause().map(Pause::since);
    boolean first = look.target().at().kind() == At.Kind.PROGRESSING;
    int meant =
        look.strategy().isBlueGreen() ? 0 : look.strategy().weightAt(rollout.step().orElse(0));
    boolean there = arrived() && (first || reached(meant));
    if (!there) {
      // A canary by headers has no weight: at its pause, the pause tells.
      return pause;
    }
    String key = rollout.hash() + (first ? "" : " at " + meant);
    Instant seen = look.notes().trafficSince(key, look.now());
    return Optional.of(pause.filter(start -> start.isBefore(seen)).orElse(seen));
  }

  private boolean reached(int weight) {
    if (look.strategy().isBlueGreen() || !look.strategy().routed()) {
      return true;
    }
    return (rollout.canaryWeight().orElse(-1) == weight && !rollout.unverified());
  }

  /** How much the gate's revision serves; empty where it is neither current nor stable. */
  Optional<Share> share() {
    if (look.ours().is(rollout.stable())) {
      return Optional.of(new Share("all traffic", true, Optional.empty()));
    }
    if (!look.ours().current()) {
      return Optional.empty();
    }
    if (look.strategy().isBlueGreen()) {
      return Optional.of(
          rollout.activeSelector().equals(rollout.hash())
              ? new Share("all traffic, not yet stable", true, since)
              : new Share("no users, only the preview", false, since));
    }
    if (look.strategy().routed()) {
      int weight = rollout.canaryWeight().orElse(0);
      return Optional.of(new Share(weight + " %", weight > 0, since));
    }
    int pods = canaryPods();
    int all = Math.max(pods, rollout.availableReplicas());
    return Optional.of(new Share(pods + " of " + all + " pods", pods > 0, since));
  }
}
