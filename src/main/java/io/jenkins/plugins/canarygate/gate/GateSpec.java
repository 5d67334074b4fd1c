package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of a gate, in terms that know no controller and no vendor.
 *
 * @param name the gate's name
 * @param digest tells this gate file with these parameters from any other, SHA-256 in hex (rule S1)
 * @param parameters what varies from run to run; never a secret
 * @param mode how much of the job is done
 * @param target the rollout
 * @param needsRollout whether a check needs to look at the rollout to be measured
 * @param checks what is looked at
 * @param score when weights decide; empty: the worst check does (rule D1)
 * @param policy what is done on each verdict
 * @param timeouts how long it may take
 * @param announce whether an observability service is told
 * @param byHand what a person decided, with {@link Mode#BY_HAND}
 * @param commands how a person promotes or aborts what is left
 */
public record GateSpec(
    String name,
    String digest,
    Map<String, String> parameters,
    Mode mode,
    Target target,
    boolean needsRollout,
    List<Check> checks,
    Optional<ScoreTargets> score,
    Policy policy,
    Timeouts timeouts,
    boolean announce,
    Optional<ByHand> byHand,
    HandCommands commands) {
  public GateSpec {
    parameters = Map.copyOf(parameters);
    checks = List.copyOf(checks);
  }

  /** The same gate, done otherwise. */
  public GateSpec with(Mode other) {
    return new GateSpec(
        name,
        digest,
        parameters,
        other,
        target,
        needsRollout,
        checks,
        score,
        policy,
        timeouts,
        announce,
        byHand,
        commands);
  }

  public GateSpec with(ByHand decision) {
    return new GateSpec(
        name,
        digest,
        parameters,
        Mode.BY_HAND,
        target,
        needsRollout,
        checks,
        score,
        policy,
        timeouts,
        announce,
        Optional.of(decision),
        commands);
  }

  public GateSpec with(HandCommands how) {
    return new GateSpec(
        name,
        digest,
        parameters,
        mode,
        target,
        needsRollout,
        checks,
        score,
        policy,
        timeouts,
        announce,
        byHand,
        how);
  }

  /**
   * Whose hold a hold is: the same gate file with the same parameters, in whichever run, so that a
   * later run or a person's promote can lift what an earlier one left.
   */
  public String gateId() {
    return name.replaceAll("[^A-Za-z0-9_.-]", "-")
        + "."
        + digest.substring(0, Math.min(12, digest.length()));
  }

  public Check check(String checkName) {
    return checks.stream()
        .filter(check -> check.name().equals(checkName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no check is called " + checkName));
  }
}
