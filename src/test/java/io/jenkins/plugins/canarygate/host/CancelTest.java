package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A6: a gate that is asked to end goes by threads and connections of its own")
class CancelTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final HostClock clock = new SystemClock();
  private final VirtualTime virtual = new VirtualTime();
  private final CountDownLatch patienceSet = new CountDownLatch(1);
  private final Timers timers =
      new Timers() {
        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
          Cancellable timer = virtual.schedule(delay, task);
          if (delay.equals(Errands.UNANSWERED)) {
            patienceSet.countDown();
          }
          return timer;
        }

        @Override
        public void close() {
          virtual.close();
        }
      };
  private final ExecutorService pool = Executors.newFixedThreadPool(1);
  private final ExecutorService urgent = Executors.newFixedThreadPool(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final FakeDriver calm = new FakeDriver("calm");
  private final FakeDriver hurried = new FakeDriver("hurried");
  private final ScriptedEngine engine = new ScriptedEngine();
  private final GateHost host =
      new GateHost(
          new HostParts(clock, timers, pool, urgent, WakeUps.none(), new Random(1)),
          spec -> engine);

  @AfterEach
  void release() throws InterruptedException {
    released.countDown();
    pool.shutdownNow();
    urgent.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(urgent.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void hang() {
    hanging.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunningGate start() {
    return host.start(new JobBuilder(clock).driver(calm).urgentDriver(hurried).build());
  }

  private void awaitHanging() throws InterruptedException {
    assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void endAtTheFirstLookAfterCancel() {
    engine
        .on(
            Seen.CancelAsked.class,
            (session, seen) ->
                Answer.of(
                    Samples.cancelled(session, ((Seen.CancelAsked) seen).by(), session.started()),
                    new Todo.Look()))
        .on(
            seen ->
                seen instanceof Seen.Looked looked
                    && looked.observation().where().startsWith("hurried"),
            (session, seen) ->
                Answer.of(Samples.ended(session, session.started()), new Todo.Finish()))
        .on(
            seen -> seen instanceof Seen.Sent,
            (session, seen) -> Answer.of(session, new Todo.Look()));
  }

  @Test
  void whileALookHangs() throws InterruptedException {
    calm.inLook = number -> hang();
    engine.on(Seen.Began.class, new Todo.Look());
    endAtTheFirstLookAfterCancel();
    RunningGate gate = start();
    awaitHanging();

    gate.cancel("SIGTERM");

    assertThat(gate.done()).succeedsWithin(SOON).matches(GateSession::ended);
    assertThat(engine.kinds()).containsExactly("Began", "CancelAsked", "Looked");
    assertThat(engine.seen(Seen.CancelAsked.class))
        .containsExactly(new Seen.CancelAsked("SIGTERM", false));
    assertThat(hurried.questions()).hasSize(1);
  }

  @Test
  void whatTheHangingLookSaysInTheEndIsNotHeard() throws InterruptedException {
    calm.inLook = number -> hang();
    CountDownLatch looked = new CountDownLatch(1);
    engine
        .on(Seen.Began.class, new Todo.Look())
        .on(
            Seen.Looked.class,
            (session, seen) -> {
              looked.countDown();
              return Answer.of(session);
            });
    RunningGate gate = start();
    awaitHanging();
    gate.cancel("SIGTERM");
    assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();

    released.countDown();
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(engine.seen(Seen.Looked.class))
        .extracting(seen -> seen.observation().where())
        .containsExactly("hurried look 1");
  }

  @Test
  void whileEveryThreadOfThePoolIsTaken() throws InterruptedException {
    pool.execute(this::hang);
    awaitHanging();
    engine.on(Seen.Began.class, new Todo.Look());
    endAtTheFirstLookAfterCancel();
    RunningGate gate = start();

    gate.cancel("SIGTERM");

    assertThat(gate.done()).succeedsWithin(SOON).matches(GateSession::ended);
    assertThat(calm.questions()).isEmpty();
  }

  @Test
  @DisplayName("A1: a write that hangs counts as sent once it is waited for no longer")
  void whileAWriteHangs() throws InterruptedException {
    calm.inSend = this::hang;
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Act(Samples.intent(Action.PROMOTE, clock.now().now())))));
    endAtTheFirstLookAfterCancel();
    RunningGate gate = start();
    awaitHanging();

    gate.cancel("SIGTERM");
    assertThat(patienceSet.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(hurried.questions()).isEmpty();
    virtual.advance(Errands.UNANSWERED);

    assertThat(gate.done()).succeedsWithin(SOON).matches(GateSession::ended);
    assertThat(engine.seen(Seen.Sent.class))
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.what()).isEqualTo("promote");
              assertThat(sent.receipt().result()).isEqualTo(Receipt.Result.UNKNOWN);
            });
    assertThat(hurried.sent()).isEmpty();
  }

  @Test
  void aWriteThatHasNotBegunGoesTheOtherWay() throws InterruptedException {
    VirtualTime time = new VirtualTime();
    ScriptedEngine promoting =
        new ScriptedEngine()
            .on(Seen.Began.class, new Todo.Look())
            .inTurn(
                Seen.Looked.class,
                List.of(List.of(new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())))));
    RunningGate[] gate = new RunningGate[1];
    // Between the look and the write: the listener hears of the step before its todos begin.
    GateListener cancelling =
        new GateListener() {
          @Override
          public void stepped(
              GateSession before, GateSession after, io.jenkins.plugins.canarygate.gate.Step step) {
            if (step.todos().stream().anyMatch(Todo.Act.class::isInstance)) {
              gate[0].cancel("SIGTERM");
            }
          }
        };
    gate[0] =
        new GateHost(time.parts(WakeUps.none()), spec -> promoting)
            .start(
                new JobBuilder(time)
                    .driver(calm)
                    .urgentDriver(hurried)
                    .listener(cancelling)
                    .build());
    time.runUntilIdle();

    assertThat(calm.sent()).isEmpty();
    assertThat(hurried.sent()).containsExactly("promote on calm look 1");
    assertThat(promoting.kinds()).containsExactly("Began", "Looked", "CancelAsked", "Sent");
  }

  @Test
  void onlyOnceHoweverOftenItIsAsked() {
    endAtTheFirstLookAfterCancel();
    RunningGate gate = start();

    gate.cancel("a person");
    gate.cancel("SIGTERM");

    assertThat(gate.done()).succeedsWithin(SOON);
    assertThat(engine.seen(Seen.CancelAsked.class))
        .containsExactly(new Seen.CancelAsked("a person", false));
  }

  @Test
  void alsoInAnotherProcessAfterItWasAsked() {
    engine.on(Seen.Began.class, new Todo.Look());
    endAtTheFirstLookAfterCancel();
    GateSession asked = Samples.cancelled(Samples.session(clock), "SIGTERM", clock.now().now());

    RunningGate gate =
        host.start(new JobBuilder(clock).session(asked).driver(calm).urgentDriver(hurried).build());

    assertThat(gate.done()).succeedsWithin(SOON).matches(GateSession::ended);
    assertThat(calm.questions()).isEmpty();
  }

  @Test
  void byItsOwnThreadsAlsoWhereItHasOnlyOneConnection() throws InterruptedException {
    pool.execute(this::hang);
    awaitHanging();
    engine
        .on(Seen.CancelAsked.class, new Todo.Look())
        .on(
            Seen.Looked.class,
            (session, seen) ->
                Answer.of(Samples.ended(session, session.started()), new Todo.Finish()));
    RunningGate gate = host.start(new JobBuilder(clock).driver(calm).build());

    gate.cancel("SIGTERM");

    assertThat(gate.done()).succeedsWithin(SOON).matches(GateSession::ended);
    assertThat(calm.questions()).hasSize(1);
  }
}
