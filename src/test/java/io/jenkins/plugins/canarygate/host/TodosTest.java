package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Fence;
import io.jenkins.plugins.canarygate.rollout.Intent;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Memory;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the engine wants done about the rollout")
class TodosTest {
  private final VirtualTime time = new VirtualTime();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final FakeDriver driver = new FakeDriver("calm");
  private final List<Runnable> wakes = new ArrayList<>();
  private final WakeUps wakeUps =
      new WakeUps() {
        @Override
        public Timers.Cancellable subscribe(Topic topic, Runnable wake) {
          wakes.add(wake);
          return () -> wakes.remove(wake);
        }

        @Override
        public void close() {}
      };
  private final GateHost host = new GateHost(time.parts(wakeUps), spec -> engine);
  private final WakeUps.Topic topic =
      new WakeUps.Topic(
          null,
          new WakeUps.Kind("argoproj.io", "v1alpha1", "Rollout", "rollouts"),
          "shop",
          "checkout");

  private RunningGate start() {
    RunningGate gate = host.start(new JobBuilder(time).driver(driver).topic(topic).build());
    time.runUntilIdle();
    return gate;
  }

  private List<String> looksTold() {
    return engine.seen(Seen.Looked.class).stream()
        .map(looked -> looked.observation().where())
        .toList();
  }

  @Test
  void aGateBeginsAndIsToldWhatALookShowed() {
    engine.on(Seen.Began.class, new Todo.Look());

    start();

    assertThat(engine.kinds()).containsExactly("Began", "Looked");
    assertThat(looksTold()).containsExactly("calm look 1");
  }

  @Test
  void aQuestionCarriesTheFenceTheIntentAndTheDriversNotes() {
    Intent intent = Samples.intent(Action.PROMOTE, time.wall());
    Fence fence = Samples.fence("5f7d");
    Memory memory = new Memory(JsonNodeFactory.instance.objectNode().put("weight", 20));
    engine.on(
        Seen.Began.class,
        (session, seen) ->
            Answer.of(
                Samples.with(session, intent, Samples.point(fence, time.wall()), memory),
                new Todo.Look()));

    start();

    assertThat(driver.questions())
        .singleElement()
        .satisfies(
            question -> {
              assertThat(question.fence()).contains(fence);
              assertThat(question.intent()).contains(intent);
              assertThat(question.memory()).isEqualTo(memory);
              assertThat(question.now()).isEqualTo(time.wall());
            });
  }

  @Test
  void looksThatAreAskedDuringALookAreMadeAsOneAfterIt() {
    driver.inLook =
        number -> {
          if (number == 1) {
            wakes.forEach(Runnable::run);
            wakes.forEach(Runnable::run);
          }
        };
    engine.on(Seen.Began.class, new Todo.Look(), new Todo.Look());

    start();

    assertThat(looksTold()).containsExactly("calm look 1", "calm look 2");
  }

  @Test
  void aWatchThatWakesTheGateMakesItLook() {
    engine.on(Seen.Began.class);
    start();

    wakes.forEach(Runnable::run);
    time.runUntilIdle();

    assertThat(engine.kinds()).containsExactly("Began", "Looked");
  }

  @Test
  void aWatchThatWakesAGateBeforeItBeginsCostsNoLook() {
    engine.on(Seen.Began.class, new Todo.Look());
    // The first gates begin at once, later ones a little apart.
    for (int gate = 0; gate < 30; gate++) {
      host.start(new JobBuilder(time).build());
    }
    host.start(new JobBuilder(time).driver(driver).topic(topic).build());
    wakes.forEach(Runnable::run);
    time.runUntilIdle();
    assertThat(driver.questions()).isEmpty();

    time.advance(Duration.ofSeconds(1));

    assertThat(driver.questions()).hasSize(1);
  }

