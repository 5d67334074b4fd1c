package io.jenkins.plugins.canarygate.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Revision;
import io.jenkins.plugins.canarygate.rollout.RolloutDriver;
import io.jenkins.plugins.canarygate.rollout.Share;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Drives a {@link SimulatedCluster} as the contract of {@link RolloutDriver} says. */
final class SimulatedRollout implements RolloutDriver {
  /** What becomes of the next write. */
  enum Mishap {
    ANSWER_LOST,
    REQUEST_LOST,
    BUSY,
    REFUSED
  }

  final SimulatedCluster cluster;
  final Deque<Mishap> mishaps = new ArrayDeque<>();
  Optional<LookException.Kind> lookFails = Optional.empty();

  private final At at;
  private final Supplier<Instant> clock;

  SimulatedRollout(SimulatedCluster cluster, At at, Supplier<Instant> clock) {
    this.cluster = cluster;
    this.at = at;
    this.clock = clock;
  }

  @Override
  public Observation look(Question question) throws LookException {
    if (lookFails.isPresent()) {
      throw new LookException(lookFails.get(), "503 from the API server", Optional.empty());
    }
    if (cluster.deleted) {
      return absent(question);
    }
    Optional<Fence> fenced = question.fence();
    Drift raw = fenced.map(this::drift).orElse(Drift.NONE);
    Fate fate = fate(fenced);
    Optional<GatePoint> point = point(fate);
    Optional<SimulatedEffects.Shown> effect =
        question.intent().map(intent -> new SimulatedEffects(cluster, intent).read(fate));
    boolean ours = cluster.current.equals(SimulatedCluster.OURS);
    ObjectNode snapshot = JsonNodeFactory.instance.objectNode();
    snapshot.put("version", Long.toString(cluster.version));
    snapshot.put("held", cluster.heldByUs());
    effect.flatMap(SimulatedEffects.Shown::due).ifPresent(what -> snapshot.put("due", what));
    return new Observation(
        question.now(),
        cluster.settled,
        Optional.of(cluster.uid),
        fate,
        Optional.of(new Revision(cluster.current, "")),
        "step " + cluster.step + " of " + cluster.steps.size(),
        "",
        point,
        ours ? Optional.of(fence()) : Optional.empty(),
        explained(raw, question.intent(), effect),
        effect.map(SimulatedEffects.Shown::effect),
        effect.map(SimulatedEffects.Shown::text).orElse(""),
        new SimulatedReadiness(cluster, at, raw, point.isPresent()).all(),
        obstacles(ours),
        Optional.empty(),
        Optional.of(new Share("20 %", ours && cluster.step > 0, Optional.empty())),
        Map.of(),
        List.of(),
        Duration.ofSeconds(question.intent().isPresent() ? 5 : 20),
        question.memory(),
        snapshot);
  }

