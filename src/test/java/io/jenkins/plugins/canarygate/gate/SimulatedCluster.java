package io.jenkins.plugins.canarygate.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rollout object with its controller and the hands of others, small but with the habits of Argo
 * Rollouts that the rules are about: every step is a pause, the controller does one thing a
 * reconcile, it may swallow a promote or overwrite it from a stale copy, an abort takes two
 * reconciles and none under {@code spec.paused}, a promote under {@code spec.paused} is lost.
 */
final class SimulatedCluster {
  static final String OURS = "ours-7c9d";
  static final String GATE = "gate";

  /** A write of the gate that was carried out, and what it was carried out on. */
  record Accepted(String what, Instant at, Place on) {}

  /** Where the rollout stood: what a promotion must have been judged at. */
  record Place(String uid, String revision, String steps, int step, String pause) {}

  final List<Optional<Duration>> steps;
  final List<Accepted> accepted = new ArrayList<>();

  String uid = "uid-1";
  long version = 1;
  boolean settled = true;
  boolean deleted;
  String current = "old-41aa";
  String stable = "old-41aa";
  String stepsHash = "steps-1";
  int step;
  Optional<Instant> pause = Optional.empty();
  boolean controllerPause;
  boolean paused;
  String holder = "";
  boolean abort;
  boolean abortTakenUp;
  boolean aborted;
  boolean promoteFull;
  boolean doubt;

  /** How many promotes the controller will still swallow. */
  int swallows;

  /** What has ever become of our revision. */
  boolean landedOnce;

  int furthestStep = -1;

  private Optional<Instant> lastPause = Optional.empty();
  private int revisions;

  SimulatedCluster(List<Optional<Duration>> steps) {
    this.steps = steps;
  }

  boolean heldByUs() {
    return paused && holder.equals(GATE);
  }

  boolean pausedByPerson() {
    return paused && !heldByUs();
  }

  boolean timed() {
    return step < steps.size() && steps.get(step).isPresent();
  }

  Place place() {
    return new Place(uid, current, stepsHash, step, pause.map(Instant::toString).orElse(""));
  }

  /** One thing that the controller does. */
  void reconcile(Instant now) {
    if (deleted) {
      return;
    }
    settled = true;
    if (current.equals(stable)) {
      return;
    }
    if (abort && !promoteFull) {
      goBack();
      return;
    }
    if (paused) {
      if (controllerPause && pause.isEmpty()) {
        controllerPause = false;
        touch();
      }
      return;
    }
    if (promoteFull || step >= steps.size()) {
      land();
    } else if (pause.isEmpty()) {
      pauseOrGoOn(now);
    } else if (!doubt && steps.get(step).map(pause.get()::plus).filter(now::isAfter).isPresent()) {
      goOn();
    }
  }

  private void goBack() {
    if (!abortTakenUp) {
      abortTakenUp = true;
      touch();
    } else if (!paused && !aborted) {
      aborted = true;
      step = 0;
      pause = Optional.empty();
      controllerPause = false;
      touch();
    }
  }

  private void pauseOrGoOn(Instant now) {
    if (controllerPause && swallows == 0) {
      goOn();
      return;
    }
    if (controllerPause) {
      swallows--;
    }
    pause = Optional.of(now);
    lastPause = pause;
    controllerPause = true;
    touch();
  }

  private void goOn() {
    step++;
    pause = Optional.empty();
    controllerPause = false;
    if (current.equals(OURS)) {
      furthestStep = Math.max(furthestStep, step);
    }
    touch();
  }

  private void land() {
    stable = current;
    promoteFull = false;
    pause = Optional.empty();
    controllerPause = false;
    landedOnce |= current.equals(OURS);
    touch();
  }

  void touch() {
    version++;
  }

  /** What others do. */
  void deploy(String revision) {
    if (deleted || current.equals(revision)) {
      return;
    }
    current = revision;
    settled = false;
    step = 0;
    pause = Optional.empty();
    controllerPause = false;
    abort = false;
    abortTakenUp = false;
    aborted = false;
    promoteFull = false;
    doubt = false;
    touch();
  }

  void deployAnother() {
    deploy("new-" + ++revisions);
  }

  void editSteps() {
    stepsHash = stepsHash + "x";
    settled = false;
    step = 0;
    pause = Optional.empty();
    controllerPause = false;
    touch();
  }

  void personPromotes() {
    if (pause.isPresent()) {
      pause = Optional.empty();
      touch();
    }
  }

  void personPauses() {
    if (!paused) {
      paused = true;
      holder = "";
      settled = false;
      touch();
    }
  }

  void personResumes() {
    if (paused) {
      paused = false;
      holder = "";
      settled = false;
      touch();
    }
  }

  void personAborts() {
    if (!current.equals(stable)) {
      abort = true;
      touch();
    }
  }

  void personRetries() {
    if (abort) {
      abort = false;
      abortTakenUp = false;
      aborted = false;
      touch();
    }
  }

  void staleControllerOverwrites() {
    if (pause.isEmpty() && controllerPause) {
      pause = lastPause;
      touch();
    }
  }

  void recreate() {
    deleted = false;
    uid = uid + "'";
    touch();
  }

  /** Carries a write of the gate out. */
  void accept(String what, Instant now) {
    accepted.add(new Accepted(what, now, place()));
    switch (what) {
      case "promote" -> pause = Optional.empty();
      case "promoteFully" -> promoteFull = true;
      case "abort" -> abort = true;
      case "retry" -> {
        abort = false;
        abortTakenUp = false;
        aborted = false;
      }
      case "hold", "pause" -> {
        paused = true;
        holder = GATE;
        settled = false;
      }
      case "lift" -> {
        paused = false;
        holder = "";
        settled = false;
      }
      default -> throw new IllegalArgumentException(what);
    }
    touch();
  }
}
