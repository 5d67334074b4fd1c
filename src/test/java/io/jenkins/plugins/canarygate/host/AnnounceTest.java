package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.Announcer;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Telling an observability service")
class AnnounceTest {
  private final VirtualTime time = new VirtualTime();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final GateHost host = new GateHost(time.parts(WakeUps.none()), spec -> engine);
  private final List<String> told = new ArrayList<>();
  private boolean down;
  private final Announcer announcer =
      new Announcer() {
        @Override
        public Optional<String> open(String message, Instant at) throws AnnounceException {
          if (down) {
            throw new AnnounceException("Honeycomb does not answer");
          }
          told.add("open " + message);
          return Optional.of("marker-1");
        }

        @Override
        public void close(String ticket, String message, Instant at) {
          if (down) {
            throw new IllegalStateException("key=s3cret");
          }
          told.add("close " + ticket + " " + message);
        }
      };

  @Test
  void theStartGivesATicketAndTheVerdictUsesIt() {
    engine
        .on(Seen.Began.class, new Todo.Announce("begins", Optional.empty()))
        .inTurn(
            Seen.Announced.class,
            List.of(List.of(new Todo.Announce("PASS", Optional.of("marker-1")))));
    host.start(new JobBuilder(time).announcer(announcer).build());
    time.runUntilIdle();

    assertThat(told).containsExactly("open begins", "close marker-1 PASS");
    assertThat(engine.seen(Seen.Announced.class))
        .containsExactly(
            new Seen.Announced(Optional.of("marker-1"), Optional.empty()),
            new Seen.Announced(Optional.of("marker-1"), Optional.empty()));
  }

  @Test
  void aServiceThatIsDownIsOnlyAProblemThatIsTold() {
    down = true;
    engine.on(
        Seen.Began.class,
        new Todo.Announce("begins", Optional.empty()),
        new Todo.Announce("PASS", Optional.of("marker-1")));
    host.start(new JobBuilder(time).announcer(announcer).build());
    time.runUntilIdle();

    List<Seen.Announced> seen = engine.seen(Seen.Announced.class);
    assertThat(seen).hasSize(2).allSatisfy(what -> assertThat(what.ticket()).isEmpty());
    assertThat(seen.get(0).problem()).contains("Honeycomb does not answer");
    assertThat(seen.get(1).problem())
        .hasValueSatisfying(why -> assertThat(why).doesNotContain("s3cret"));
  }

  @Test
  void aGateEndsOnceTheVerdictHasBeenAnnounced() {
    engine.on(
        Seen.Began.class,
        (session, seen) ->
            Answer.of(
                Samples.ended(session, time.wall()),
                new Todo.Announce("PASS", Optional.of("marker-1")),
                new Todo.Finish()));
    RunningGate gate = host.start(new JobBuilder(time).announcer(announcer).build());
    gate.done().thenRun(() -> told.add("done"));
    time.runUntilIdle();

    assertThat(told).containsExactly("close marker-1 PASS", "done");
    assertThat(engine.kinds()).containsExactly("Began", "Announced");
  }

  @Test
  void aServiceThatHangsDelaysTheEndByAFewSecondsAtMost() {
    engine.on(
        Seen.Began.class,
        (session, seen) ->
            Answer.of(
                Samples.ended(session, time.wall()),
                new Todo.Announce("PASS", Optional.of("marker-1")),
                new Todo.Finish()));
    HostParts parts = time.parts(WakeUps.none());
    List<Runnable> hanging = new ArrayList<>();
    // The first task begins the gate; what follows never gets a thread.
    GateHost stuck =
        new GateHost(
            new HostParts(
                time,
                time,
                task -> {
                  if (hanging.isEmpty() && engine.seen().isEmpty()) {
                    time.execute(task);
                  } else {
                    hanging.add(task);
                  }
                },
                time,
                parts.wakeUps(),
                parts.random()),
            spec -> engine);
    RunningGate gate = stuck.start(new JobBuilder(time).announcer(announcer).build());
    time.runUntilIdle();
    assertThat(gate.done().toCompletableFuture()).isNotDone();
    assertThat(hanging).isNotEmpty();

    // A timer asks for a thread for the gate's own mailbox: that one is given.
    time.advance(Duration.ofSeconds(5));
    hanging.subList(1, hanging.size()).forEach(Runnable::run);

    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
    assertThat(told).isEmpty();
  }
}
