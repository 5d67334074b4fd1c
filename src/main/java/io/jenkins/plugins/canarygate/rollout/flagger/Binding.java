package io.jenkins.plugins.canarygate.rollout.flagger;

import java.util.Optional;

/**
 * What a decision is for (rule FL1): nothing that Flagger would roll out differs from it.
 *
 * @param uid the Canary's uid
 * @param lastAppliedSpec {@code status.lastAppliedSpec}, an opaque text that is only ever compared
 *     with itself; empty before the first one
 * @param trackedConfigs the digest of {@code status.trackedConfigs}, see {@link
 *     CanaryStatus#trackedConfigs}
 * @param template the {@link TemplateDigest} of the target
 */
public record Binding(String uid, String lastAppliedSpec, String trackedConfigs, String template) {

  /** What a decision made now would be bound to. */
  public static Binding of(CanaryView canary, TargetView target) {
    CanaryStatus status = canary.status();
    return new Binding(
        canary.uid(), status.lastAppliedSpec(), status.trackedConfigs(), target.templateDigest());
  }

  /**
   * How this differs from what is there now, in one line; empty where it fits.
   *
   * @param live what is there now
   */
  public Optional<String> mismatch(Binding live) {
    return lastAppliedSpec.equals(live.lastAppliedSpec)
        ? mismatchButForLastApplied(live)
        : Optional.of(
            "it is for lastAppliedSpec "
                + lastAppliedSpec
                + ", and Flagger analyses "
                + (live.lastAppliedSpec.isEmpty() ? "none" : live.lastAppliedSpec));
  }

  /** As {@link #mismatch}, where lastAppliedSpec is still the revision's before (rule FL7). */
  public Optional<String> mismatchButForLastApplied(Binding live) {
    if (!uid.equals(live.uid)) {
      return Optional.of("it is for another Canary of this name");
    }
    if (!template.equals(live.template)) {
      return Optional.of("the target's pod template has changed since");
    }
    return trackedConfigs.equals(live.trackedConfigs)
        ? Optional.empty()
        : Optional.of("a ConfigMap or Secret of the target has changed since");
  }
}
