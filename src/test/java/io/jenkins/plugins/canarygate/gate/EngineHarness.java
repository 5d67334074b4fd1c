package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells an engine what was seen, one thing after another, on a clock that only tests move. */
final class EngineHarness {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final GateSpec spec;
  private final GateEngine engine;
  private GateSession session;
  private Instant now = START;
  private long uptime = 1_000;
  private int boot = 1;
  private Step last;

  EngineHarness(GateSpecs specs) {
    this.spec = specs.build();
    this.engine = new GateEngine(spec);
    this.session = GateSession.begin(spec, "run-1", moment());
  }

  /** A gate that has begun, with its checks verified: it waits for its point. */
  static EngineHarness waiting(GateSpecs specs) {
    EngineHarness gate = new EngineHarness(specs).seen(new Seen.Began());
    return gate.session.phase() == Phase.PREPARING ? gate.prepared() : gate;
  }

  /** A gate that has seen its point and measures. */
  static EngineHarness judging(GateSpecs specs) {
    EngineHarness gate = waiting(specs).looked(Looks.atGatePoint());
    assertThat(gate.session.phase()).isEqualTo(Phase.JUDGING);
    return gate;
  }

  /** A gate that has judged its revision good and has written its promotion down. */
  static EngineHarness promoting(GateSpecs specs) {
    EngineHarness gate = judging(specs).measured(0).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.PROMOTE);
    return gate;
  }

  /** A gate that has judged its revision bad and has written its abort down. */
  static EngineHarness aborting(GateSpecs specs) {
    EngineHarness gate = judging(specs).measured(0.5).looked(Looks.atGatePoint());
    assertThat(gate.acted()).contains(Action.ABORT);
    return gate;
  }

  EngineHarness seen(Seen what) {
    last = Steps.take(engine, session, moment(), what);
    session = last.session();
    return this;
  }

  EngineHarness looked(Looks look) {
    return seen(new Seen.Looked(look.build(now)));
  }

  EngineHarness lookFailed(String why) {
    return seen(new Seen.LookFailed(false, why, Optional.empty()));
  }

  EngineHarness lookDenied(String why) {
    return seen(new Seen.LookFailed(true, why, Optional.empty()));
  }

  EngineHarness prepared() {
    return seen(new Seen.Prepared(false, Optional.empty(), ""));
  }

  /** The one check's answer. */
  EngineHarness measured(double value) {
    return answered(GateSpecs.ERRORS, Reading.Answer.of(Values.of(value)));
  }

  EngineHarness noData() {
    return answered(GateSpecs.ERRORS, Reading.Answer.of(Values.none()));
  }

  EngineHarness answered(String check, Reading reading) {
    return seen(new Seen.Measured(Map.of(check, reading)));
  }

  EngineHarness sent(Receipt.Result result) {
    Receipt receipt = new Receipt(result, result == Receipt.Result.DONE ? "" : "the server said");
    return seen(new Seen.Sent("write", "a write", now, receipt));
  }

  EngineHarness cancelled() {
    return seen(new Seen.CancelAsked("SIGTERM", false));
  }

  /** Lets time pass, on both clocks, and tells the gate. */
  EngineHarness after(Duration time) {
    pass(time);
    return seen(new Seen.Time());
  }

  /** Lets time pass without telling. */
  EngineHarness pass(Duration time) {
    now = now.plus(time);
    uptime += time.toMillis();
    return this;
  }

  /** Lets the wall clock jump. */
  EngineHarness jump(Duration by) {
    now = now.plus(by);
    return this;
  }

  /** Another process goes on from the kept session. */
  EngineHarness restarted() {
    boot++;
    uptime = 7;
    return seen(new Seen.Began());
  }

  private Moment moment() {
    return new Moment(now, uptime, "boot-" + boot);
  }

  Instant now() {
    return now;
  }

  GateSession session() {
    return session;
  }

  Step last() {
    return last;
  }

  List<Todo> todos() {
    return last.todos();
  }

  boolean wantsLook() {
    return todos().contains(new Todo.Look());
  }

  /** What the last step wants sent. */
  Optional<Action> acted() {
    return act().map(Intent::action);
  }

  Optional<Intent> act() {
    return todos().stream()
        .filter(Todo.Act.class::isInstance)
        .map(todo -> ((Todo.Act) todo).intent())
        .findFirst();
  }

  Optional<Todo.Measure> measures() {
    return todos().stream()
        .filter(Todo.Measure.class::isInstance)
        .map(Todo.Measure.class::cast)
        .findFirst();
  }

  Ending ending() {
    assertThat(session.ending()).as(() -> "the gate should have ended; " + timeline()).isPresent();
    return session.ending().get();
  }

  /** Ended so, in one line for an assertion: {@code PASS promoted 0}. */
  String ended() {
    Ending ending = ending();
    return ending.verdict() + " " + ending.outcome().text() + " " + ending.exitCode();
  }

  boolean goesOn() {
    return !session.ended();
  }

  List<String> timeline() {
    return session.timeline().stream().map(TimelineEntry::text).toList();
  }
}
