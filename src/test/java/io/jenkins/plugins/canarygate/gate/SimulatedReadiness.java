package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.util.EnumMap;
import java.util.Map;

/** Whether each action may be sent to a {@link SimulatedCluster} now. */
final class SimulatedReadiness {
  private static final Readiness UNSETTLED = Readiness.waitFor("the controller is behind");

  private final SimulatedCluster cluster;
  private final At at;
  private final Drift drift;
  private final boolean atPoint;

  SimulatedReadiness(SimulatedCluster cluster, At at, Drift drift, boolean atPoint) {
    this.cluster = cluster;
    this.at = at;
    this.drift = drift;
    this.atPoint = atPoint;
  }

  Map<Action, Readiness> all() {
    Map<Action, Readiness> can = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      can.put(action, action == Action.LIFT ? lift() : of(action));
    }
    return can;
  }

  private Readiness of(Action action) {
    if (!cluster.current.equals(SimulatedCluster.OURS)
        || drift == Drift.GONE
        || drift == Drift.OTHER_REVISION) {
      return Readiness.refused("another revision is current");
    }
    if (cluster.stable.equals(SimulatedCluster.OURS)) {
      return Readiness.done("it is stable");
    }
    return switch (action) {
      case PROMOTE, PROMOTE_FULLY -> promote();
      case ABORT -> abort();
      case PAUSE -> cluster.paused ? Readiness.done("it is paused") : ready();
      case HOLD -> hold();
      case RETRY -> cluster.abort ? ready() : Readiness.refused("it is not aborted");
      case LIFT -> lift();
    };
  }

  private Readiness ready() {
    return cluster.settled ? Readiness.READY : UNSETTLED;
  }

  private Readiness promote() {
    if (at.kind() == At.Kind.PROGRESSING) {
      return Readiness.refused("a gate at progressing never promotes");
    }
    if (drift == Drift.MOVED_ON) {
      return Readiness.done("it went on");
    }
    if (drift == Drift.BEGAN_AGAIN) {
      return Readiness.refused("it began again");
    }
    if (cluster.abort) {
      return Readiness.refused("it is aborted");
    }
    if (cluster.doubt) {
      return Readiness.refused("an analysis is inconclusive");
    }
    if (cluster.pausedByPerson()) {
      return Readiness.refused("a person paused it", "kubectl … resume");
    }
    return atPoint ? ready() : Readiness.waitFor("it does not wait at the point");
  }

  private Readiness abort() {
    if (cluster.abort) {
      return Readiness.done("an abort was asked");
    }
    return cluster.promoteFull ? Readiness.refused("promoteFull is set") : Readiness.READY;
  }

  private Readiness hold() {
    if (cluster.heldByUs() || !cluster.timed()) {
      return Readiness.done("it stays by itself");
    }
    if (cluster.abort) {
      return Readiness.refused("it is aborted");
    }
    if (cluster.pausedByPerson() || cluster.pause.isEmpty()) {
      return Readiness.waitFor("a person paused it, or it does not pause");
    }
    return ready();
  }

  private Readiness lift() {
    if (!cluster.heldByUs()) {
      return Readiness.done("no hold of ours stands");
    }
    return cluster.abort && !cluster.abortTakenUp
        ? Readiness.waitFor("the abort is not taken up")
        : Readiness.READY;
  }
}
