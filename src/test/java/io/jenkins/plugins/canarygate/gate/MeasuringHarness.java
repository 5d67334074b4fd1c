package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A gate on a fake clock that only measures: whatever it decides, nothing is asked of the rollout.
 * It plays the host: it looks when told to, steps when due, and leaves the measurements to the
 * test. The session goes through its JSON at every step.
 */
final class MeasuringHarness {
  static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  private final GateEngine engine;
  private final Map<String, Todo.Order> open = new LinkedHashMap<>();
  private final List<String> orderedNow = new ArrayList<>();
  private GateSession session;
  private Instant wall = START;
  private long uptime = 5_000;
  private String boot = "first";
  private Instant due = START;
  private int stepsNow;

  private Optional<Instant> trafficSince = Optional.of(START);
  private Map<Cohort, CohortNames> cohorts =
      Map.of(
          Cohort.CANARY, new CohortNames("7c9d", "checkout-7c9d-.*"),
          Cohort.STABLE, new CohortNames("5b8f", "checkout-5b8f-.*"));
  private Drift drift = Drift.NONE;
  private Fate fate = Fate.UNDER_WAY;

  private MeasuringHarness(GateSpec spec) {
    engine = new GateEngine(spec);
    session = GateSession.begin(spec, "run-1", moment());
  }

  /** {@code canary-gate check} of checks that need no rollout. */
  static MeasuringHarness checking(ACheck... checks) {
    return new MeasuringHarness(Specs.checking(false, null, checks));
  }

  /** {@code canary-gate check} of checks that name a cohort. */
  static MeasuringHarness checkingARollout(ACheck... checks) {
    return new MeasuringHarness(Specs.checking(true, null, checks));
  }

  /** A gate whose rollout waits at its gate point, with traffic on the canary since START. */
  static MeasuringHarness gating(ACheck... checks) {
    return new MeasuringHarness(Specs.of(null, checks));
  }

  /** {@code canary-gate check}, decided by a score. */
  static MeasuringHarness scoring(double pass, double warn, ACheck... checks) {
    return new MeasuringHarness(Specs.checking(false, new ScoreTargets(pass, warn), checks));
  }

  MeasuringHarness trafficSince(Instant since) {
    trafficSince = Optional.ofNullable(since);
    return this;
  }

  MeasuringHarness cohorts(Map<Cohort, CohortNames> names) {
    cohorts = names;
    return this;
  }

  /** Begins: the checks are found valid, the rollout is seen, and what is due is asked. */
  MeasuringHarness begin() {
    step(new Seen.Began());
    return this;
  }

  // Time.

  Instant now() {
    return wall;
  }

  /** Lets time pass; the gate is stepped whenever it asked for it. */
  MeasuringHarness pass(Duration time) {
    Instant until = wall.plus(time);
    while (!session.ended() && !due.isAfter(until)) {
      passToNextStep();
    }
    goTo(until);
    return this;
  }

  /** Time passes while the host is busy: several things are due at the next step. */
  MeasuringHarness passUnnoticed(Duration time) {
    goTo(wall.plus(time));
    return this;
  }

  /** Lets time pass until the gate wants to be stepped, and steps it. */
  MeasuringHarness passToNextStep() {
    goTo(due.isAfter(wall) ? due : wall);
    step(new Seen.Time());
    return this;
  }

  private void goTo(Instant instant) {
    if (instant.isAfter(wall)) {
      uptime += Duration.between(wall, instant).toMillis();
      stepsNow = 0;
    }
    wall = instant;
  }

  /** The wall clock jumps, the monotonic one does not; the gate notices at its next step. */
  MeasuringHarness jump(Duration by) {
    wall = wall.plus(by);
    stepsNow = 0;
    step(new Seen.Time());
    return this;
  }

  /** The process is killed, and another goes on from what was kept. */
  MeasuringHarness restart() {
    boot = boot + "'";
    uptime = 77;
    open.clear();
    step(new Seen.Began());
    return this;
  }

  // Measuring.

  /** The checks that were asked in the last step. */
  List<String> orderedNow() {
    return List.copyOf(orderedNow);
  }

