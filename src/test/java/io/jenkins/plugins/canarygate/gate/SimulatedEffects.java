package io.jenkins.plugins.canarygate.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a {@link SimulatedCluster} shows of an intent, as rules AR4 to AR9 read it. */
final class SimulatedEffects {
  private static final int MOST_SENDS = 3;
  private static final Duration SWALLOWED_WITHIN = Duration.ofSeconds(60);

  /** An effect, and the write that is due. */
  record Shown(Effect effect, String text, Optional<String> due) {}

  private final SimulatedCluster cluster;
  private final Intent intent;
  private final JsonNode fence;

  SimulatedEffects(SimulatedCluster cluster, Intent intent) {
    this.cluster = cluster;
    this.intent = intent;
    this.fence = intent.fence().details();
  }

  Shown read(Fate fate) {
    if (!fence.path("uid").asText().equals(cluster.uid)) {
      return shown(Effect.OVERRULED, "another object");
    }
    return switch (intent.action()) {
      case PROMOTE -> promote();
      case PROMOTE_FULLY -> promoteFully();
      case ABORT -> abort(fate);
      case RETRY -> cluster.abort ? due("retry") : shown(Effect.IN_EFFECT, "cleared");
      case HOLD -> hold();
      case PAUSE -> pause();
      case LIFT -> lift();
    };
  }

  private boolean isOurs() {
    return cluster.current.equals(intent.fence().revision());
  }

  private boolean landed() {
    return cluster.stable.equals(intent.fence().revision());
  }

  private Optional<Shown> lost() {
    if (landed()) {
      return Optional.of(shown(Effect.IN_EFFECT, "stable"));
    }
    if (!isOurs()) {
      return Optional.of(shown(Effect.OVERRULED, "another revision"));
    }
    return cluster.abort ? Optional.of(shown(Effect.OVERRULED, "aborted")) : Optional.empty();
  }

  private Shown promote() {
    Optional<Shown> lost = lost();
    if (lost.isPresent()) {
      return lost.get();
    }
    boolean edited = !fence.path("steps").asText().equals(cluster.stepsHash);
    if (edited || cluster.step < fence.path("step").asInt()) {
      return shown(Effect.OVERRULED, "began again");
    }
    if (cluster.step > fence.path("step").asInt()) {
      return shown(maybeOurs() ? Effect.IN_EFFECT : Effect.OVERRULED, "went on");
    }
    if (cluster.pause.isEmpty()) {
      return shown(maybeOurs() ? Effect.STANDING : Effect.OVERRULED, "the promote stands");
    }
    boolean samePause = fence.path("pause").asText().equals(cluster.place().pause());
    if (cluster.doubt) {
      return shown(Effect.OVERRULED, "an analysis is inconclusive");
    }
    if (samePause && cluster.heldByUs()) {
      return due("lift");
    }
    if (samePause && cluster.paused) {
      return shown(
          intent.mayHaveArrived() ? Effect.STANDING : Effect.OVERRULED, "a person paused it");
    }
    if (samePause) {
      return due("promote");
    }
    boolean swallowed =
        maybeOurs() && !cluster.pause.get().isAfter(lastSent().plus(SWALLOWED_WITHIN));
    Shown again = due("promote");
    return swallowed && again.effect() == Effect.DUE
        ? new Shown(Effect.SWALLOWED, "swallowed", again.due())
        : shown(Effect.OVERRULED, "the pause began again");
  }

  private Shown promoteFully() {
    Optional<Shown> lost = lost();
    if (lost.isPresent()) {
      return lost.get();
    }
    if (cluster.heldByUs()) {
      return due("lift");
    }
    return cluster.promoteFull ? shown(Effect.STANDING, "promoteFull stands") : due("promoteFully");
  }

  private Shown abort(Fate fate) {
    if (landed() || !isOurs()) {
      return shown(Effect.OVERRULED, landed() ? "it landed" : "another revision");
    }
    if (!cluster.abort) {
      boolean cleared = cluster.promoteFull || done("abort");
      return cleared ? shown(Effect.OVERRULED, "the abort was cleared") : due("abort");
    }
    if (fate == Fate.TAKEN_BACK) {
      return shown(Effect.IN_EFFECT, "aborted");
    }
    return cluster.heldByUs() && cluster.abortTakenUp
        ? due("lift")
        : shown(Effect.STANDING, "the abort is not in effect yet");
  }

  private Shown hold() {
    boolean stands =
        isOurs()
            && !cluster.abort
            && fence.path("steps").asText().equals(cluster.stepsHash)
            && fence.path("step").asInt() == cluster.step
            && fence.path("pause").asText().equals(cluster.place().pause());
    if (!stands) {
      return shown(Effect.OVERRULED, "the pause ended");
    }
    if (cluster.heldByUs()) {
      return shown(cluster.settled ? Effect.IN_EFFECT : Effect.STANDING, "held");
    }
    return cluster.paused ? shown(Effect.OVERRULED, "a person paused it") : due("hold");
  }

  private Shown pause() {
    if (!isOurs() || landed() || cluster.abort) {
      return shown(Effect.OVERRULED, "it is past pausing");
    }
    return cluster.paused ? shown(Effect.IN_EFFECT, "paused") : due("pause");
  }

  private Shown lift() {
    if (cluster.heldByUs()) {
      return due("lift");
    }
    return shown(cluster.settled ? Effect.IN_EFFECT : Effect.STANDING, "lifted");
  }

  private boolean maybeOurs() {
    return intent.sends().isEmpty() || intent.mayHaveArrived();
  }

  private boolean done(String what) {
    return intent.sends().stream()
        .anyMatch(send -> send.what().equals(what) && send.result() == Receipt.Result.DONE);
  }

  private Instant lastSent() {
    return intent.sends().stream()
        .filter(Send::mayHaveArrived)
        .map(Send::at)
        .max(Instant::compareTo)
        .orElse(intent.at());
  }

  private Shown due(String what) {
    long arrived =
        intent.sends().stream()
            .filter(send -> send.what().equals(what) && send.mayHaveArrived())
            .count();
    return arrived < MOST_SENDS
        ? new Shown(Effect.DUE, "", Optional.of(what))
        : shown(Effect.OVERRULED, what + " was sent " + MOST_SENDS + " times");
  }

  private static Shown shown(Effect effect, String text) {
    return new Shown(effect, text, Optional.empty());
  }
}
