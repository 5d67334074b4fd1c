package io.jenkins.plugins.canarygate.rollout.flagger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whether the gate's revision is what serves everybody (rules R4, FL5, FL6). */
final class Landing {
  /** In so many intervals Flagger would have seen a change. */
  private static final int TICKS = 2;

  private final Look look;
  private final CanaryStatus status;
  private final boolean noted;
  private final Optional<String> difference;

  Landing(Look look) {
    this.look = look;
    this.status = look.status();
    this.noted = noted();
    this.difference = noted ? difference(judged()) : Optional.empty();
  }

  /** Whether it has landed: Flagger says so, and the primary has what was judged. */
  boolean landed() {
    return (noted && difference.isEmpty()) || alreadyStable();
  }

  /** How what Flagger copied differs from what was judged; empty while it does not. */
  Optional<String> copiedAnother() {
    return difference;
  }

  /** Whether Flagger has written down that our revision was promoted. */
  private boolean noted() {
    if (look.fence().isPresent()) {
      return look.fence().get().promoted(status);
    }
    Optional<OurRevision> ours = look.notes().ours();
    return ours.isPresent()
        && (ours.get().noted(status) || (status.phase().rests() && look.ours().inTarget()));
  }

  private Map<String, String> judged() {
    return look.fence()
        .map(FlaggerFence::images)
        .or(() -> look.notes().ours().map(OurRevision::images))
        .orElse(Map.of());
  }

  private Optional<String> difference(Map<String, String> judged) {
    String name = look.canary().primaryName();
    return look.primary().isEmpty()
        ? Optional.of("there is no " + look.canary().targetKind() + " " + name)
        : Images.difference(judged, look.primary().get(), name);
  }

  /** At rest, target and primary alike, and nothing moves for two ticks: nothing is coming. */
  private boolean alreadyStable() {
    return looksStable() && !look.canary().suspended() && !look.now().isBefore(stableAt());
  }

  private boolean looksStable() {
    boolean rests =
        look.fence().isEmpty()
            && look.notes().ours().isEmpty()
            && status.phase().rests()
            && look.ours().inTarget()
            && look.primary()
                .filter(primary -> Images.match(look.target().revision(), primary.images()))
                .isPresent();
    if (!rests) {
      look.notes().restless();
    }
    return rests;
  }

  private Instant stableAt() {
    String all =
        status.lastAppliedSpec()
            + look.workload().map(TargetView::templateDigest).orElse("")
            + look.primary().map(TargetView::templateDigest).orElse("")
            + status.trackedConfigs();
    return look.notes()
        .restsSince(all, look.now())
        .plus(look.canary().analysis().interval().multipliedBy(TICKS));
  }

  /** How long until it counts as stable; empty where it does not look so. */
  Optional<Duration> stableIn() {
    return looksStable() ? Optional.of(Duration.between(look.now(), stableAt())) : Optional.empty();
  }
}
