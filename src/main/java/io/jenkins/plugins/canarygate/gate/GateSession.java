package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a gate: everything that is needed to go on from here in another process (promise 4,
 * rule S1). A small value, kept as JSON by {@link SessionJson}; it holds no secret.
 *
 * @param version the form of this value, {@link #VERSION}
 * @param id this run of the gate; marks its hold on the rollout
 * @param gate the gate's name
 * @param digest see {@link GateSpec#digest}
 * @param mode how much of the job is done
 * @param started when the gate began
 * @param startBy until when the first gate point must be reached
 * @param endBy until when everything must have ended
 * @param phase where it stands
 * @param clock the moment of the last step
 * @param view what the last look showed; empty before the first
 * @param points the gate points judged so far, the current one last
 * @param intent the action that is under way
 * @param conflicts how often in a row the object had moved when the intent was sent (rule A1)
 * @param actions all actions, oldest first
 * @param memory the driver's notes
 * @param cancel that somebody wants it to end
 * @param announcement how far an observability service has been told
 * @param troubles looks that failed in a row, newest last; empty after one that worked
 * @param prepareDue when the sources are asked whether the checks are valid; empty while they are
 *     being asked, and once they have answered
 * @param lookDue when the next look is due at the latest
 * @param closing the ending that is settled but for what must still be done about it
 * @param ending how it ended
 * @param timeline what happened, oldest first
 */
public record GateSession(
    int version,
    String id,
    String gate,
    String digest,
    Mode mode,
    Instant started,
    Instant startBy,
    Instant endBy,
    Phase phase,
    Moment clock,
    Optional<View> view,
    List<PointRun> points,
    Optional<Intent> intent,
    int conflicts,
    List<ActionRecord> actions,
    Memory memory,
    Optional<Cancel> cancel,
    Announcement announcement,
    List<String> troubles,
    Optional<Instant> prepareDue,
    Instant lookDue,
    Optional<Closing> closing,
    Optional<Ending> ending,
    List<TimelineEntry> timeline) {

  /** The form that this code writes. */
  public static final int VERSION = 1;

  /**
   * A verdict that waits only for an action about it (onFail, onTimeout, onCancel, a lift).
   *
   * @param verdict the verdict
   * @param reason one line of why
   * @param at when it was settled: what is done about it needs a look made since then
   * @param waiting what that waits for, to name it should time run out; may be empty
   */
  public record Closing(Verdict verdict, String reason, Instant at, String waiting) {}

  public GateSession {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(gate, "gate");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(startBy, "startBy");
    Objects.requireNonNull(endBy, "endBy");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(announcement, "announcement");
    Objects.requireNonNull(lookDue, "lookDue");
    points = List.copyOf(points);
    actions = List.copyOf(actions);
    troubles = List.copyOf(troubles);
    timeline = List.copyOf(timeline);
  }

  /** A gate that is about to begin. */
  public static GateSession begin(GateSpec spec, String id, Moment moment) {
    Instant now = moment.now();
    return new GateSession(
        VERSION,
        id,
        spec.name(),
        spec.digest(),
        spec.mode(),
        now,
        now.plus(Deadlines.toStart(spec)),
        now.plus(spec.timeouts().total()),
        Phase.PREPARING,
        moment,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        List.of(),
        Memory.empty(),
        Optional.empty(),
        Announcement.NONE,
        List.of(),
        Optional.empty(),
        now,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  public boolean ended() {
    return ending.isPresent();
  }

  /**
   * Whether nothing but time has passed since another state: whoever goes on from that one comes to
   * the same.
   */
  public boolean sameButForTime(GateSession earlier) {
    return at(earlier.clock, earlier.lookDue, earlier.view.map(View::at)).equals(earlier);
  }

  private GateSession at(Moment clock, Instant lookDue, Optional<Instant> looked) {
    return new GateSession(
        version,
        id,
        gate,
        digest,
        mode,
        started,
        startBy,
        endBy,
        phase,
        clock,
        view.map(seen -> looked.map(seen::at).orElse(seen)),
        points,
        intent,
        conflicts,
        actions,
        memory,
        cancel,
        announcement,
        troubles,
        prepareDue,
        lookDue,
        closing,
        ending,
        timeline);
  }

  /** The gate point that is being judged or was judged last. */
  public Optional<PointRun> point() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }

  /**
   * The same, with somebody's wish that it end; one that is known already stands.
   *
   * @param by who or what
   */
  public GateSession cancelled(String by, Instant at) {
    return new GateSession(
        version,
        id,
        gate,
        digest,
        mode,
        started,
        startBy,
        endBy,
        phase,
        clock,
        view,
        points,
        intent,
        conflicts,
        actions,
        memory,
        cancel.or(() -> Optional.of(new Cancel(by, at, false))),
        announcement,
        troubles,
        prepareDue,
        lookDue,
        closing,
        ending,
        timeline);
  }
}
