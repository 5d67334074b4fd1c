package io.jenkins.plugins.canarygate.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Builds what a look shows: {@code Looks.underWay().atPause(1).can(PROMOTE)}. What a test does not
 * say is as it is while the gate's revision is rolled out and nothing happens.
 */
final class Looks {
  static final Revision OURS = new Revision("7c9d", GateSpecs.IMAGE);
  static final Revision OTHER = new Revision("b00f", "registry.example/checkout:3");

  private final Fate fate;
  private Optional<Instant> at = Optional.empty();
  private boolean settled = true;
  private Optional<String> uid = Optional.of("uid-1");
  private Optional<Revision> revision = Optional.of(OURS);
  private String where = "";
  private String phase = "";
  private Optional<GatePoint> point = Optional.empty();
  private Optional<String> fence = Optional.empty();
  private Drift drift = Drift.NONE;
  private Optional<Effect> effect = Optional.empty();
  private String effectText = "";
  private final Map<Action, Readiness> can = new EnumMap<>(Action.class);
  private final List<Obstacle> obstacles = new ArrayList<>();
  private Optional<Share> share = Optional.empty();
  private final List<String> notes = new ArrayList<>();
  private Duration lookAgainWithin = Duration.ofSeconds(30);

  private Looks(Fate fate) {
    this.fate = fate;
  }

  static Looks underWay() {
    return new Looks(Fate.UNDER_WAY).fenced("step 1");
  }

  static Looks untouched() {
    Looks look = new Looks(Fate.UNTOUCHED);
    look.revision = Optional.of(OTHER);
    return look;
  }

  static Looks absent() {
    Looks look = new Looks(Fate.ABSENT);
    look.uid = Optional.empty();
    look.revision = Optional.empty();
    return look;
  }

  /** Waits at a later pause than the fence's. */
  static Looks advanced() {
    return new Looks(Fate.ADVANCED).fenced("step 3").where("step 3 of 7, 40 %");
  }

  static Looks landed() {
    return new Looks(Fate.LANDED).fenced("landed");
  }

  static Looks takingBack() {
    return new Looks(Fate.TAKING_BACK).fenced("step 1");
  }

  static Looks takenBack() {
    return new Looks(Fate.TAKEN_BACK).fenced("step 0");
  }

  static Looks failedServing() {
    return new Looks(Fate.FAILED_SERVING).fenced("step 1");
  }

  /** An indefinite pause where everything that a gate may want is possible. */
  static Looks atGatePoint() {
    return underWay().atPause(1).can(Action.PROMOTE, Action.PROMOTE_FULLY, Action.ABORT);
  }

  static Fence fence(String moment) {
    JsonNode details = JsonNodeFactory.instance.objectNode().put("moment", moment);
    return new Fence(OURS.id(), details);
  }

  Looks madeAt(Instant instant) {
    at = Optional.of(instant);
    return this;
  }

  Looks unsettled() {
    settled = false;
    return this;
  }

  Looks uid(String other) {
    uid = Optional.of(other);
    return this;
  }

  Looks revision(Revision other) {
    revision = Optional.of(other);
    return this;
  }

  Looks where(String text) {
    where = text;
    return this;
  }

  Looks phase(String text) {
    phase = text;
    return this;
  }

  Looks atPause(int step) {
    return at(step, false).fenced("step " + step);
  }

  Looks atTimedPause(int step) {
    return at(step, true).fenced("step " + step);
  }

  private Looks at(int step, boolean timed) {
    point =
        Optional.of(
            new GatePoint(
                "the pause at step " + step + " of 7",
                OptionalInt.of(step),
                EngineHarness.START,
                timed));
    return this;
  }

  /** Where there are no steps: a blue/green pause. */
  Looks atThePauseBeforeTheSwitch() {
    point =
        Optional.of(
            new GatePoint(
                "the pause before the switch", OptionalInt.empty(), EngineHarness.START, false));
    return this;
  }

  /** What a fence taken now would be. */
  Looks fenced(String moment) {
    fence = Optional.of(moment);
    return this;
  }

  Looks unfenced() {
    fence = Optional.empty();
    return this;
  }

  Looks drift(Drift moved) {
    drift = moved;
    return this;
  }

  Looks effect(Effect shown) {
    effect = Optional.of(shown);
    return this;
  }

  Looks effect(Effect shown, String text) {
    effectText = text;
    return effect(shown);
  }

  Looks can(Action... actions) {
    for (Action action : actions) {
      can.put(action, Readiness.READY);
    }
    return this;
  }

  Looks can(Action action, Readiness readiness) {
    can.put(action, readiness);
    return this;
  }

  Looks obstacle(Obstacle.Kind kind, String text) {
    obstacles.add(Obstacle.of(kind, text));
    return this;
  }

  Looks obstacle(Obstacle.Kind kind, String text, String command) {
    obstacles.add(Obstacle.of(kind, text, command));
    return this;
  }

  Looks serving(String text, Instant since) {
    share = Optional.of(new Share(text, true, Optional.of(since)));
    return this;
  }

  Looks note(String text) {
    notes.add(text);
    return this;
  }

  Looks lookAgainWithin(Duration duration) {
    lookAgainWithin = duration;
    return this;
  }

  Observation build(Instant now) {
    return new Observation(
        at.orElse(now),
        settled,
        uid,
        fate,
        revision,
        where,
        phase,
        point,
        fence.map(Looks::fence),
        drift,
        effect,
        effectText,
        can,
        obstacles,
        Optional.empty(),
        share,
        Map.of(
            Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-[a-z0-9]{5}"),
            Cohort.STABLE, new CohortNames("41aa", "checkout-41aa-[a-z0-9]{5}")),
        notes,
        lookAgainWithin,
        Memory.empty(),
        JsonNodeFactory.instance.objectNode());
  }
}
