package io.jenkins.plugins.canarygate.rollout;

import java.util.Map;
import java.util.Set;

/**
 * What a gate may ask of a controller; anything else in its file is misuse.
 *
 * @param standard where it stands if its file says nothing
 * @param points where it may stand, and what it may do to the rollout there
 * @param holds whether a timed pause can be held
 */
public record Abilities(At standard, Map<At.Kind, Set<Action>> points, boolean holds) {
  public Abilities {
    points = Map.copyOf(points);
  }
}
