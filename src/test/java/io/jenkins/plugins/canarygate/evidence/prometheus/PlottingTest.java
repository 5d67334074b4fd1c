package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Criteria;
import io.jenkins.plugins.canarygate.check.Criterion;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Subject;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a query went over the window, beside the value that is judged. */
class PlottingTest {
  private static final String PODS = "sum(rate(x{pod=~\"${cohort.pods}\"}[${window}]))";

  /** The window of these tests: five points, 5 s apart. */
  private static final long END = PrometheusBench.START.getEpochSecond() - 30;

  private final FakePrometheus prometheus = new FakePrometheus();
  private final PrometheusBench bench = new PrometheusBench(prometheus.url());

  @BeforeEach
  void aValueAndAShortWindow() {
    prometheus.answer(FakePrometheus.vector("{}=0.5"));
    bench.window =
        new Window(PrometheusBench.START.minusSeconds(50), PrometheusBench.START.minusSeconds(30));
    bench.series = SeriesWanted.YES;
  }

  @AfterEach
  void close() {
    prometheus.close();
  }

  /** Samples at the five points, as {@link FakePrometheus#matrix} has them; "" for none. */
  private static String line(String... values) {
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (!values[i].isEmpty()) {
        samples.add(END - 20 + 5L * i + ":" + values[i]);
      }
    }
    return "{}=" + String.join(",", samples);
  }

  private static OptionalDouble some(double value) {
    return OptionalDouble.of(value);
  }

  private static final OptionalDouble NONE = OptionalDouble.empty();

  private Series series(String check) {
    return bench.answer(check).series().orElseThrow();
  }

  // ---- what is asked ----

  @Test
  void theQueryIsEvaluatedOverTheWindowUpToItsEnd() {
    prometheus.range(FakePrometheus.matrix(line("0.1", "0.2", "0.3", "0.4", "0.5")));
    bench.query("a", "sum(rate(x[${window}]))", PrometheusBench.NONE);

    assertThat(series("a"))
        .isEqualTo(
            new Series(
                bench.window.from(),
                5,
                List.of(some(0.1), some(0.2), some(0.3), some(0.4), some(0.5)),
                List.of()));
    assertThat(prometheus.askedRanges())
        .singleElement()
        .extracting(Asked::form)
        .isEqualTo(
            Map.of(
                "query", "sum(rate(x[20s]))",
                "start", END - 20 + ".000",
                "end", END + ".000",
                "step", "5",
                "timeout", "8s",
                "partial_response", "false"));
  }

  @Test
  void eachCohortHasALineAndTheSameQuestionIsAskedOnce() {
    prometheus.ranges(
        asked ->
            FakePrometheus.matrix(
                asked.query().contains("7c9d")
                    ? line("1", "1", "1", "1", "2")
                    : line("3", "3", "3", "3", "3")));
    bench.query("a", PODS, PrometheusBench.BOTH).query("b", PODS, PrometheusBench.CANARY);
    Map<String, Reading> readings = bench.measure();

    Series both = ((Reading.Answer) readings.get("a")).series().orElseThrow();
    assertThat(both.canary()).endsWith(some(1), some(2));
    assertThat(both.stable()).containsOnly(some(3)).hasSize(5);
    assertThat(((Reading.Answer) readings.get("b")).series().orElseThrow().stable()).isEmpty();
    assertThat(prometheus.askedRanges()).hasSize(2);
  }

  @Test
  void loginAndTenantGoWithItAsWithTheValue() {
    prometheus.range(FakePrometheus.matrix(line("1")));
    PrometheusBench guarded =
        new PrometheusBench(
            new PrometheusClient(
                PrometheusBench.HTTP,
                prometheus.url(),
                PrometheusLogin.bearer(() -> "s3cret-t0ken"),
                PrometheusTenant.of("shop"),
                () -> PrometheusBench.START));
    guarded.series = SeriesWanted.YES;
    guarded.query("a", "x", PrometheusBench.NONE).measure();

    assertThat(prometheus.asked()).hasSize(2);
    assertThat(prometheus.asked())
        .allSatisfy(
            asked ->
                assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer s3cret-t0ken")
                    .containsEntry("x-scope-orgid", "shop")
                    .containsEntry("thanos-tenant", "shop"));
  }

  @Test
  void whereOnlyGetIsKnownItIsAskedByGet() {
    prometheus.getAlone().range(FakePrometheus.matrix(line("1")));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(series("a").canary()).contains(some(1));
    assertThat(prometheus.askedRanges()).extracting(Asked::method).containsExactly("GET");
  }

  @ParameterizedTest
  @CsvSource({"NO, false", "UNLESS_GOOD, true", "YES, true"})
  void aBadValueIsPlottedWhereverOneMayBe(SeriesWanted wanted, boolean asked) {
    bench.criteria = failAbove("0.4");
    bench.series = wanted;
    bench.query("a", "x", PrometheusBench.NONE).measure();

    assertThat(prometheus.askedRanges()).hasSize(asked ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({"NO, false", "UNLESS_GOOD, false", "YES, true"})
  void aGoodValueIsPlottedOnlyWhereOneIsWantedOfAll(SeriesWanted wanted, boolean asked) {
    bench.criteria = failAbove("0.6");
    bench.series = wanted;
    bench.query("a", "x", PrometheusBench.NONE).measure();

    assertThat(prometheus.askedRanges()).hasSize(asked ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf"})
  void whereThereIsNoValueNothingIsPlotted(String value) {
    prometheus.answer(FakePrometheus.vector("{}=" + value));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.answer("a").series()).isEmpty();
    assertThat(prometheus.askedRanges()).isEmpty();
  }

  private static Criteria failAbove(String limit) {
    return new Criteria(
        List.of(Criteria.Entry.of(Subject.VALUE, Criterion.parse("> " + limit))),
        List.of(),
        List.of());
  }

  // ---- what a line is ----

  @Test
  @DisplayName("M8: what is not there, NaN and infinity are gaps, never 0")
  void m8WhatIsNoNumberIsAGap() {
    prometheus.range(FakePrometheus.matrix(line("0.1", "NaN", "+Inf", "", "0.5")));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(series("a").canary()).containsExactly(some(0.1), NONE, NONE, NONE, some(0.5));
  }

  @Test
  void severalSeriesAreReducedAtEachPointAsTheValueIs() {
    prometheus.range(
        FakePrometheus.matrix(
            line("1", "2", "NaN", "4", "5").replace("{}", "{\"pod\":\"a\"}"),
            line("10", "", "30", "40", "").replace("{}", "{\"pod\":\"b\"}")));
    bench.add("max", new PrometheusSection("x", null, "max", null), PrometheusBench.NONE);
    bench.add("count", new PrometheusSection("x", null, "count", null), PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();

    assertThat(((Reading.Answer) readings.get("max")).series().orElseThrow().canary())
        .containsExactly(some(10), some(2), NONE, some(40), some(5));
    assertThat(((Reading.Answer) readings.get("count")).series().orElseThrow().canary())
        .containsExactly(some(2), some(1), some(2), some(2), some(1));
  }

  @Test
  void seriesThatFollowOneAnotherAreOneLine() {
    prometheus.range(
        FakePrometheus.matrix(
            line("1", "2", "", "", "").replace("{}", "{\"pod\":\"a\"}"),
            line("", "", "3", "4", "5").replace("{}", "{\"pod\":\"b\"}")));
    bench.query("a", "topk(1, x)", PrometheusBench.NONE);

    assertThat(series("a").canary()).containsExactly(some(1), some(2), some(3), some(4), some(5));
  }

  @Test
  void severalSeriesAtOnceAreNoLineAndTheOtherChecksKeepTheirs() {
    prometheus.ranges(
        asked ->
            asked.query().equals("several")
                ? FakePrometheus.matrix(
                    line("1", "2").replace("{}", "{\"pod\":\"a\"}"),
                    line("3", "4").replace("{}", "{\"pod\":\"b\"}"))
                : FakePrometheus.matrix(line("1")));
    bench.query("a", "several", PrometheusBench.NONE).query("b", "one", PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();

    Reading.Answer several = (Reading.Answer) readings.get("a");
    assertThat(several.series()).isEmpty();
    assertThat(several.values()).isEqualTo(Values.of(0.5));
    assertThat(several.detail())
        .isEqualTo("no plot: the query gave several series at once earlier in the window");
    assertThat(((Reading.Answer) readings.get("b")).series()).isPresent();
  }

  @Test
  void pointsThatACacheMovedToMultiplesOfTheStepFindTheirPlace() {
    long moved = END - 22;
    prometheus.range(
        FakePrometheus.matrix(
            "{}=" + moved + ":1," + (moved + 5) + ":2," + (moved + 10) + ":3.5," + END + ".9:5"));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(series("a").canary()).containsExactly(some(1), some(2), some(3.5), NONE, some(5));
  }

  @Test
  void anEmptyAnswerIsNoPlotAndNoTrouble() {
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.answer("a").series()).isEmpty();
    assertThat(bench.answer("a").detail()).isEmpty();
  }

  // ---- what goes wrong ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"no\"} | refuses",
        "403 | {} | does not let this account ask",
        "404 | {} | no Prometheus API",
        "422 | {\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"no\"} | evaluate",
        "429 | {} | limits the rate",
        "503 | {\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"no\"} | too long",
        "200 | <html> | no JSON object",
        "200 | {\"status\":\"success\"} | not understood",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} | matrix",
        "200 | {\"status\":\"success\",\"isPartial\":true} | only a part",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":{}}} | matrix"
      })
  void whateverFailsLeavesTheValueAndANote(int status, String body, String says) {
    prometheus.rangesFail(status, body);
    bench.query("a", "x", PrometheusBench.NONE);
    Reading.Answer answer = bench.answer("a");

    assertThat(answer.values()).isEqualTo(Values.of(0.5));
    assertThat(answer.series()).isEmpty();
    assertThat(answer.detail()).startsWith("no plot: ").contains(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[null]",
        "[1]",
        "[{}]",
        "[{\"values\":7}]",
        "[{\"values\":[7]}]",
        "[{\"values\":[[]]}]",
        "[{\"values\":[[1,2]]}]",
        "[{\"values\":[[null,\"1\"]]}]",
        "[{\"values\":[[\"x\",\"1\"]]}]",
        "[{\"values\":[[1e300,\"1\"]]}]",
        "[{\"values\":[[-1e300,\"1\"]]}]",
        "[{\"values\":[[1,\"1e999\"]]}]",
        "[{\"values\":[[1,\"one\"]]}]",
        "[{\"histograms\":[]}]"
      })
  void noAnswerOfWhateverFormCostsTheValue(String result) {
    prometheus.range(FakePrometheus.success("matrix", result));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.answer("a").values()).isEqualTo(Values.of(0.5));
    assertThat(bench.answer("a").series()).isEmpty();
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedForOnePlotAlone() {
    prometheus.rangesHang();
    OkHttpClient impatient =
        PrometheusClient.connections(Duration.ofSeconds(5), Duration.ofMillis(300));
    PrometheusBench hasty =
        new PrometheusBench(
            new PrometheusClient(
                impatient,
                prometheus.url(),
                PrometheusLogin.NONE,
                PrometheusTenant.NONE,
                () -> PrometheusBench.START));
    hasty.series = SeriesWanted.YES;
    hasty.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE);
    Map<String, Reading> readings = hasty.measure();

    assertThat(readings.values())
        .hasSize(2)
        .allSatisfy(
            reading -> {
              assertThat(((Reading.Answer) reading).values()).isEqualTo(Values.of(0.5));
              assertThat(((Reading.Answer) reading).detail())
                  .isEqualTo("no plot: Prometheus (127.0.0.1) gave no answer in time");
            });
    assertThat(prometheus.askedRanges()).hasSize(1);
  }

  @Test
  void aPlotHasLessTimeThanAValueAndIsAskedBehindAllValues() {
    List<String> calls = new ArrayList<>();
    OkHttpClient watched =
        PrometheusBench.HTTP
            .newBuilder()
            .callTimeout(Duration.ofSeconds(30))
            .addInterceptor(
                chain -> {
                  List<String> path = chain.request().url().pathSegments();
                  long limit = Duration.ofNanos(chain.call().timeout().timeoutNanos()).toSeconds();
                  calls.add(path.get(path.size() - 1) + " " + limit);
                  return chain.proceed(chain.request());
                })
            .build();
    PrometheusBench timed =
        new PrometheusBench(
            new PrometheusClient(
                watched,
                prometheus.url(),
                PrometheusLogin.NONE,
                PrometheusTenant.NONE,
                () -> PrometheusBench.START));
    timed.series = SeriesWanted.YES;
    timed.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE).measure();

    assertThat(calls).containsExactly("query 30", "query 30", "query_range 10", "query_range 10");
  }

  @Test
  void anAnswerThatIsTooLargeIsGivenUp() {
    prometheus.range(" ".repeat(1024 * 1024 + 1));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.answer("a").detail())
        .startsWith("no plot: Prometheus' answer is larger than 1 MB");
  }

  @Test
  void theNoteStandsBehindWhatIsSaidAlready() {
    prometheus
        .answer(
            FakePrometheus.vector("{}=0.5")
                .replaceFirst("\\{", "{\"infos\":[\"PromQL info: no counter\"],"))
        .rangesFail(503, "{}");
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.answer("a").detail()).startsWith("PromQL info: no counter; no plot: ");
  }

  @Test
  @DisplayName("promise 6: a server that says back what it was told gets no secret into the note")
  void promise6NoSecretGetsIntoTheNote() {
    prometheus.ranges(
        asked ->
            FakePrometheus.error(
                "execution", "who are you, " + asked.headers().get("authorization")));
    PrometheusBench guarded =
        new PrometheusBench(
            new PrometheusClient(
                PrometheusBench.HTTP,
                prometheus.url(),
                PrometheusLogin.bearer(() -> "s3cret-t0ken"),
                PrometheusTenant.NONE,
                () -> PrometheusBench.START));
    guarded.series = SeriesWanted.YES;
    guarded.query("a", "x", PrometheusBench.NONE);

    assertThat(guarded.answer("a").detail())
        .contains("no plot: ", "who are you")
        .doesNotContain("s3cret-t0ken");
  }

  @Test
  void anErrorOfTheValueStaysOneAndNothingIsPlotted() {
    prometheus.answer(FakePrometheus.error("execution", "no"));
    bench.query("a", "x", PrometheusBench.NONE);

    assertThat(bench.failure("a")).contains("could not evaluate");
    assertThat(prometheus.askedRanges()).isEmpty();
  }

  @Test
  void threePlotsOfOneCohortAreTheSameQuestion() {
    prometheus.range(FakePrometheus.matrix(line("1")));
    bench.add("a", new PrometheusSection("x", null, "sum", null), PrometheusBench.NONE);
    bench.add("b", new PrometheusSection("x", null, "max", null), PrometheusBench.NONE);
    bench.query("c", "x", PrometheusBench.NONE);

    assertThat(bench.measure().values())
        .allSatisfy(
            reading ->
                assertThat(Optional.of((Reading.Answer) reading).get().series()).isPresent());
    assertThat(prometheus.askedRanges()).hasSize(1);
  }
}