  boolean isAsked(String check) {
    return open.containsKey(check);
  }

  Todo.Order order(String check) {
    assertThat(open).as("what is asked at " + wall).containsKey(check);
    return open.get(check);
  }

  Window window(String check) {
    return order(check).window().orElseThrow();
  }

  /** Answers what is asked, now. */
  MeasuringHarness answer(String check, Reading reading) {
    order(check);
    open.remove(check);
    step(new Seen.Measured(Map.of(check, reading)));
    return this;
  }

  /** Lets time pass until the check is asked, and says when that is. */
  Instant untilAsked(String check) {
    for (int i = 0; i < 10_000 && !open.containsKey(check); i++) {
      assertThat(session.ended()).as("ended " + session.ending()).isFalse();
      passToNextStep();
    }
    order(check);
    return wall;
  }

  /** Answers with these readings one after the other, each as soon as it is asked for. */
  MeasuringHarness measure(String check, Reading... readings) {
    for (Reading reading : readings) {
      untilAsked(check);
      answer(check, reading);
    }
    return this;
  }

  // What it shows.

  CheckRun run(String check) {
    return session.point().orElseThrow().checks().stream()
        .filter(run -> run.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  CheckRun.State state(String check) {
    return run(check).state();
  }

  Optional<Decision> decision() {
    return session.point().flatMap(PointRun::decision);
  }

  Verdict verdict() {
    return decision().orElseThrow(() -> new AssertionError("not decided")).verdict();
  }

  boolean ended() {
    return session.ended();
  }

  Ending ending() {
    return session.ending().orElseThrow();
  }

  GateSession session() {
    return session;
  }

  // The host's part.

  private Moment moment() {
    return new Moment(wall, uptime, boot);
  }

  private void step(Seen seen) {
    orderedNow.clear();
    take(seen);
  }

  private void take(Seen seen) {
    assertThat(stepsNow++).as("steps at " + wall + ": a gate must not spin").isLessThan(100);
    Step step = engine.step(session, moment(), seen);
    GateSession kept = SessionJson.read(SessionJson.write(step.session()));
    assertThat(kept)
        .as("a session read back is the one that was written")
        .isEqualTo(step.session());
    session = kept;
    due = step.lookAgain();
    for (Todo todo : step.todos()) {
      if (todo instanceof Todo.Measure measure) {
        measure.orders().forEach(this::opened);
      }
    }
    for (Todo todo : step.todos()) {
      if (todo instanceof Todo.Prepare) {
        take(new Seen.Prepared(false, Optional.empty(), ""));
      } else if (todo instanceof Todo.Look) {
        take(new Seen.Looked(observation()));
      } else {
        assertThat(todo).isInstanceOfAny(Todo.Measure.class, Todo.Finish.class);
      }
    }
  }

  private void opened(Todo.Order order) {
    assertThat(open).as("nothing is asked twice at once").doesNotContainKey(order.check());
    open.put(order.check(), order);
    orderedNow.add(order.check());
  }

  /** From the next look on, the rollout looks like this. */
  MeasuringHarness drift(Drift how) {
    drift = how;
    return this;
  }

  MeasuringHarness fate(Fate what) {
    fate = what;
    return this;
  }

  private Observation observation() {
    boolean there = fate == Fate.UNDER_WAY;
    return new Observation(
        wall,
        true,
        Optional.of("uid-1"),
        fate,
        Optional.of(new Revision("7c9d", "shop/checkout:2")),
        "step 1 of 4",
        "Paused",
        there
            ? Optional.of(new GatePoint("the pause at step 1", OptionalInt.of(1), START, false))
            : Optional.empty(),
        Optional.of(new Fence("7c9d", NullNode.getInstance())),
        session.point().isPresent() ? drift : Drift.NONE,
        Optional.empty(),
        "",
        Map.of(),
        List.of(),
        trafficSince,
        Optional.empty(),
        cohorts,
        List.of(),
        Duration.ofSeconds(30),
        Memory.empty(),
        NullNode.getInstance());
  }
}
