package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Question;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.IntFunction;

/**
 * Runs a gate as a host does, against a simulated rollout and scripted evidence, in virtual time
 * and on one thread: one look or one write at a time, sessions kept before anything is done. It can
 * be killed before and after it keeps a session and before and after it sends a write, and goes on
 * from what it had kept.
 */
final class GateLoop {
  private static final int MOST_STEPS = 20_000;
  private static final Duration DOWN = Duration.ofSeconds(5);

  private record Event(long at, long number, Runnable what) {}

  /** Unwinds to where the killed process is started again. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  final SimulatedCluster cluster;
  final SimulatedRollout driver;
  private final GateSpec spec;
  private final GateEngine engine;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          java.util.Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

  /** What the n-th measurement says, counted from 0; empty: it never answers. */
  IntFunction<Optional<Reading>> evidence = n -> Optional.of(Reading.Answer.of(Values.of(0)));

  Duration lookTakes = Duration.ofMillis(200);
  Duration sendTakes = Duration.ofMillis(300);
  Duration measuringTakes = Duration.ofSeconds(2);

  /** Which of the places where a process can be killed is where it is. */
  OptionalLong killAt = OptionalLong.empty();

  long placesPassed;
  long kills;
  Duration setBack = Duration.ZERO;

  private GateSession session;
  private String kept;
  private long uptime = 1_000;
  private Duration clockOffset = Duration.ZERO;
  private int boot = 1;
  private long numbers;
  private long steps;
  private int measured;
  private boolean up = true;
  private boolean busy;
  private boolean lookWanted;
  private boolean finished;
  private long timer;

  GateLoop(GateSpec spec, SimulatedCluster cluster) {
    this.spec = spec;
    this.engine = new GateEngine(spec);
    this.cluster = cluster;
    this.driver = new SimulatedRollout(cluster, spec.target().at(), this::now);
    this.session = GateSession.begin(spec, "run-1", moment());
    this.kept = SessionJson.write(session);
  }

  Instant now() {
    return EngineHarness.START.plusMillis(uptime).plus(clockOffset);
  }

  private Moment moment() {
    return new Moment(now(), uptime, "boot-" + boot);
  }

  GateSession session() {
    return session;
  }

  boolean finished() {
    return finished;
  }

  Duration lived() {
    return Duration.ofMillis(uptime - 1_000);
  }

  /** Has something happen in the world. */
  GateLoop at(Duration after, Runnable what) {
    events.add(new Event(1_000 + after.toMillis(), numbers++, what));
    return this;
  }

  /** Has the controller reconcile again and again. */
  GateLoop reconciledEvery(Duration interval) {
    return at(interval, () -> again(interval));
  }

  private void again(Duration interval) {
    cluster.reconcile(now());
    later(interval, () -> again(interval));
  }

  private void later(Duration wait, Runnable what) {
    events.add(new Event(uptime + wait.toMillis(), numbers++, what));
  }

  /** For what belongs to a process: nothing of it happens once that was killed. */
  private void laterInThisProcess(Duration wait, Runnable what) {
    int thisBoot = boot;
    later(
        wait,
        () -> {
          if (boot == thisBoot && !finished) {
            what.run();
          }
        });
  }

  GateLoop run() {
    tellGuarded(new Seen.Began());
    while (!finished && !events.isEmpty()) {
      Event event = events.poll();
      uptime = Math.max(uptime, event.at());
      try {
        event.what().run();
      } catch (Killed killed) {
        restart();
      }
    }
    assertThat(finished).as("the gate finished; %s", session).isTrue();
    return this;
  }

  private void tellGuarded(Seen seen) {
    try {
      tell(seen);
    } catch (Killed killed) {
      restart();
    }
  }

  /** The process dies, and a while later another goes on from what was kept. */
  void kill() {
    if (up && !finished) {
      throw new Killed();
    }
  }

  private void restart() {
    kills++;
    up = false;
    boot++;
    busy = false;
    lookWanted = false;
    int thisBoot = boot;
    later(
        DOWN,
        () -> {
          if (boot == thisBoot) {
            up = true;
            session = SessionJson.read(kept);
            tell(new Seen.Began());
          }
        });
  }

  /** Somebody wants the gate to end, if a process is there to be told. */
  void cancel() {
    if (up) {
      tell(new Seen.CancelAsked("SIGTERM", false));
    }
  }

  /** A watch wakes the gate. */
  void wake() {
    if (up && !finished) {
      look();
    }
  }

