package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.GateSession;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What measurements have left outside when nobody will go on with them")
class TakingBackTest {
  private static final Reading NOT_YET =
      new Reading.NotYet(Duration.ofSeconds(1), "it is being measured", Optional.of("query-7"));

  private final VirtualTime time = new VirtualTime();

  /** Calls that block, which a test lets go on one by one. */
  private final Queue<Runnable> pool = new ArrayDeque<>();

  private final ScriptedEngine engine = new ScriptedEngine();
  private final List<String> told = new ArrayList<>();
  private final Source source = new Source();
  private final GateHost host =
      new GateHost(
          new HostParts(time, time, pool::add, time, WakeUps.none(), new Random(1)),
          spec -> engine);

  /** Answers what a test says, and tells what it was asked to take back, and when. */
  private final class Source implements EvidenceSource {
    private Reading answer = NOT_YET;
    private RuntimeException failure;

    @Override
    public Preparation prepare(EvidenceContext context) {
      return Preparation.READY;
    }

    @Override
    public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
      told.add("measured");
      return Map.of("errors", answer);
    }

    @Override
    public void abandon(EvidenceRequest request, EvidenceContext context) {
      told.add("took back " + request.ticket().orElse("what has no ticket"));
      if (failure != null) {
        throw failure;
      }
    }
  }

  private static Todo.Measure measure(Instant since, Optional<String> ticket) {
    return new Todo.Measure(
        List.of(new Todo.Order("errors", Optional.empty(), since, ticket, SeriesWanted.NO)));
  }

  /** A gate that measures at once, and ends when it is asked to. */
  private RunningGate start() {
    engine
        .on(Seen.Began.class, measure(time.wall(), Optional.empty()))
        .on(
            Seen.CancelAsked.class,
            (session, seen) ->
                Answer.of(Samples.ended(session, session.started()), new Todo.Finish()));
    RunningGate gate = host.start(new JobBuilder(time).sources(Map.of("errors", source)).build());
    // The mailbox's own turn; what it asks of the source stays in the pool.
    pool.remove().run();
    return gate;
  }

  private void runPool() {
    while (!pool.isEmpty()) {
      pool.remove().run();
    }
  }

  private void cancel(RunningGate gate) {
    gate.cancel("SIGTERM");
    time.runUntilIdle();
  }

  @Test
  void areTakenBackBeforeTheGateIsDone() {
    RunningGate gate = start();
    runPool();

    cancel(gate);
    assertThat(gate.done()).isNotDone();
    runPool();

    assertThat(told).containsExactly("measured", "took back query-7");
    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
  }

  @Test
  void areTakenBackOnceTheSourceHasAnsweredIfTheGateEndsBeforeThat() {
    RunningGate gate = start();

    cancel(gate);
    assertThat(gate.done()).isNotDone();
    runPool();

    assertThat(told).containsExactly("measured", "took back query-7");
    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
  }

  @Test
  @DisplayName("A6: are waited for two seconds at most, and taken back later where that can be")
  void areNotWaitedForLong() {
    RunningGate gate = start();

    cancel(gate);
    time.advance(Duration.ofMillis(1999));
    assertThat(gate.done()).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);

    runPool();
    assertThat(told).containsExactly("measured", "took back query-7");
  }

  @Test
  void areNotTakenBackWhereTheSourceHasAnswered() {
    source.answer = Reading.Answer.of(Values.of(1));
    RunningGate gate = start();

    cancel(gate);
    runPool();

    assertThat(told).containsExactly("measured");
    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
  }

  @Test
  void areTakenBackAtOnceWhereMeasuringHasFailed() {
    source.answer = Reading.Failed.because("503");
    start();

    runPool();

    assertThat(told).containsExactly("measured", "took back what has no ticket");
  }

  @Test
  void areTakenBackWhereTheCheckIsMeasuredAnew() {
    engine.inTurn(
        Seen.Measured.class,
        List.of(List.of(measure(time.wall().plusSeconds(60), Optional.empty()))));
    start();

    runPool();

    assertThat(told).containsExactly("measured", "took back query-7", "measured");
  }

  @Test
  @DisplayName("M15: stay where the same measurement goes on after a jump of the clock")
  void stayWhereTheMeasurementGoesOn() {
    engine.inTurn(
        Seen.Measured.class,
        List.of(List.of(measure(time.wall().plusSeconds(60), Optional.of("query-7")))));
    start();

    runPool();

    assertThat(told).containsExactly("measured", "measured");
  }

  @Test
  void stayWhereTheHostIsClosedSinceAnotherProcessGoesOn() {
    RunningGate gate = start();

    host.close();
    runPool();

    assertThat(told).containsExactly("measured");
    assertThat(gate.done()).isCompletedExceptionally();
  }

  @Test
  void changeNothingOfTheEndWhereTheyCannotBeTakenBack() {
    source.failure = new IllegalStateException("no route");
    RunningGate gate = start();
    runPool();

    cancel(gate);
    runPool();

    assertThat(told).containsExactly("measured", "took back query-7");
    assertThat(gate.done()).isCompletedWithValueMatching(GateSession::ended);
  }
}
