package io.jenkins.plugins.canarygate.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import io.jenkins.plugins.canarygate.gate.Seen;
import io.jenkins.plugins.canarygate.gate.Todo;
import io.jenkins.plugins.canarygate.gate.View;
import io.jenkins.plugins.canarygate.host.ScriptedEngine.Answer;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the engine wants done about evidence")
class EvidenceErrandsTest {
  private final VirtualTime time = new VirtualTime();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final GateHost host = new GateHost(time.parts(WakeUps.none()), spec -> engine);

  /** A source that answers 1 for every check, unless a test says otherwise. */
  private static final class Source implements EvidenceSource {
    private final List<List<EvidenceRequest>> asked = new ArrayList<>();
    private final List<EvidenceContext> contexts = new ArrayList<>();
    private int prepared;
    private Preparation preparation = Preparation.READY;
    private Map<String, Reading> answer;
    private RuntimeException failure;

    @Override
    public Preparation prepare(EvidenceContext context) {
      prepared++;
      throwFailure();
      return preparation;
    }

    @Override
    public Map<String, Reading> measure(List<EvidenceRequest> requests, EvidenceContext context) {
      asked.add(requests);
      contexts.add(context);
      throwFailure();
      if (answer != null) {
        return answer;
      }
      Map<String, Reading> readings = new HashMap<>();
      requests.forEach(request -> readings.put(request.check(), Reading.Answer.of(Values.of(1))));
      return readings;
    }

    private void throwFailure() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private final Source honeycomb = new Source();
  private final Source prometheus = new Source();

  private void start() {
    host.start(
        new JobBuilder(time)
            .sources(Map.of("errors", honeycomb, "latency", honeycomb, "cpu", prometheus))
            .build());
    time.runUntilIdle();
  }

  private Todo.Order order(String check) {
    return new Todo.Order(check, Optional.empty(), time.wall(), Optional.empty(), SeriesWanted.NO);
  }

  private Seen.Prepared prepared() {
    engine.on(Seen.Began.class, new Todo.Prepare());
    start();
    assertThat(engine.kinds()).containsExactly("Began", "Prepared");
    return engine.seen(Seen.Prepared.class).get(0);
  }

  private Map<String, Reading> measured(String... checks) {
    List<Todo.Order> orders = new ArrayList<>();
    for (String check : checks) {
      orders.add(order(check));
    }
    engine.on(Seen.Began.class, new Todo.Measure(orders));
    start();
    Map<String, Reading> all = new HashMap<>();
    engine.seen(Seen.Measured.class).forEach(seen -> all.putAll(seen.readings()));
    return all;
  }

  @Test
  @DisplayName("C3: each source is asked once whether what its checks ask is valid")
  void eachSourceIsPreparedOnce() {
    assertThat(prepared()).isEqualTo(new Seen.Prepared(false, Optional.empty(), ""));
    assertThat(honeycomb.prepared).isEqualTo(1);
    assertThat(prometheus.prepared).isEqualTo(1);
  }

  @Test
  void aRefusalWinsOverWhatCouldNotBeFoundOut() {
    honeycomb.preparation =
        new EvidenceSource.Preparation(
            EvidenceSource.Preparation.State.AGAIN, "Honeycomb does not answer");
    prometheus.preparation =
        new EvidenceSource.Preparation(
            EvidenceSource.Preparation.State.REFUSED, "cpu: unknown function rat()");

    assertThat(prepared())
        .isEqualTo(new Seen.Prepared(true, Optional.empty(), "cpu: unknown function rat()"));
  }

  @Test
  void whatCouldNotBeFoundOutIsSaid() {
    honeycomb.preparation =
        new EvidenceSource.Preparation(
            EvidenceSource.Preparation.State.AGAIN, "Honeycomb does not answer");

    assertThat(prepared())
        .isEqualTo(new Seen.Prepared(false, Optional.of("Honeycomb does not answer"), ""));
  }

  @Test
  void aSourceThatFailsToPrepareIsAskedAgain() {
    honeycomb.failure = new IllegalArgumentException("X-Honeycomb-Team: s3cret");

    Seen.Prepared prepared = prepared();

    assertThat(prepared.refused()).isFalse();
    assertThat(prepared.again())
        .hasValueSatisfying(
            why -> assertThat(why).contains("IllegalArgument").doesNotContain("s3cret"));
  }