  private void place() {
    if (killAt.isPresent() && placesPassed++ == killAt.getAsLong()) {
      throw new Killed();
    }
    if (killAt.isEmpty()) {
      placesPassed++;
    }
  }

  /** Tells the engine, if a process is there to be told. */
  void tell(Seen seen) {
    if (finished) {
      return;
    }
    assertThat(steps++).as("steps of one gate").isLessThan(MOST_STEPS);
    Optional<Observation> told =
        seen instanceof Seen.Looked looked ? Optional.of(looked.observation()) : Optional.empty();
    Step step = Steps.take(engine, session, moment(), seen);
    session = step.session();
    if (step.durable() || step.todos().contains(new Todo.Finish())) {
      place();
      kept = SessionJson.write(session);
      place();
    }
    setTimer(step.lookAgain());
    for (Todo todo : step.todos()) {
      carryOut(todo, told);
    }
  }

  private void setTimer(Instant when) {
    long number = ++timer;
    if (!when.equals(Instant.MAX)) {
      laterInThisProcess(
          Duration.between(now(), when),
          () -> {
            if (number == timer) {
              tell(new Seen.Time());
            }
          });
    }
  }

  private void carryOut(Todo todo, Optional<Observation> told) {
    if (todo instanceof Todo.Look) {
      look();
    } else if (todo instanceof Todo.Prepare) {
      laterInThisProcess(
          measuringTakes, () -> tell(new Seen.Prepared(false, Optional.empty(), "")));
    } else if (todo instanceof Todo.Measure measure) {
      measure(measure);
    } else if (todo instanceof Todo.Act act) {
      act(act.intent(), told.orElseThrow());
    } else if (todo instanceof Todo.Announce announce) {
      laterInThisProcess(
          measuringTakes,
          () ->
              tell(
                  new Seen.Announced(
                      announce.ticket().or(() -> Optional.of("m")), Optional.empty())));
    } else if (todo instanceof Todo.Finish) {
      finished = true;
    }
  }

  /** Looks now, or once more after what is under way. */
  void look() {
    if (busy) {
      lookWanted = true;
      return;
    }
    busy = true;
    lookWanted = false;
    Question question =
        new Question(
            now(), session.point().flatMap(PointRun::fence), session.intent(), session.memory());
    laterInThisProcess(
        lookTakes.dividedBy(2),
        () -> {
          Seen seen = lookNow(question);
          laterInThisProcess(lookTakes.dividedBy(2), () -> answered(seen));
        });
  }

  private Seen lookNow(Question question) {
    try {
      return new Seen.Looked(driver.look(question));
    } catch (LookException e) {
      boolean denied = e.kind() == LookException.Kind.DENIED;
      return new Seen.LookFailed(denied, e.getMessage(), e.retryAfter());
    }
  }

  private void answered(Seen seen) {
    busy = false;
    tell(seen);
    if (lookWanted && !busy) {
      look();
    }
  }

  private void act(Intent intent, Observation told) {
    assertThat(busy).as("a look was asked before the write %s", intent).isFalse();
    place();
    busy = true;
    Optional<Write> write = driver.next(intent, told);
    if (write.isEmpty()) {
      laterInThisProcess(Duration.ofMillis(10), () -> answered(new Seen.NothingToSend()));
      return;
    }
    laterInThisProcess(
        sendTakes.dividedBy(2),
        () -> {
          Promises.beforeTheWrite(spec, session, cluster, write.get().what());
          int before = cluster.accepted.size();
          Receipt receipt = driver.send(write.get());
          if (cluster.accepted.size() > before) {
            Promises.afterTheWrite(session, cluster.accepted.get(before));
          }
          place();
          Seen.Sent sent = new Seen.Sent(write.get().what(), write.get().text(), now(), receipt);
          laterInThisProcess(sendTakes.dividedBy(2), () -> answered(sent));
        });
  }

  private void measure(Todo.Measure measure) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    for (Todo.Order order : measure.orders()) {
      evidence.apply(measured++).ifPresent(reading -> readings.put(order.check(), reading));
    }
    if (!readings.isEmpty()) {
      laterInThisProcess(measuringTakes, () -> tell(new Seen.Measured(readings)));
    }
  }

  void clockJumps(Duration by) {
    clockOffset = clockOffset.plus(by);
    setBack = by.isNegative() ? setBack.minus(by) : setBack;
  }
}
