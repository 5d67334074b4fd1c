package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import java.util.Optional;

/** What ends the wait for the gate point (rules R3, R5, D6). */
final class BeforeThePoint {
  private BeforeThePoint() {}

  static void look(Turn turn, Observation seen) {
    if (seen.fate() == Fate.UNTOUCHED) {
      return;
    }
    Optional<Obstacle> wrong =
        seen.obstacle(Obstacle.Kind.INVALID_SPEC)
            .or(() -> seen.obstacle(Obstacle.Kind.POINT_MISSING));
    if (wrong.isPresent()) {
      Endings.end(turn, Verdict.ERROR, Outcome.LEFT, wrong.get().text());
      return;
    }
    Optional<Obstacle> doubt = seen.obstacle(Obstacle.Kind.INCONCLUSIVE_ANALYSIS);
    if (doubt.isPresent() && turn.phase != Phase.HOLDING) {
      Reactions.settle(turn, Verdict.INCONCLUSIVE, doubt.get().text());
      return;
    }
    Optional<Obstacle> passed = seen.obstacle(Obstacle.Kind.POINT_PASSED);
    if (passed.isPresent()) {
      Landing.endNotGated(turn, passed.get().text());
    } else if (seen.obstacle(Obstacle.Kind.NEVER_PAUSES).isPresent()
        && turn.spec.policy().onNotGatedPass()) {
      Landing.follow(turn);
    }
  }
}
