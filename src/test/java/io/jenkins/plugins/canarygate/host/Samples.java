package io.jenkins.plugins.canarygate.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.gate.Cancel;
import io.jenkins.plugins.canarygate.gate.Ending;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.GateSpec;
import io.jenkins.plugins.canarygate.gate.HandCommands;
import io.jenkins.plugins.canarygate.gate.Mode;
import io.jenkins.plugins.canarygate.gate.Phase;
import io.jenkins.plugins.canarygate.gate.PointRun;
import io.jenkins.plugins.canarygate.gate.Policy;
import io.jenkins.plugins.canarygate.gate.TimelineEntry;
import io.jenkins.plugins.canarygate.gate.Timeouts;
import io.jenkins.plugins.canarygate.gate.Verdict;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Outcome;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import io.jenkins.plugins.canarygate.rollout.Target;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that tests of the host need, as plain as they can be. */
final class Samples {
  private Samples() {}

  static GateSpec spec(String digest, Mode mode) {
    return new GateSpec(
        "checkout",
        digest,
        Map.of(),
        mode,
        new Target(
            "Rollout", Optional.empty(), "shop", "checkout", RevisionAsked.any(), At.nextPause()),
        true,
        List.of(),
        Optional.empty(),
        Policy.DEFAULT,
        Timeouts.DEFAULT,
        false,
        Optional.empty(),
        new HandCommands("promote it", "abort it"));
  }

  static GateSpec spec() {
    return spec("d1", Mode.RUN);
  }

  static GateSession session(HostClock clock) {
    return GateSession.begin(spec(), "gate-1", clock.now());
  }

  static Fence fence(String revision) {
    return new Fence(revision, JsonNodeFactory.instance.objectNode());
  }

  static Intent intent(Action action, Instant at) {
    return new Intent(action, at, fence("abc"), List.of());
  }

  static Write write(String what) {
    return new Write(what, what + " it", JsonNodeFactory.instance.objectNode(), "status");
  }

  /** An observation that can be told from others by its {@code where}. */
  static Observation observation(Instant at, String where) {
    return new Observation(
        at,
        true,
        Optional.of("uid-1"),
        Fate.UNDER_WAY,
        Optional.empty(),
        where,
        "Paused",
        Optional.empty(),
        Optional.empty(),
        Drift.NONE,
        Optional.empty(),
        "",
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Duration.ofMinutes(1),
        Memory.empty(),
        JsonNodeFactory.instance.objectNode());
  }

  static GateSession ended(GateSession of, Instant at) {
    Ending ending = new Ending(Verdict.PASS, Outcome.PROMOTED, "good", List.of(), 0, at);
    return copy(
        of,
        Phase.ENDED,
        of.view(),
        of.points(),
        of.intent(),
        of.memory(),
        of.cancel(),
        Optional.of(ending),
        of.timeline());
  }

  static GateSession cancelled(GateSession of, String by, Instant at) {
    return copy(
        of,
        of.phase(),
        of.view(),
        of.points(),
        of.intent(),
        of.memory(),
        Optional.of(new Cancel(by, at, false)),
        of.ending(),
        of.timeline());
  }

  static GateSession with(GateSession of, Intent intent, PointRun point, Memory memory) {
    return copy(
        of,
        Phase.ACTING,
        of.view(),
        List.of(point),
        Optional.of(intent),
        memory,
        of.cancel(),
        of.ending(),
        of.timeline());
  }

  static GateSession with(GateSession of, View view, Memory memory) {
    return copy(
        of,
        of.phase(),
        Optional.of(view),
        of.points(),
        of.intent(),
        memory,
        of.cancel(),
        of.ending(),
        of.timeline());
  }

  /** The session with one more line, to tell it from the one before. */
  static GateSession noted(GateSession of, Instant at, String text) {
    List<TimelineEntry> timeline = new ArrayList<>(of.timeline());
    timeline.add(new TimelineEntry(at, text));
    return copy(
        of,
        of.phase(),
        of.view(),
        of.points(),
        of.intent(),
        of.memory(),
        of.cancel(),
        of.ending(),
        timeline);
  }

  static PointRun point(Fence fence, Instant since) {
    return new PointRun(
        1, Optional.empty(), Optional.of(fence), since, List.of(), Optional.empty());
  }

  private static GateSession copy(
      GateSession of,
      Phase phase,
      Optional<View> view,
      List<PointRun> points,
      Optional<Intent> intent,
      Memory memory,
      Optional<Cancel> cancel,
      Optional<Ending> ending,
      List<TimelineEntry> timeline) {
    return new GateSession(
        of.version(),
        of.id(),
        of.gate(),
        of.digest(),
        of.mode(),
        of.started(),
        of.startBy(),
        of.endBy(),
        phase,
        of.clock(),
        view,
        points,
        intent,
        of.conflicts(),
        of.actions(),
        memory,
        cancel,
        of.announcement(),
        of.troubles(),
        of.prepareDue(),
        of.lookDue(),
        of.closing(),
        ending,
        timeline);
  }
}