  private static Observation absent(Question question) {
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
        "",
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Duration.ofSeconds(20),
        Memory.empty(),
        JsonNodeFactory.instance.objectNode());
  }

  private Fate fate(Optional<Fence> fenced) {
    if (cluster.stable.equals(SimulatedCluster.OURS)) {
      return Fate.LANDED;
    }
    if (!cluster.current.equals(SimulatedCluster.OURS)) {
      return Fate.UNTOUCHED;
    }
    if (cluster.abort) {
      return cluster.aborted && !cluster.heldByUs() ? Fate.TAKEN_BACK : Fate.TAKING_BACK;
    }
    boolean later =
        fenced.isPresent()
            && at.kind() != At.Kind.PROGRESSING
            && cluster.settled
            && cluster.pause.isPresent()
            && !cluster.doubt
            && !cluster.pausedByPerson()
            && fenced.get().details().path("steps").asText().equals(cluster.stepsHash)
            && cluster.step > fenced.get().details().path("step").asInt();
    boolean counts = at.kind() != At.Kind.EACH_PAUSE || at.hold() || !cluster.timed();
    return later && counts ? Fate.ADVANCED : Fate.UNDER_WAY;
  }

  private Optional<GatePoint> point(Fate fate) {
    boolean there = fate == Fate.UNDER_WAY || fate == Fate.ADVANCED;
    if (!there || !cluster.settled || cluster.doubt) {
      return Optional.empty();
    }
    if (at.kind() == At.Kind.PROGRESSING) {
      return Optional.of(pointAt(clock.get(), false));
    }
    boolean meant = at.kind() != At.Kind.STEP || at.step().getAsInt() == cluster.step;
    return meant && (!cluster.timed() || at.hold())
        ? cluster.pause.map(since -> pointAt(since, cluster.timed()))
        : Optional.empty();
  }

  private GatePoint pointAt(Instant since, boolean timed) {
    return new GatePoint(
        "the pause at step " + cluster.step, OptionalInt.of(cluster.step), since, timed);
  }

  /** What a fence taken now is. */
  Fence fence() {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("uid", cluster.uid);
    if (at.kind() != At.Kind.PROGRESSING) {
      details.put("steps", cluster.stepsHash);
      details.put("step", cluster.step);
      details.put("pause", cluster.place().pause());
      details.put("held", cluster.heldByUs());
    }
    return new Fence(cluster.current, details);
  }

  private Drift drift(Fence fence) {
    JsonNode was = fence.details();
    if (!was.path("uid").asText().equals(cluster.uid)) {
      return Drift.GONE;
    }
    if (!fence.revision().equals(cluster.current)) {
      return Drift.OTHER_REVISION;
    }
    if (!was.has("steps")) {
      return Drift.NONE;
    }
    boolean same =
        was.path("steps").asText().equals(cluster.stepsHash)
            && was.path("step").asInt() <= cluster.step;
    if (!same) {
      return Drift.BEGAN_AGAIN;
    }
    if (was.path("step").asInt() < cluster.step || cluster.pause.isEmpty()) {
      return Drift.MOVED_ON;
    }
    if (!was.path("pause").asText().equals(cluster.place().pause())) {
      return Drift.BEGAN_AGAIN;
    }
    return was.path("held").asBoolean() && !cluster.heldByUs() ? Drift.HOLD_LIFTED : Drift.NONE;
  }

  /** A move that our own intent makes is no drift (rule A3). */
  private static Drift explained(
      Drift raw, Optional<Intent> intent, Optional<SimulatedEffects.Shown> effect) {
    if (effect.isEmpty()
        || effect.get().effect() == Effect.OVERRULED
        || raw == Drift.GONE
        || raw == Drift.OTHER_REVISION) {
      return raw;
    }
    return switch (intent.orElseThrow().action()) {
      case PROMOTE, PROMOTE_FULLY, RETRY -> Drift.NONE;
      case ABORT, LIFT -> raw == Drift.HOLD_LIFTED ? Drift.NONE : raw;
      case HOLD, PAUSE -> raw;
    };
  }

  private List<Obstacle> obstacles(boolean ours) {
    List<Obstacle> obstacles = new ArrayList<>();
    if (cluster.pausedByPerson()) {
      obstacles.add(
          Obstacle.of(Obstacle.Kind.PERSON_PAUSED, "a person paused it", "kubectl … resume"));
    }
    if (ours && cluster.doubt) {
      obstacles.add(
          Obstacle.of(Obstacle.Kind.INCONCLUSIVE_ANALYSIS, "an analysis is inconclusive"));
    }
    if (ours
        && at.kind() == At.Kind.STEP
        && cluster.settled
        && cluster.step > at.step().getAsInt()
        && !cluster.abort) {
      obstacles.add(Obstacle.of(Obstacle.Kind.POINT_PASSED, "the step lies behind"));
    }
    return obstacles;
  }

  @Override
  public Optional<Write> next(Intent intent, Observation fresh) {
    boolean lift = intent.action() == Action.LIFT;
    boolean ours =
        fresh.revision().map(Revision::id).equals(Optional.of(intent.fence().revision()));
    if (!lift && !ours) {
      return Optional.empty();
    }
    if (fresh.effect().isEmpty()) {
      return Optional.of(write(first(intent.action(), fresh), fresh));
    }
    boolean due = fresh.snapshot().has("due");
    return due
        ? Optional.of(write(fresh.snapshot().path("due").asText(), fresh))
        : Optional.empty();
  }

  private static String first(Action action, Observation fresh) {
    boolean promotes = action == Action.PROMOTE || action == Action.PROMOTE_FULLY;
    return promotes && fresh.snapshot().path("held").asBoolean() ? "lift" : action.text();
  }

  private static Write write(String what, Observation fresh) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("version", fresh.snapshot().path("version").asText());
    return new Write(what, what, body, "");
  }

  @Override
  public Receipt send(Write write) {
    Optional<Mishap> mishap = Optional.ofNullable(mishaps.poll());
    if (mishap.equals(Optional.of(Mishap.BUSY))) {
      return new Receipt(Receipt.Result.BUSY, "429");
    }
    if (mishap.equals(Optional.of(Mishap.REFUSED))) {
      return new Receipt(Receipt.Result.REFUSED, "403");
    }
    if (mishap.equals(Optional.of(Mishap.REQUEST_LOST))) {
      return new Receipt(Receipt.Result.UNKNOWN, "timed out");
    }
    boolean moved = !write.body().path("version").asText().equals(Long.toString(cluster.version));
    boolean answered = mishap.isEmpty();
    if (cluster.deleted || moved) {
      return answered
          ? new Receipt(Receipt.Result.CONFLICT, "409")
          : new Receipt(Receipt.Result.UNKNOWN, "timed out");
    }
    cluster.accept(write.what(), clock.get());
    return answered ? Receipt.DONE : new Receipt(Receipt.Result.UNKNOWN, "timed out");
  }
}
