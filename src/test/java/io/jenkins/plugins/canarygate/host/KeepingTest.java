package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.GateEngine;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Step;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Promise 4: a session is kept before anything is done that must not be forgotten")
class KeepingTest {
  private final VirtualTime time = new VirtualTime();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final FakeDriver driver = new FakeDriver("calm");
  private final FailingStore store = new FailingStore();
  private final List<String> said = new ArrayList<>();
  private final GateHost host = new GateHost(time.parts(WakeUps.none()), spec -> engine);
  private final GateListener listener =
      new GateListener() {
        @Override
        public void stepped(GateSession before, GateSession after, Step step) {
          said.add("step " + after.timeline().size());
        }

        @Override
        public void storeFailed(GateSession session, String why, Optional<Duration> again) {
          said.add(why + again.map(wait -> ", again").orElse(", given up"));
        }

        @Override
        public void crashed(GateSession session, Throwable cause) {
          said.add("crashed");
        }
      };

  @BeforeEach
  void anEngineThatPromotesAtItsFirstLook() {
    engine
        .on(Seen.Began.class, new Todo.Look())
        .on(
            Seen.Looked.class,
            (session, seen) ->
                Answer.of(
                        Samples.noted(session, time.wall(), "intent"),
                        new Todo.Act(Samples.intent(Action.PROMOTE, time.wall())))
                    .kept());
  }

  private RunningGate start() {
    RunningGate gate =
        host.start(new JobBuilder(time).driver(driver).store(store).listener(listener).build());
    time.runUntilIdle();
    return gate;
  }

  @Test
  void theIntentIsKeptBeforeItIsSent() {
    List<String> order = new ArrayList<>();
    driver.inNext =
        () -> order.add("kept: " + store.load().map(kept -> kept.timeline().size()).orElse(0));
    driver.inSend = () -> order.add("sent");

    start();

    assertThat(order).containsExactly("kept: 1", "sent");
    assertThat(said).contains("step 1");
  }

  @Test
  void nothingIsSentWhileTheIntentCannotBeKept() {
    store.failing = true;

    start();
    time.advance(Duration.ofMinutes(10));

    assertThat(driver.sent()).isEmpty();
    assertThat(engine.kinds()).containsExactly("Began", "Looked");
    assertThat(said).contains("no space left on device, again").doesNotContain("step 1");
  }

  @Test
  void itIsSentOnceTheIntentCouldBeKept() {
    store.failing = true;
    start();
    time.advance(Duration.ofSeconds(5));
    store.failing = false;

    time.advance(Duration.ofSeconds(30));

    assertThat(driver.sent()).containsExactly("promote on calm look 1");
    assertThat(engine.kinds()).containsExactly("Began", "Looked", "Sent");
  }

  @Test
  void theAttemptsAreFurtherAndFurtherApart() {
    store.failing = true;
    start();
    time.advance(Duration.ofMinutes(10));

    // 0.5, 1, 2, 4, 8, 16 s, then every 30 s at most, and half of that at least.
    assertThat(store.attempts()).isBetween(24, 50);
  }

  @Test
  void anActIsKeptForEvenWhereTheStepDoesNotSaySo() {
    engine.on(seen -> false, (session, seen) -> Answer.of(session));
    ScriptedEngine forgetful =
        new ScriptedEngine()
            .on(Seen.Began.class, new Todo.Look())
            .on(
                Seen.Looked.class,
                (session, seen) ->
                    Answer.of(session, new Todo.Act(Samples.intent(Action.ABORT, time.wall()))));
    store.failing = true;

    new GateHost(time.parts(WakeUps.none()), spec -> forgetful)
        .start(new JobBuilder(time).driver(driver).store(store).build());
    time.advance(Duration.ofMinutes(1));

    assertThat(driver.sent()).isEmpty();
  }

  @Test
  void whatIsSeenMeanwhileIsToldAfterwardsInOrder() {
    ScriptedEngine slow =
        new ScriptedEngine()
            .on(
                Seen.Began.class,
                (session, seen) -> Answer.of(session).at(time.wall().plusSeconds(3600)).kept());
    store.failing = true;
    RunningGate gate =
        new GateHost(time.parts(WakeUps.none()), spec -> slow)
            .start(new JobBuilder(time).driver(driver).store(store).build());
    time.runUntilIdle();
    gate.cancel("a person");
    time.runUntilIdle();
    assertThat(slow.kinds()).containsExactly("Began");

    store.failing = false;
    time.advance(Duration.ofSeconds(2));

    assertThat(slow.kinds()).containsExactly("Began", "CancelAsked");
  }

