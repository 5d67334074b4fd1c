package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Schedule;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds what was asked of a gate; what a test does not say is the gate file's default. */
final class GateSpecs {
  static final String ERRORS = "error rate";
  static final String IMAGE = "registry.example/checkout:2";

  private Mode mode = Mode.RUN;
  private At at = At.nextPause();
  private RevisionAsked revision = RevisionAsked.image(IMAGE);
  private boolean needsRollout;
  private List<Check> checks = List.of(check(ERRORS));
  private Policy policy = Policy.DEFAULT;
  private Timeouts timeouts = Timeouts.DEFAULT;
  private boolean announce;
  private Optional<ByHand> byHand = Optional.empty();

  static GateSpecs gate() {
    return new GateSpecs();
  }

  /** Measured once; above 1 % is bad, above 0.5 % doubtful. */
  static Check check(String name) {
    return check(name, new Schedule(Duration.ZERO, Duration.ofMinutes(1), 1, 0, 0, 4), false);
  }

  static Check check(String name, int count) {
    return check(name, new Schedule(Duration.ZERO, Duration.ofMinutes(1), count, 0, 0, 4), false);
  }

  static Check optional(String name) {
    return check(name, new Schedule(Duration.ZERO, Duration.ofMinutes(1), 1, 0, 0, 4), true);
  }

  private static Check check(String name, Schedule schedule, boolean optional) {
    Criteria criteria =
        new Criteria(
            List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse("> 1%"))),
            List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse("> 0.5%"))),
            List.of());
    return new Check(
        name,
        "scripted",
        criteria,
        schedule,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        1,
        false,
        optional,
        false);
  }

  GateSpecs mode(Mode other) {
    mode = other;
    return this;
  }

  GateSpecs at(At other) {
    at = other;
    return this;
  }

  GateSpecs anyRevision() {
    revision = RevisionAsked.any();
    return this;
  }

  GateSpecs needsRollout() {
    needsRollout = true;
    return this;
  }

  GateSpecs checks(Check... some) {
    checks = List.of(some);
    return this;
  }

  GateSpecs onPass(Reaction reaction) {
    return policy(Verdict.PASS, reaction);
  }

  GateSpecs onWarn(Reaction reaction) {
    return policy(Verdict.WARN, reaction);
  }

  GateSpecs onFail(Reaction reaction) {
    return policy(Verdict.FAIL, reaction);
  }

  GateSpecs onInconclusive(Reaction reaction) {
    return policy(Verdict.INCONCLUSIVE, reaction);
  }

  GateSpecs onTimeout(Reaction reaction) {
    return policy(Verdict.TIMEOUT, reaction);
  }

  GateSpecs onCancel(Reaction reaction) {
    return policy(Verdict.CANCELLED, reaction);
  }

  /** The same reaction on each of the three verdicts that rule D8 is about. */
  GateSpecs onDoubt(Reaction reaction) {
    return onInconclusive(reaction).onTimeout(reaction).onCancel(reaction);
  }

  private GateSpecs policy(Verdict verdict, Reaction reaction) {
    policy =
        new Policy(
            verdict == Verdict.PASS ? reaction : policy.onPass(),
            verdict == Verdict.WARN ? reaction : policy.onWarn(),
            verdict == Verdict.FAIL ? reaction : policy.onFail(),
            verdict == Verdict.INCONCLUSIVE ? reaction : policy.onInconclusive(),
            verdict == Verdict.TIMEOUT ? reaction : policy.onTimeout(),
            verdict == Verdict.CANCELLED ? reaction : policy.onCancel(),
            policy.onNotGatedPass());
    return this;
  }

  GateSpecs onNotGatedPass() {
    policy =
        new Policy(
            policy.onPass(),
            policy.onWarn(),
            policy.onFail(),
            policy.onInconclusive(),
            policy.onTimeout(),
            policy.onCancel(),
            true);
    return this;
  }

  GateSpecs timeouts(Duration start, Duration total) {
    timeouts = new Timeouts(start, total);
    return this;
  }

  GateSpecs announced() {
    announce = true;
    return this;
  }

  GateSpecs byHand(Action action) {
    mode = Mode.BY_HAND;
    byHand = Optional.of(new ByHand(action, "ada", "seen the graphs"));
    return this;
  }

  GateSpec build() {
    return new GateSpec(
        "checkout",
        "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
        Map.of("image", IMAGE),
        mode,
        new Target("Rollout", Optional.empty(), "shop", "checkout", revision, at),
        needsRollout,
        checks,
        Optional.empty(),
        policy,
        timeouts,
        announce,
        byHand,
        new HandCommands(
            "canary-gate promote gate.yaml --reason …", "canary-gate abort gate.yaml --reason …"));
  }
}
