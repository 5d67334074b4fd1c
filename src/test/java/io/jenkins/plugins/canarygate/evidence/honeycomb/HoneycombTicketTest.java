package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoneycombTicketTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String P95 = "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}]}";
  private final FakeHoneycomb honeycomb =
      new FakeHoneycomb().row(Map.of("AVG(error)", 0.5, "P95(ms)", 90, "COUNT", 7));
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  @Test
  void aRestartedProcessGoesOnWithACreatedResultInsteadOfPayingAgain() {
    bench.query("errors", AVG, null, Set.of());
    bench.ask();
    assertThat(bench.tickets).containsKey("errors");
    bench.restart();
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aRestartedProcessMayAskItsChecksOneByOne() {
    bench.query("errors", AVG, null, Set.of()).query("latency", P95, null, Set.of());
    bench.ask();
    bench.restart();
    assertThat(bench.answer("latency").values()).isEqualTo(Values.of(90));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aTicketNamesTheResultsOfBothQueriesOfACheck() {
    bench.query("errors", AVG, null, Set.of(), Optional.of(new MinimumSamples(5, true)));
    bench.ask();
    bench.restart();
    bench.answer("errors");
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void aTicketOutlivesTheMinuteInWhichAnswersAreShared() {
    bench.query("errors", AVG, null, Set.of());
    bench.ask();
    bench.now = bench.now.plusSeconds(600);
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void whoWaitsInLineHasNothingToGoOnWith() {
    bench.quota = new HoneycombQuota(1);
    bench.query("errors", AVG, null, Set.of());
    Bench first = bench.beside(honeycomb).query("latency", P95, null, Set.of());
    first.window =
        new io.jenkins.plugins.canarygate.check.Window(
            first.window.from().minusSeconds(60), first.window.to());
    first.ask();
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("errors");
    assertThat(waits.ticket()).isEmpty();
  }

  @Test
  void aResultThatIsGoneIsAnErrorAndThenMadeAnew() {
    bench.query("errors", AVG, null, Set.of());
    bench.ask();
    bench.restart();
    honeycomb.once("GET /1/query_results", 404, "{\"error\":\"result not found\"}");
    assertThat(bench.failure("errors")).contains("404");
    bench.now = bench.now.plusSeconds(10);
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h1 ", "h0 a:b:1", "h1 a:b", "h1 a:../b:1", "h1 a:b:x", "h1 ::,,", "{}"})
  void whatIsNoTicketOfOursIsIgnored(String text) {
    assertThat(HoneycombTicket.of(Optional.of(text)).results()).isEmpty();
  }

  @Test
  void aTicketReadsAsItWasWritten() {
    String text = "h1 0123456789ab:rA_b-C:1700000000,ba9876543210:r2:1700000001";
    assertThat(HoneycombTicket.of(Optional.of(text)).text()).contains(text);
  }

  @Test
  void aTicketHoldsNeitherTheKeyNorTheQuery() {
    bench.split().query("errors", AVG, null, Bench.BOTH);
    bench.ask();
    assertThat(List.copyOf(bench.tickets.values()))
        .allSatisfy(
            ticket ->
                assertThat(ticket)
                    .hasSizeLessThan(60)
                    .doesNotContain(Bench.KEY, "error", "7c9d", "checkout"));
  }
}