  @Test
  @DisplayName("A6: a gate that was asked to end gives up keeping after three tries")
  void aGateThatWasAskedToEndDoesNotTryForEver() {
    store.failing = true;
    RunningGate gate = start();
    time.advance(Duration.ofMinutes(1));

    gate.cancel("SIGTERM");
    time.runUntilIdle();

    assertThat(gate.done().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("the session cannot be kept");
    assertThat(driver.sent()).isEmpty();
    assertThat(said).endsWith("no space left on device, given up", "crashed");
  }

  @Test
  void aGateWhoseTimeIsOverDoesNotTryForEver() {
    store.failing = true;
    RunningGate gate = start();

    time.advance(Duration.ofMinutes(46));

    assertThat(gate.done().toCompletableFuture()).isCompletedExceptionally();
    assertThat(driver.sent()).isEmpty();
  }

  @Test
  void aVerdictThatCannotBeKeptIsSaidAllTheSame() {
    ScriptedEngine ending =
        new ScriptedEngine()
            .on(
                Seen.Began.class,
                (session, seen) ->
                    Answer.of(Samples.ended(session, time.wall()), new Todo.Finish()));
    store.failing = true;
    RunningGate gate =
        new GateHost(time.parts(WakeUps.none()), spec -> ending)
            .start(new JobBuilder(time).store(store).listener(listener).build());

    time.advance(Duration.ofSeconds(10));

    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
    assertThat(said)
        .containsSubsequence(
            "no space left on device, again",
            "no space left on device, again",
            "no space left on device, given up");
  }

  @Test
  void whatIsOnlyConvenientToKeepIsWrittenNowAndThen() {
    ScriptedEngine busy =
        new ScriptedEngine()
            .on(
                seen -> true,
                (session, seen) ->
                    Answer.of(Samples.noted(session, time.wall(), "looked"))
                        .at(time.wall().plusSeconds(1)));
    RunningGate gate =
        new GateHost(time.parts(WakeUps.none()), spec -> busy)
            .start(new JobBuilder(time).store(store).build());

    time.advance(Duration.ofSeconds(100));

    assertThat(busy.seen()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(store.kept()).isBetween(9, 11);
    assertThat(gate.session().timeline().size() - store.load().orElseThrow().timeline().size())
        .isLessThanOrEqualTo(10);
  }

  @Test
  void aGateInWhichOnlyTimePassesIsNotWrittenAgain() {
    GateHost real = new GateHost(time.parts(WakeUps.none()), spec -> new GateEngine(spec)::step);
    RunningGate gate = real.start(new JobBuilder(time).driver(driver).store(store).build());
    time.advance(Duration.ofMinutes(1));
    int kept = store.kept();
    int looks = driver.questions().size();
    driver.where = Optional.of("still");
    time.advance(Duration.ofMinutes(5));

    assertThat(driver.questions()).hasSizeGreaterThan(looks + 2);
    assertThat(store.kept()).isLessThanOrEqualTo(kept + 1);
    assertThat(gate.session().sameButForTime(store.load().orElseThrow())).isTrue();
  }

  @Test
  void whatIsOnlyConvenientToKeepStopsNoGateWhereItFails() {
    ScriptedEngine busy =
        new ScriptedEngine()
            .on(
                seen -> true,
                (session, seen) ->
                    Answer.of(Samples.noted(session, time.wall(), "looked"))
                        .at(time.wall().plusSeconds(1)));
    store.failing = true;
    new GateHost(time.parts(WakeUps.none()), spec -> busy)
        .start(new JobBuilder(time).store(store).listener(listener).build());
    time.advance(Duration.ofSeconds(25));
    assertThat(said).contains("no space left on device, again");

    store.failing = false;
    time.advance(Duration.ofSeconds(15));

    assertThat(busy.seen()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(store.load()).isPresent();
  }

  @Test
  void aStoreThatFailsUnexpectedlyIsAStoreThatFails() {
    SessionStore broken =
        new SessionStore() {
          @Override
          public void save(GateSession session) {
            throw new IllegalStateException("password=s3cret");
          }

          @Override
          public Optional<GateSession> load() {
            return Optional.empty();
          }
        };
    host.start(new JobBuilder(time).driver(driver).store(broken).listener(listener).build());
    time.advance(Duration.ofMinutes(1));

    assertThat(driver.sent()).isEmpty();
    assertThat(said)
        .anyMatch(line -> line.contains("IllegalStateException"))
        .noneMatch(line -> line.contains("s3cret"));
  }
}