  @Test
  void aGateWithoutSourcesIsPrepared() {
    engine.on(Seen.Began.class, new Todo.Prepare());
    host.start(new JobBuilder(time).build());
    time.runUntilIdle();

    assertThat(engine.seen(Seen.Prepared.class))
        .containsExactly(new Seen.Prepared(false, Optional.empty(), ""));
  }

  @Test
  void checksOfOneSourceThatAreDueTogetherAreMeasuredTogether() {
    assertThat(measured("errors", "cpu", "latency"))
        .containsOnlyKeys("errors", "latency", "cpu")
        .allSatisfy((check, reading) -> assertThat(reading).isInstanceOf(Reading.Answer.class));
    assertThat(honeycomb.asked)
        .singleElement()
        .satisfies(
            requests ->
                assertThat(requests)
                    .extracting(EvidenceRequest::check)
                    .containsExactly("errors", "latency"));
    assertThat(prometheus.asked).hasSize(1);
    assertThat(engine.seen(Seen.Measured.class)).hasSize(2);
  }

  @Test
  void aRequestCarriesWindowTicketAndWhetherASeriesIsWanted() {
    Window window = new Window(time.wall().minusSeconds(300), time.wall());
    engine.on(
        Seen.Began.class,
        new Todo.Measure(
            List.of(
                new Todo.Order(
                    "errors",
                    Optional.of(window),
                    time.wall(),
                    Optional.of("query-7"),
                    SeriesWanted.YES))));
    start();

    assertThat(honeycomb.asked.get(0))
        .containsExactly(
            new EvidenceRequest(
                "errors",
                Optional.of(window),
                time.wall(),
                Optional.of("query-7"),
                SeriesWanted.YES));
  }

  @Test
  void theContextIsWhatTheLastLookShowed() {
    Instant traffic = time.wall().minusSeconds(90);
    View view =
        new View(
            time.wall(),
            Optional.of("uid-1"),
            Fate.UNDER_WAY,
            Optional.empty(),
            "",
            "Paused",
            List.of(),
            List.of(),
            Optional.of(traffic),
            Optional.empty(),
            Map.of(
                Cohort.CANARY,
                new io.jenkins.plugins.canarygate.check.CohortNames("checkout-7c", "x")),
            true);
    Memory memory = new Memory(JsonNodeFactory.instance.objectNode().put("runs", 2));
    engine.on(
        Seen.Began.class,
        (session, seen) ->
            Answer.of(
                Samples.with(session, view, memory), new Todo.Measure(List.of(order("errors")))));
    host.start(
        new JobBuilder(time)
            .driver(new FakeDriver("calm"))
            .sources(Map.of("errors", honeycomb))
            .build());
    time.runUntilIdle();

    assertThat(honeycomb.contexts)
        .containsExactly(
            new EvidenceContext(
                time.wall(), Optional.of(traffic), view.cohorts(), memory.details()));
  }

  @Test
  @DisplayName("Promise 2: a source that fails gives a failed reading for each of its checks")
  void aSourceThatFailsGivesAFailedReadingForEachOfItsChecks() {
    honeycomb.failure = new IllegalStateException("key=s3cret");

    Map<String, Reading> readings = measured("errors", "latency", "cpu");

    assertThat(readings.get("cpu")).isInstanceOf(Reading.Answer.class);
    assertThat(List.of(readings.get("errors"), readings.get("latency")))
        .allSatisfy(
            reading ->
                assertThat(((Reading.Failed) reading).why())
                    .contains("IllegalStateException")
                    .doesNotContain("s3cret"));
  }

  @Test
  void aCheckThatItsSourcePassesOverHasFailed() {
    honeycomb.answer = Map.of("errors", Reading.Answer.of(Values.of(0)));

    Map<String, Reading> readings = measured("errors", "latency");

    assertThat(readings.get("errors")).isInstanceOf(Reading.Answer.class);
    assertThat(readings.get("latency")).isInstanceOf(Reading.Failed.class);
  }

  @Test
  void whatASourceSaysOfChecksThatWereNotAskedIsPassedOver() {
    honeycomb.answer =
        Map.of("errors", Reading.Answer.of(Values.of(0)), "cpu", Reading.Answer.of(Values.of(9)));

    assertThat(measured("errors")).containsOnlyKeys("errors");
  }

  @Test
  void aCheckWithoutASourceHasFailed() {
    assertThat(measured("nobody's"))
        .hasEntrySatisfying(
            "nobody's", reading -> assertThat(reading).isInstanceOf(Reading.Failed.class));
  }
}
