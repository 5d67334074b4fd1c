package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like evidence at Honeycomb and is none, one by one. */
class FalseFriendsTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String RESULT = "GET /1/query_results";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private Bench whole() {
    return bench.query("errors", AVG, null, Set.of());
  }

  private Bench compared() {
    return bench.split().query("errors", AVG, null, Bench.BOTH);
  }

  private static String complete(String data) {
    return "{\"complete\":true,\"data\":{\"results\":" + data + "}}";
  }

  @Test
  void aFailedQueryIsAnHttp200() {
    whole();
    honeycomb.once(RESULT, 200, "{\"complete\":true,\"error\":\"we had trouble! try again?\"}");
    assertThat(bench.failure("errors")).contains("we had trouble! try again?");
  }

  @Test
  void aFailedQueryIsNotFetchedAgainWhenItIsTriedAgain() {
    whole();
    honeycomb.once(RESULT, 200, "{\"complete\":true,\"error\":\"trouble\"}");
    bench.failure("errors");
    bench.now = bench.now.plusSeconds(10);
    bench.tickets.put("errors", "h1 x:r1:" + bench.now.getEpochSecond());
    honeycomb.row(Map.of("AVG(error)", 0.5));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void completeWithoutDataIsNoAnswer() {
    whole();
    for (int i = 0; i < 200; i++) {
      honeycomb.once(RESULT, 200, "{\"complete\":true}");
    }
    assertThat(bench.failure("errors")).contains("data.results");
  }

  @Test
  void valuesMayBeFractions() {
    whole();
    honeycomb.once(RESULT, 200, complete("[{\"data\":{\"AVG(error)\":857.0309715273646}}]"));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(857.0309715273646));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "NaN", "Infinity", "\"0.5\"", "true", "[1]", "{}"})
  void whatIsNoNumberIsNoValue(String value) {
    whole();
    honeycomb.once(RESULT, 200, complete("[{\"data\":{\"AVG(error)\":" + value + "}}]"));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.none());
  }

  @Test
  void theLastOfSeveralRowsDoesNotDecide() {
    whole();
    honeycomb.rows(q -> List.of(Map.of("AVG(error)", 0.9), Map.of("AVG(error)", 0.0)));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.none());
    assertThat(bench.answer("errors").detail()).contains("2 rows");
  }

  @Test
  void rowsOfValuesNobodyAskedForAreIgnoredInAnyOrder() {
    compared();
    honeycomb.rows(
        q ->
            List.of(
                Map.of("version", "other", "AVG(error)", 7),
                Map.of("version", "5b6c", "AVG(error)", 1),
                Map.of("AVG(error)", 8),
                Map.of("version", "7c9d", "AVG(error)", 2),
                Map.of("version", "7c9d5", "AVG(error)", 9)));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(2, 1));
  }

  @Test
  void aCohortWithoutARowIsNoDataAndNeverZero() {
    compared();
    honeycomb.rows(q -> List.of(Map.of("version", "5b6c", "AVG(error)", 1, "COUNT", 5)));
    Reading.Answer answer = bench.answer("errors");
    assertThat(answer.values().canary()).isEmpty();
    assertThat(answer.values().stable()).hasValue(1);
    assertThat(answer.canarySamples()).isEmpty();
    assertThat(answer.detail()).contains("no data of the canary");
  }

  @Test
  void aCountWithoutARowIsNoDataAndNeverZero() {
    bench.split().query("requests", "{\"calculations\":[{\"op\":\"COUNT\"}]}", null, Bench.BOTH);
    assertThat(bench.answer("requests").values()).isEqualTo(Values.none());
    assertThat(bench.answer("requests").canarySamples()).isEmpty();
  }

  @Test
  void aZeroThatHoneycombGaveIsAValue() {
    whole();
    honeycomb.row(Map.of("AVG(error)", 0, "COUNT", 0));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0));
    assertThat(bench.answer("errors").canarySamples()).hasValue(0);
  }

  @Test
  void aNullListOfRowsIsNoData() {
    whole();
    honeycomb.once(RESULT, 200, complete("null"));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.none());
  }

  @Test
  void theFirstCalculationIsNotTakenForTheOneThatWasMeant() {
    String two =
        "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"},{\"op\":\"P99\",\"column\":\"ms\"}]}";
    bench.query("p99", two, "P99(ms)", Set.of()).query("open", two, null, Set.of());
    honeycomb.row(Map.of("AVG(error)", 0.1, "P99(ms)", 210));
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("p99")).values()).isEqualTo(Values.of(210));
    Reading.Answer open = (Reading.Answer) readings.get("open");
    assertThat(open.values()).isEqualTo(Values.none());
    assertThat(open.detail()).contains("'result'");
  }

  @Test
  void aMisspeltResultListsTheNamesThatAreThere() {
    bench.query("errors", AVG, "AVG(eror)", Set.of());
    honeycomb.row(Map.of("AVG(error)", 0.1, "COUNT", 5));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.none());
    assertThat(bench.answer("errors").detail()).contains("AVG(eror)", "AVG(error), COUNT");
  }

  @Test
  void aCountThatTheSamplingRateMultipliedIsNotWhatIsStored() {
    bench.query(
        "errors",
        AVG,
        null,
        Set.of(),
        java.util.Optional.of(new io.jenkins.plugins.canarygate.check.MinimumSamples(50, true)));
    honeycomb.rows(
        q ->
            List.of(
                Map.of("AVG(error)", 0.1, "COUNT", q.path("usage_mode").asBoolean() ? 2 : 200)));
    assertThat(bench.answer("errors").canarySamples()).hasValue(2);
  }

  @Test
  void a429IsWaitedForAndIsNoError() {
    whole();
    honeycomb.once("POST /1/query_results", 429, "{\"status\":429,\"title\":\"limit\"}");
    honeycomb.row(Map.of("AVG(error)", 0.5));
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("errors");
    assertThat(waits.lookAgain()).isEqualTo(Duration.ofSeconds(60));
    assertThat(waits.why()).contains("429");
    Instant before = bench.now;
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(bench.now).isBetween(before, before.plusSeconds(65));
    assertThat(honeycomb.asked("POST /1/query_results")).hasSize(2);
  }

  @Test
  void a429WithAHintIsWaitedForThatLong() {
    whole();
    honeycomb.once("POST /1/queries", 429, "{}", "RateLimit", "limit=5, remaining=0, reset=13");
    Reading.NotYet waits = (Reading.NotYet) bench.ask().get("errors");
    assertThat(waits.lookAgain()).isEqualTo(Duration.ofSeconds(13));
  }

  @Test
  void aLookThatBreaksOffDoesNotPayAgain() {
    whole();
    honeycomb.row(Map.of("AVG(error)", 0.5));
    honeycomb.once(RESULT, 503, "{}").once(RESULT, 429, "{}").onceCutShort(RESULT, "{\"comp");
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aQueryThatNeverEndsIsGivenUpAfterAMinute() {
    whole();
    honeycomb.completeAfter(Integer.MAX_VALUE);
    assertThat(bench.failure("errors")).contains("did not finish");
    assertThat(Duration.between(Bench.START, bench.now))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(63));
    assertThat(honeycomb.asked(RESULT)).hasSizeBetween(28, 40);
  }

  @Test
  void looksBecomeRarerUpToTwoSeconds() {
    whole();
    honeycomb.completeAfter(6);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 7; i++) {
      Reading.NotYet waits = (Reading.NotYet) bench.ask().get("errors");
      assertThat(waits.lookAgain()).isGreaterThanOrEqualTo(last);
      last = waits.lookAgain();
      bench.now = bench.now.plus(last);
    }
    assertThat(last).isEqualTo(Duration.ofSeconds(2));
    assertThat(honeycomb.asked(RESULT)).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "ftp://x", "https://x/a b", "//x"})
  void aLinkThatIsNoneIsNotShown(String url) {
    whole();
    honeycomb.once(
        RESULT,
        200,
        "{\"complete\":true,\"data\":{\"results\":[]},\"links\":{\"query_url\":\"" + url + "\"}}");
    assertThat(bench.answer("errors").link()).isEmpty();
  }

  @Test
  void aSloWithoutDetailsHasNoValue() {
    honeycomb.document("/1/slos/checkout/abc", "{\"id\":\"abc\",\"name\":\"Fast\"}");
    bench.add("slo", slo("budget_remaining"));
    bench.add("state", slo(null));
    Reading.Answer answer = bench.answer("slo");
    assertThat(answer.values()).isEqualTo(Values.none());
    assertThat(answer.detail()).contains("budget_remaining", "Enterprise");
    assertThat(bench.answer("state").verdict())
        .contains(io.jenkins.plugins.canarygate.check.Grade.INCONCLUSIVE);
  }

  private static HoneycombSection slo(String result) {
    return new HoneycombSection(
        null, null, result, new HoneycombSection.Reference("checkout", "abc"), null);
  }
}
