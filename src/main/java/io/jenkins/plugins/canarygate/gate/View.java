package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last look at the rollout showed, as far as later steps and the report need it.
 *
 * @param at when it was made
 * @param uid the object's identity
 * @param fate what has become of the revision
 * @param revision the current revision
 * @param where where the rollout stands
 * @param phase the controller's word for it
 * @param phases all phases seen, oldest first
 * @param obstacles what stood in the way
 * @param trafficSince when the canary got its traffic
 * @param share how much it serves
 * @param cohorts the names of the cohorts
 * @param seenUnderWay whether the revision was ever seen in progress
 */
public record View(
    Instant at,
    Optional<String> uid,
    Fate fate,
    Optional<Revision> revision,
    String where,
    String phase,
    List<String> phases,
    List<Obstacle> obstacles,
    Optional<Instant> trafficSince,
    Optional<Share> share,
    Map<Cohort, CohortNames> cohorts,
    boolean seenUnderWay) {
  public View {
    phases = List.copyOf(phases);
    obstacles = List.copyOf(obstacles);
    cohorts = Map.copyOf(cohorts);
  }

  /** The same, seen at another time. */
  View at(Instant other) {
    return new View(
        other,
        uid,
        fate,
        revision,
        where,
        phase,
        phases,
        obstacles,
        trafficSince,
        share,
        cohorts,
        seenUnderWay);
  }
}
