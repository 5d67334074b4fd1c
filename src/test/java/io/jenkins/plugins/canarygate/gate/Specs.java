package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Gates of which only the checks and the score matter: none acts on any verdict. */
final class Specs {
  private static final Policy NO_ACTION =
      new Policy(
          Reaction.NONE,
          Reaction.NONE,
          Reaction.NONE,
          Reaction.NONE,
          Reaction.NONE,
          Reaction.NONE,
          false);

  private Specs() {}

  /** A gate at the next pause; {@code score} may be null. */
  static GateSpec of(ScoreTargets score, ACheck... checks) {
    return new GateSpec(
        "checkout",
        "0123456789abcdef",
        Map.of(),
        Mode.RUN,
        new Target(
            "Rollout", Optional.empty(), "shop", "checkout", RevisionAsked.any(), At.nextPause()),
        true,
        Arrays.stream(checks).map(ACheck::build).toList(),
        Optional.ofNullable(score),
        NO_ACTION,
        new Timeouts(Duration.ofMinutes(10), Duration.ofHours(10)),
        false,
        Optional.empty(),
        new HandCommands("promote it", "abort it"));
  }

  /** {@code canary-gate check}; {@code score} may be null. */
  static GateSpec checking(boolean needsRollout, ScoreTargets score, ACheck... checks) {
    GateSpec gate = of(score, checks);
    return new GateSpec(
        gate.name(),
        gate.digest(),
        gate.parameters(),
        Mode.CHECK,
        gate.target(),
        needsRollout,
        gate.checks(),
        gate.score(),
        gate.policy(),
        gate.timeouts(),
        gate.announce(),
        gate.byHand(),
        gate.commands());
  }
}
