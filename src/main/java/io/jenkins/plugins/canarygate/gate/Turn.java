package io.jenkins.plugins.canarygate.gate;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session while one step works on it: what the step changes, and what it wants done. */
final class Turn {
  private static final int TIMELINE_LIMIT = 300;
  private static final int TIMELINE_HEAD = 50;

  final GateSpec spec;
  final Instant now;
  private final GateSession before;
  private final Moment moment;

  Instant startBy;
  Instant endBy;
  Phase phase;
  Optional<View> view;
  Optional<Intent> intent;
  int conflicts;
  Memory memory;
  Optional<Cancel> cancel;
  Announcement announcement;
  List<String> troubles;
  Optional<Instant> prepareDue;
  Instant lookDue;
  Optional<GateSession.Closing> closing;
  Optional<Ending> ending;

  private final List<PointRun> points;
  private final List<ActionRecord> actions;
  private final List<TimelineEntry> timeline;
  private final List<Todo> todos = new ArrayList<>();

  Turn(GateSpec spec, GateSession session, Moment moment) {
    this.spec = spec;
    this.before = session;
    this.moment = moment;
    this.now = moment.now();
    this.startBy = session.startBy();
    this.endBy = session.endBy();
    this.phase = session.phase();
    this.view = session.view();
    this.points = new ArrayList<>(session.points());
    this.intent = session.intent();
    this.conflicts = session.conflicts();
    this.actions = new ArrayList<>(session.actions());
    this.memory = session.memory();
    this.cancel = session.cancel();
    this.announcement = session.announcement();
    this.troubles = session.troubles();
    this.prepareDue = session.prepareDue();
    this.lookDue = session.lookDue();
    this.closing = session.closing();
    this.ending = session.ending();
    this.timeline = new ArrayList<>(session.timeline());
  }

  GateSession before() {
    return before;
  }

  Moment moment() {
    return moment;
  }

  boolean ended() {
    return ending.isPresent();
  }

  /** Says that something happened, unless it is what was said last. */
  void note(String text) {
    if (!timeline.isEmpty() && timeline.get(timeline.size() - 1).text().equals(text)) {
      return;
    }
    timeline.add(new TimelineEntry(now, text));
    if (timeline.size() > TIMELINE_LIMIT) {
      timeline.remove(TIMELINE_HEAD);
    }
  }

  /** What followed {@code beginning} when it was last said. */
  Optional<String> lastNote(String beginning) {
    return timeline.stream()
        .map(TimelineEntry::text)
        .filter(text -> text.startsWith(beginning))
        .reduce((first, second) -> second)
        .map(text -> text.substring(beginning.length()));
  }

  /** Says it unless it has been said before. */
  void noteOnce(String text) {
    if (timeline.stream().noneMatch(entry -> entry.text().equals(text))) {
      note(text);
    }
  }

  void want(Todo todo) {
    if (!todos.contains(todo)) {
      todos.add(todo);
    }
  }

  /** Asks for a look now; should none ever come of it, another is due in a minute. */
  void look() {
    want(new Todo.Look());
    lookDue = now.plus(Duration.ofMinutes(1));
  }

  /** Whether this step asks for a look: what it was told is not fresh enough to act on then. */
  boolean wantsLook() {
    return todos.contains(new Todo.Look());
  }

  /** What this step wants done; a gate that has ended wants nothing more of the rollout. */
  List<Todo> todos() {
    return ended()
        ? todos.stream()
            .filter(todo -> todo instanceof Todo.Announce || todo instanceof Todo.Finish)
            .toList()
        : todos;
  }

  /** The verdict is settled; what is done about it needs a look made since {@code at}. */
  void settle(Verdict verdict, String reason, Instant at) {
    closing = Optional.of(new GateSession.Closing(verdict, reason, at, ""));
  }

  /** Keeps what the settled verdict waits for, to name it should time run out. */
  void waitsFor(String what) {
    closing = closing.map(c -> new GateSession.Closing(c.verdict(), c.reason(), c.at(), what));
  }

  Optional<PointRun> point() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }

  int pointsSeen() {
    return points.size();
  }

  void addPoint(PointRun point) {
    points.add(point);
  }

  void replacePoint(PointRun point) {
    points.set(points.size() - 1, point);
  }

  List<ActionRecord> actions() {
    return actions;
  }

  /** The action of the intent, as the report will show it. */
  void recordAction(ActionRecord record) {
    actions.add(record);
  }

  Optional<ActionRecord> lastAction() {
    return actions.isEmpty() ? Optional.empty() : Optional.of(actions.get(actions.size() - 1));
  }

  void replaceAction(ActionRecord record) {
    actions.set(actions.size() - 1, record);
  }

  /** Whether this process's clock has jumped since the last step is {@link ClockGuard}'s. */
  void shiftDeadlines(Duration by) {
    startBy = startBy.plus(by);
    endBy = endBy.plus(by);
    lookDue = lookDue.plus(by);
    prepareDue = prepareDue.map(due -> due.plus(by));
    cancel = cancel.map(asked -> new Cancel(asked.by(), asked.at().plus(by), asked.timedOut()));
    closing =
        closing.map(
            c -> new GateSession.Closing(c.verdict(), c.reason(), c.at().plus(by), c.waiting()));
  }

  /** Whether a promotion of the current point has been written down (rules D7, D8). */
  boolean promoting() {
    return intends(Action.PROMOTE) || intends(Action.PROMOTE_FULLY);
  }

  boolean intends(Action action) {
    return intent.map(i -> i.action() == action).orElse(false);
  }

  /** Whether anything of the open intent may have reached the server (rules A1, A3). */
  boolean mayHaveArrived() {
    return intent.map(Intent::mayHaveArrived).orElse(false);
  }

  /** Whether the verdict is settled so. */
  boolean settled(Verdict verdict) {
    return closing.map(c -> c.verdict() == verdict).orElse(false);
  }

  /** Whether the last look showed this. */
  boolean sawFate(Fate fate) {
    return view.map(v -> v.fate() == fate).orElse(false);
  }

  GateSession session() {
    return new GateSession(
        GateSession.VERSION,
        before.id(),
        before.gate(),
        before.digest(),
        before.mode(),
        before.started(),
        startBy,
        endBy,
        phase,
        moment,
        view,
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
}
