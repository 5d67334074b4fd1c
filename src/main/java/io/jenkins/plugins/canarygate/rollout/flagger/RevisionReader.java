package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.util.Optional;

/** Whether what the target holds is the gate's revision (rules R1, D6, FL1). */
final class RevisionReader {
  /**
   * What came of it.
   *
   * @param inTarget whether the target holds it
   * @param takenUp whether Flagger is known to analyse what the target holds
   * @param replaced whether it was on its way, and another one took its place
   * @param waiting what is there instead, where it is not there; empty where it is
   */
  record Ours(boolean inTarget, boolean takenUp, boolean replaced, String waiting) {}

  private final RevisionAsked asked;

  RevisionReader(RevisionAsked asked) {
    this.asked = asked;
  }

  /** Finds the gate's revision, and notes it. */
  Ours read(CanaryView canary, Optional<TargetView> target, Optional<Fence> fence, Notes notes) {
    if (target.isEmpty()) {
      return new Ours(false, false, notes.ours().isPresent(), missing(canary));
    }
    CanaryStatus status = canary.status();
    String template = target.get().templateDigest();
    boolean takenUp =
        notes.takenUp(
            status.lastAppliedSpec(),
            template,
            status.phase().analyses(),
            status.lastTransition().map(Object::toString).orElse(""));
    boolean ours =
        fence.isPresent()
            ? new FlaggerFence(fence.get()).holds(canary, template)
            : isOurs(canary, target.get(), template, notes);
    if (ours && onItsWay(status.phase())) {
      notes.ours(OurRevision.of(canary, target.get()));
    }
    boolean replaced = !ours && notes.ours().isPresent();
    return new Ours(ours, takenUp, replaced, ours ? "" : instead(canary, target.get()));
  }

  /** Whether Flagger is about to make something else the primary, the first one included. */
  static boolean onItsWay(CanaryPhase phase) {
    return phase.analyses()
        || phase.promotes()
        || phase == CanaryPhase.WAITING
        || phase == CanaryPhase.INITIALIZING;
  }

  private boolean isOurs(CanaryView canary, TargetView target, String template, Notes notes) {
    if (!asked.isAny()) {
      // Before the fence the image decides: a change of anything else makes a new revision of ours.
      return Images.match(asked, target.images());
    }
    CanaryPhase phase = canary.status().phase();
    if (notes.ours().isEmpty()) {
      // What rests at the first look is old; what is on its way is the one to judge (rule D6).
      return onItsWay(phase);
    }
    OurRevision ours = notes.ours().get();
    boolean sameConfigs =
        !phase.analyses()
            || ours.configs().isEmpty()
            || ours.configs().equals(canary.status().trackedConfigs());
    return ours.template().equals(template) && sameConfigs;
  }

  /** What Flagger rolls out now, or what the target holds before it is taken up. */
  static Optional<Revision> current(CanaryView canary, Optional<TargetView> target) {
    return target.map(
        held -> {
          CanaryStatus status = canary.status();
          boolean applied = status.phase().analyses() || status.phase().promotes();
          String id =
              applied && !status.lastAppliedSpec().isEmpty()
                  ? status.lastAppliedSpec()
                  : "template " + held.templateDigest().substring(7, 17);
          return new Revision(id, Images.text(held));
        });
  }

  private String missing(CanaryView canary) {
    return "waiting for "
        + asked
        + ": there is no "
        + canary.targetKind()
        + " "
        + canary.targetName()
        + ", which spec.targetRef names";
  }

  private String instead(CanaryView canary, TargetView target) {
    if (asked.isAny()) {
      return "waiting for another revision than " + Images.text(target) + ", which was there";
    }
    return "waiting for "
        + asked
        + ": "
        + canary.targetKind()
        + " "
        + canary.targetName()
        + " holds "
        + Images.text(target)
        + Images.hint(asked, target.images());
  }
}