  @Test
  void aFailedLookTellsWhetherWaitingHelps() {
    driver.inLook =
        number -> {
          throw number == 1
              ? new LookException(
                  LookException.Kind.TRANSIENT,
                  "the server is busy",
                  Optional.of(Duration.ofSeconds(7)))
              : new LookException(LookException.Kind.DENIED, "not allowed", Optional.empty());
        };
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(Seen.LookFailed.class, List.of(List.of(new Todo.Look())));

    start();

    assertThat(engine.seen(Seen.LookFailed.class))
        .containsExactly(
            new Seen.LookFailed(false, "the server is busy", Optional.of(Duration.ofSeconds(7))),
            new Seen.LookFailed(true, "not allowed", Optional.empty()));
  }

  @Test
  void aDriverThatFailsUnexpectedlyIsAFailedLookWithoutItsMessage() {
    driver.inLook =
        number -> {
          throw new IllegalStateException("Authorization: Bearer s3cret");
        };
    engine.on(Seen.Began.class, new Todo.Look());

    start();

    assertThat(engine.seen(Seen.LookFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.denied()).isFalse();
              assertThat(failed.why()).contains("IllegalStateException").doesNotContain("s3cret");
            });
  }

  @Test
  void aGateWithoutARolloutIsToldSoWhenItLooks() {
    engine.on(Seen.Began.class, new Todo.Look());
    host.start(new JobBuilder(time).build());
    time.runUntilIdle();

    assertThat(engine.seen(Seen.LookFailed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.denied()).isTrue());
  }

  @Test
  @DisplayName("A1: a write is sent on the observation that the step was told")
  void aWriteIsSentOnTheObservationThatTheStepWasTold() {
    Intent intent = Samples.intent(Action.PROMOTE, time.wall());
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Look()), List.of(new Todo.Act(intent), new Todo.Look())));

    start();

    assertThat(driver.sent()).containsExactly("promote on calm look 2");
    assertThat(engine.kinds()).containsExactly("Began", "Looked", "Looked", "Sent", "Looked");
    assertThat(engine.seen(Seen.Sent.class))
        .containsExactly(
            new Seen.Sent("promote", "promote on calm look 2", time.wall(), Receipt.DONE));
  }

  @Test
  void aLookThatIsAskedDuringAWriteIsMadeAfterIt() {
    List<Integer> looksBeforeSending = new ArrayList<>();
    driver.inSend =
        () -> {
          wakes.forEach(Runnable::run);
          time.runUntilIdle();
          looksBeforeSending.add(driver.questions().size());
        };
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Act(Samples.intent(Action.ABORT, time.wall())))));

    start();

    assertThat(looksBeforeSending).containsExactly(1);
    assertThat(engine.kinds()).containsExactly("Began", "Looked", "Sent", "Looked");
  }

  @Test
  void aDriverWithNothingToSendSaysSo() {
    driver.due = Optional.empty();
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())))));

    start();

    assertThat(engine.kinds()).containsExactly("Began", "Looked", "NothingToSend");
  }

  @Test
  @DisplayName("A1: an answer that never came counts as sent")
  void aWriteThatFailsUnexpectedlyMayHaveArrived() {
    driver.inSend =
        () -> {
          throw new IllegalStateException("token=s3cret");
        };
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())))));

    start();

    assertThat(engine.seen(Seen.Sent.class))
        .singleElement()
        .satisfies(
            sent -> {
              assertThat(sent.what()).isEqualTo("promote");
              assertThat(sent.receipt().result()).isEqualTo(Receipt.Result.UNKNOWN);
              assertThat(sent.receipt().message()).doesNotContain("s3cret");
            });
  }

  @Test
  void aDriverThatFailsBeforeAnythingIsSentIsARefusal() {
    driver.inNext =
        () -> {
          throw new NullPointerException("no status");
        };
    engine
        .on(Seen.Began.class, new Todo.Look())
        .inTurn(
            Seen.Looked.class,
            List.of(List.of(new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())))));

    start();

    assertThat(driver.sent()).isEmpty();
    assertThat(engine.seen(Seen.Sent.class))
        .singleElement()
        .satisfies(sent -> assertThat(sent.receipt().result()).isEqualTo(Receipt.Result.REFUSED));
  }

  @Test
  @DisplayName("A1: nothing is sent without a fresh look")
  void nothingIsSentWhereTheStepWasToldNoObservation() {
    List<String> problems = new ArrayList<>();
    engine.on(Seen.Began.class, new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())));
    host.start(
        new JobBuilder(time)
            .driver(driver)
            .listener(
                new GateListener() {
                  @Override
                  public void problem(GateSession session, String what) {
                    problems.add(what);
                  }
                })
            .build());
    time.runUntilIdle();

    assertThat(driver.sent()).isEmpty();
    assertThat(engine.kinds()).containsExactly("Began", "NothingToSend");
    assertThat(problems).singleElement().asString().contains("nothing was sent for promote");
  }

  @Test
  void anEndedGateIsDoneAndWakesNoMore() {
    engine.on(
        Seen.Began.class,
        (session, seen) -> Answer.of(Samples.ended(session, time.wall()), new Todo.Finish()));

    RunningGate gate = start();

    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
    assertThat(wakes).isEmpty();
    assertThat(host.running()).isZero();
    gate.cancel("SIGTERM");
    time.advance(Duration.ofHours(1));
    assertThat(engine.kinds()).containsExactly("Began");
    assertThat(time.timersSet()).isZero();
  }

  @Test
  @DisplayName("S1: a finished session gives the stored verdict, nothing contacted")
  void aGateThatHadEndedIsDoneAtOnce() {
    GateSession ended = Samples.ended(Samples.session(time), Instant.EPOCH);

    RunningGate gate =
        host.start(new JobBuilder(time).session(ended).driver(driver).topic(topic).build());

    assertThat(gate.done()).isCompletedWithValue(ended);
    time.advance(Duration.ofHours(1));
    assertThat(engine.seen()).isEmpty();
    assertThat(driver.questions()).isEmpty();
    assertThat(wakes).isEmpty();
    assertThat(host.running()).isZero();
  }

  @Test
  void anEngineThatFailsEndsTheGateLoudlyWithTheLastGoodState() {
    List<Throwable> crashes = new ArrayList<>();
    engine
        .on(
            Seen.Began.class,
            (session, seen) ->
                Answer.of(Samples.noted(session, time.wall(), "began"), new Todo.Look()))
        .on(
            Seen.Looked.class,
            (session, seen) -> {
              throw new IllegalStateException("impossible");
            });
    MemorySessionStore store = new MemorySessionStore();
    RunningGate gate =
        host.start(
            new JobBuilder(time)
                .driver(driver)
                .topic(topic)
                .store(store)
                .listener(
                    new GateListener() {
                      @Override
                      public void crashed(GateSession session, Throwable cause) {
                        crashes.add(cause);
                      }
                    })
                .build());
    time.runUntilIdle();

    assertThat(gate.done().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(GateCrashedException.class);
    assertThat(crashes).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(gate.session().timeline()).extracting("text").containsExactly("began");
    assertThat(store.load()).contains(gate.session());
    assertThat(wakes).isEmpty();
    assertThat(host.running()).isZero();
  }

  @Test
  void aListenerThatFailsHurtsNoGate() {
    engine.on(Seen.Began.class, new Todo.Look());
    host.start(
        new JobBuilder(time)
            .driver(driver)
            .listener(
                new GateListener() {
                  @Override
                  public void stepped(
                      GateSession before,
                      GateSession after,
                      io.jenkins.plugins.canarygate.gate.Step step) {
                    throw new IllegalStateException("the log is full");
                  }
                })
            .build());
    time.runUntilIdle();

    assertThat(engine.kinds()).containsExactly("Began", "Looked");
  }

  @Test
  void aHostThatIsClosedLeavesItsGatesAsTheyAreKept() {
    MemorySessionStore store = new MemorySessionStore();
    engine.on(
        Seen.Began.class,
        (session, seen) ->
            Answer.of(Samples.noted(session, time.wall(), "began"))
                .at(time.wall().plusSeconds(60)));
    RunningGate gate =
        host.start(new JobBuilder(time).driver(driver).topic(topic).store(store).build());
    time.runUntilIdle();

    host.close();

    assertThat(gate.done().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(java.util.concurrent.CancellationException.class);
    assertThat(store.load()).contains(gate.session());
    time.advance(Duration.ofHours(1));
    assertThat(engine.kinds()).containsExactly("Began");
  }
}
