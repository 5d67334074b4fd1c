package io.jenkins.plugins.canarygate.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at a rollout showed, in terms that know no controller.
 *
 * @param at when it was made, on the gate's clock
 * @param settled whether the controller has seen the object as it is now written
 * @param uid the object's identity; empty if it is absent
 * @param fate what has become of the revision that the gate is for
 * @param revision the current revision; empty while it cannot be told
 * @param where where the rollout stands, as {@code step 4 of 7, 40 %}; may be empty
 * @param phase the controller's own word for its phase; may be empty
 * @param point the gate point, if the rollout waits there now
 * @param fence what a fence taken now would be; present whenever the gate's revision is current
 * @param drift how it differs from the question's fence; NONE without one
 * @param effect what it shows of the question's intent; empty without one
 * @param effectText one line on the effect: what is waited for, or why it was overruled
 * @param can whether each action may be sent now
 * @param obstacles what stands in the way
 * @param trafficSince when the canary got its traffic (rule M5)
 * @param share how much the canary serves
 * @param cohorts the names of the cohorts, as far as they are known
 * @param notes lines to say once, such as what an abort leaves behind
 * @param lookAgainWithin when to look again at the latest, should no watch wake the gate
 * @param memory the driver's notes for the next look
 * @param snapshot what the driver needs to write what is due; never kept
 */
public record Observation(
    Instant at,
    boolean settled,
    Optional<String> uid,
    Fate fate,
    Optional<Revision> revision,
    String where,
    String phase,
    Optional<GatePoint> point,
    Optional<Fence> fence,
    Drift drift,
    Optional<Effect> effect,
    String effectText,
    Map<Action, Readiness> can,
    List<Obstacle> obstacles,
    Optional<Instant> trafficSince,
    Optional<Share> share,
    Map<Cohort, CohortNames> cohorts,
    List<String> notes,
    Duration lookAgainWithin,
    Memory memory,
    JsonNode snapshot) {
  public Observation {
    can = Map.copyOf(can);
    obstacles = List.copyOf(obstacles);
    cohorts = Map.copyOf(cohorts);
    notes = List.copyOf(notes);
  }

  /**
   * What a look shows where the object is not there: whatever was wanted of it is overruled.
   *
   * @param why what to say of it
   */
  public static Observation absent(
      Target target, Question question, String why, Duration lookAgainWithin, Memory memory) {
    return new Observation(
        question.now(),
        false,
        Optional.empty(),
        Fate.ABSENT,
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        question.fence().isPresent() ? Drift.GONE : Drift.NONE,
        question.intent().map(intent -> Effect.OVERRULED),
        question.intent().isPresent() ? target + " is gone" : "",
        Map.of(),
        List.of(Obstacle.of(Obstacle.Kind.WAIT, why)),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        lookAgainWithin,
        memory,
        JsonNodeFactory.instance.objectNode());
  }

  /** The first obstacle of a kind. */
  public Optional<Obstacle> obstacle(Obstacle.Kind kind) {
    return obstacles.stream().filter(obstacle -> obstacle.kind() == kind).findFirst();
  }

  /** Whether an action may be sent; refused where the driver says nothing of it. */
  public Readiness can(Action action) {
    return can.getOrDefault(
        action, Readiness.refused(action.text() + " is not possible as things are"));
  }
}
