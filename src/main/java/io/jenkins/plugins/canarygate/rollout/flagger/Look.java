package io.jenkins.plugins.canarygate.rollout.flagger;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Instant;
import java.util.Optional;

/**
 * One look: what was asked, and what was read.
 *
 * @param target the Canary, and what of it
 * @param gateId whose decision ours is
 * @param question what the engine asked
 * @param canary the object
 * @param workload what it rolls out; empty if it is not there
 * @param primary the copy that serves users; empty if it is not there or was not read
 * @param ours the gate's revision
 * @param notes what is remembered, to be added to
 */
record Look(
    Target target,
    String gateId,
    Question question,
    CanaryView canary,
    Optional<TargetView> workload,
    Optional<TargetView> primary,
    RevisionReader.Ours ours,
    Notes notes) {
  Instant now() {
    return question.now();
  }

  CanaryStatus status() {
    return canary.status();
  }

  CanaryPhase phase() {
    return canary.status().phase();
  }

  Optional<FlaggerFence> fence() {
    return question.fence().map(FlaggerFence::new);
  }

  Optional<Intent> intent() {
    return question.intent();
  }

  boolean intends(Action action) {
    return intent().filter(intent -> intent.action() == action).isPresent();
  }

  /** Where the gate stands. */
  At.Kind at() {
    return target.at().kind();
  }

  /** What a decision made now would be bound to. */
  Optional<Binding> live() {
    return workload.map(held -> Binding.of(canary, held));
  }

  /** How far the analysis has come, as {@link Analysis#progress}, unless its weight is no truth. */
  Optional<String> progress() {
    boolean weighted = canary.analysis().strategy() == Analysis.Strategy.CANARY;
    return weighted && notes.leftTraffic() && phase() == CanaryPhase.PROGRESSING
        ? Optional.of("weight not known")
        : canary.analysis().progress();
  }

  /** Whether the gate's revision is on its way, the first deploy included. */
  boolean current() {
    return ours.inTarget() && RevisionReader.onItsWay(phase());
  }

  /** What stands in the annotation. */
  DecisionNote note() {
    return DecisionNote.of(canary);
  }

  /** A decision, by whomever, that Flagger is told now. */
  Optional<Decision> standing() {
    return live().flatMap(there -> note().fitting(there)).filter(d -> !d.expired(now()));
  }

  /** Another gate's decision about this revision (rule A8). */
  Optional<Decision> decidedByOther() {
    return standing().filter(decision -> !decision.gate().equals(gateId));
  }
}
