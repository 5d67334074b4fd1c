package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoneycombSharingTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String P95 = "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}]}";
  private final FakeHoneycomb honeycomb =
      new FakeHoneycomb().row(Map.of("AVG(error)", 0.5, "P95(ms)", 90, "COUNT", 7));
  private final Bench one = new Bench(honeycomb).query("errors", AVG, null, Set.of());
  private final Bench two = one.beside(honeycomb).query("errors", AVG, null, Set.of());

  @AfterEach
  void close() {
    honeycomb.close();
  }

  @Test
  void twoGatesThatAskTheSameShareOneQueryAndOneResult() {
    assertThat(one.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(two.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
    assertThat(honeycomb.queriesCreated()).isEqualTo(1);
    assertThat(honeycomb.asked("GET /1/query_results")).hasSize(1);
  }

  @Test
  void twoGatesThatWaitForOneResultDoNotLookTwiceAsOften() {
    honeycomb.completeAfter(3);
    for (int second = 0; second < 10; second++) {
      one.ask();
      two.now = one.now;
      two.ask();
      one.now = one.now.plusMillis(1000);
    }
    assertThat(honeycomb.asked("GET /1/query_results")).hasSize(4);
  }

  @Test
  void anAnswerIsSharedForAMinuteOnly() {
    one.answer("errors");
    two.now = one.now.plusSeconds(61);
    two.answer("errors");
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
    assertThat(honeycomb.queriesCreated()).as("the query is known still").isEqualTo(1);
  }

  @Test
  void aGateThatWantsLessThanWasAskedIsAnsweredFromIt() {
    one.query("latency", P95, null, Set.of());
    one.measure();
    two.answer("errors");
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aGateThatWantsMoreThanWasAskedPays() {
    one.measure();
    two.query("latency", P95, null, Set.of());
    Reading.Answer latency = (Reading.Answer) two.measure().get("latency");
    assertThat(latency.values()).isEqualTo(Values.of(90));
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void aGateThatComesWhileAnotherWaitsInLineJoinsItsQuery() {
    one.quota = two.quota = new HoneycombQuota(1);
    one.quota.ask(account(), "somebody", one.now);
    assertThat(((Reading.NotYet) one.ask().get("errors")).why())
        .isEqualTo("waiting for Honeycomb: place 1 in line, about 60 s (1 results a minute)");
    two.query("latency", P95, null, Set.of());
    two.now = one.now = one.now.plusSeconds(20);
    assertThat(((Reading.NotYet) two.ask().get("latency")).why()).contains("place 1", "40 s");
    two.measure();
    one.now = two.now;
    one.measure();
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
    assertThat(honeycomb.lastQuery().path("calculations")).hasSize(3);
  }

  private String account() {
    try {
      return one.client.account();
    } catch (HoneycombException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherKeySharesNothing() {
    one.answer("errors");
    HoneycombClient other =
        new HoneycombClient(Bench.HTTP, honeycomb.url(), () -> "another", () -> one.now);
    HoneycombSource source = new HoneycombSource(other, one.quota, one.answers, one.gate());
    Reading reading =
        source
            .measure(
                List.of(
                    new io.jenkins.plugins.canarygate.evidence.EvidenceRequest(
                        "errors", Optional.of(one.window), one.now, Optional.empty())),
                one.context())
            .get("errors");
    assertThat(reading).isInstanceOf(Reading.NotYet.class);
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void gatesThatAskDifferentThingsAreServedInTheOrderTheyCame() {
    List<Bench> gates = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String query =
          "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"gate\",\"op\":\"=\","
              + "\"value\":"
              + i
              + "}]}";
      gates.add(one.beside(honeycomb).query("errors", query, null, Set.of()));
    }
    Instant now = Bench.START;
    for (int second = 0; second < 200; second++) {
      for (Bench gate : gates) {
        gate.now = now.plusSeconds(second);
        gate.ask();
      }
    }
    assertThat(honeycomb.asked("POST /1/queries"))
        .extracting(asked -> asked.body().path("filters").get(0).path("value").asInt())
        .startsWith(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(gates.get(7).said.get(0)).contains("place 5 in line", "about 120 s");
  }

  @Test
  void manyThreadsThatAskTheSameAtOnceCreateOneResult() throws Exception {
    List<Bench> gates = new ArrayList<>();
    List<Callable<Map<String, Reading>>> asks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Bench gate = one.beside(honeycomb).query("errors", AVG, null, Set.of());
      gates.add(gate);
      asks.add(gate::ask);
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Map<String, Reading>> asked : threads.invokeAll(asks)) {
        assertThat(asked.get().get("errors")).isInstanceOf(Reading.NotYet.class);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
    assertThat(gates)
        .allSatisfy(gate -> assertThat(gate.answer("errors").values()).isEqualTo(Values.of(0.5)));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aFailureIsToldToThoseWhoWaitForItAndNotToThoseWhoTryAgain() {
    honeycomb.once("POST /1/query_results", 500, "{\"error\":\"oops\"}");
    assertThat(one.failure("errors")).contains("oops");
    assertThat(two.failure("errors")).contains("oops");
    one.now = one.now.plusSeconds(10);
    assertThat(one.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.asked("POST /1/query_results")).hasSize(2);
  }

  @Test
  void aRefusedQueryCostsNoSlot() {
    one.quota = new HoneycombQuota(1);
    honeycomb.once("POST /1/queries", 422, "{\"error\":\"no such column\"}");
    assertThat(one.failure("errors")).contains("no such column");
    one.now = one.now.plusSeconds(10);
    assertThat(one.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(one.now).isBefore(Bench.START.plusSeconds(20));
  }

  @Test
  void theMemoryIsBoundedInSizeAndInTime() {
    HoneycombAnswers few = new HoneycombAnswers(10);
    for (int i = 0; i < 100; i++) {
      few.find("us", spec("d" + i), Optional.empty(), Bench.START);
    }
    assertThat(few.size()).isLessThanOrEqualTo(11);
    few.find("us", spec("later"), Optional.empty(), Bench.START.plusSeconds(301));
    assertThat(few.size()).isEqualTo(1);
  }

  private static ResultSpec spec(String dataset) {
    return new ResultSpec(dataset, FakeHoneycomb.JSON.createObjectNode(), Map.of());
  }
}
