package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fate;
import java.util.Map;
import java.util.Optional;

/** What a phase Failed means for the gate's revision: not always that it was taken back (FL5). */
final class Failing {
  private final Look look;
  private final Optional<Fate> fate;

  Failing(Look look) {
    this.look = look;
    if (look.phase() == CanaryPhase.FAILED) {
      this.fate =
          isOurs()
              ? Optional.of(serves() ? Fate.FAILED_SERVING : Fate.TAKEN_BACK)
              : Optional.empty();
    } else {
      look.notes().notFailed();
      this.fate = Optional.empty();
    }
  }

  /** The fate that follows; empty where nothing of ours has failed. */
  Optional<Fate> fate() {
    return fate;
  }

  /**
   * Whether it is our revision that failed. A fence, or a look that showed it on its way, was
   * before; whatever is Failed at the first look is another's until Flagger had two ticks to see
   * ours in the target (rule FL6).
   */
  private boolean isOurs() {
    if (look.fence().isPresent()) {
      return true;
    }
    if (!look.ours().inTarget()) {
      return false;
    }
    if (look.notes().ours().isPresent()) {
      return true;
    }
    return look.notes()
        .stillFailed(
            look.workload().map(TargetView::templateDigest).orElse(""),
            look.status().lastTransition().map(Object::toString).orElse(""));
  }

  /** Whether the revision serves in spite of it: by the canary, or copied to the primary. */
  private boolean serves() {
    return look.status().canaryWeight() > 0 || overwritten();
  }

  /** Whether the primary had been overwritten before it failed: then it serves the revision. */
  private boolean overwritten() {
    Optional<String> before =
        look.fence().flatMap(FlaggerFence::primary).or(() -> look.notes().primary());
    Map<String, String> images =
        look.fence()
            .map(FlaggerFence::images)
            .or(() -> look.notes().ours().map(OurRevision::images))
            .orElse(Map.of());
    return look.primary()
        .filter(primary -> before.isPresent() && !primary.templateDigest().equals(before.get()))
        .filter(primary -> primary.allImages().equals(images))
        .isPresent();
  }

  /** Who serves what failed, for a person. */
  String whoServes() {
    if (look.status().canaryWeight() == 0) {
      return "all traffic, as the primary, which had been overwritten before it failed";
    }
    return look.canary()
        .provider()
        .map(
            provider ->
                provider.equals("kubernetes")
                    ? "all traffic, as the primary, which is not ready"
                    : "all traffic, as the canary: the primary is not ready")
        .orElse(
            "all traffic: as the canary where there is a router, otherwise as the primary, which is"
                + " not ready");
  }
}
