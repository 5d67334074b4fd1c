package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusSourceTest {
  private static final String PODS = "sum(rate(x{pod=~\"${cohort.pods}\"}[${window}]))";
  private final FakePrometheus prometheus = new FakePrometheus();
  private final PrometheusBench bench = new PrometheusBench(prometheus.url());

  @AfterEach
  void close() {
    prometheus.close();
  }

  private FakePrometheus perCohort(String canary, String stable) {
    return prometheus.answers(
        query ->
            query.contains("7c9d")
                ? FakePrometheus.vector("{}=" + canary)
                : FakePrometheus.vector("{}=" + stable));
  }

  // ---- what is asked ----

  @Test
  @DisplayName("M5: the query is evaluated at the window's end, ${window} is the window's length")
  void m5TheQueryIsEvaluatedAtTheWindowsEnd() {
    prometheus.answer(FakePrometheus.vector("{}=0.25"));
    bench.query("a", "sum(rate(x[${window}]))", PrometheusBench.NONE);
    bench.window =
        new Window(PrometheusBench.START.minusSeconds(173), PrometheusBench.START.minusSeconds(30));
    assertThat(bench.answer("a").values()).isEqualTo(Values.of(0.25));
    assertThat(prometheus.queries()).containsExactly("sum(rate(x[143s]))");
    assertThat(prometheus.asked().get(0).form()).containsEntry("time", "1772618790.000");
  }

  @Test
  @DisplayName("M14: ${cohort…} is asked for the canary, and for stable where it is compared")
  void m14EachCohortIsAskedByItsName() {
    perCohort("0.5", "0.02");
    bench.query("both", PODS, PrometheusBench.BOTH).query("one", PODS, PrometheusBench.CANARY);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("both")).values()).isEqualTo(Values.of(0.5, 0.02));
    assertThat(((Reading.Answer) readings.get("one")).values()).isEqualTo(Values.of(0.5));
    assertThat(prometheus.queries())
        .as("identical queries are asked once")
        .containsExactly(
            "sum(rate(x{pod=~\"checkout-7c9d-[a-z0-9]{5}\"}[300s]))",
            "sum(rate(x{pod=~\"checkout-5b6c-[a-z0-9]{5}\"}[300s]))");
  }

  @Test
  @DisplayName("M13: what a driver names is escaped in the string it gets into")
  void m13NamesAreEscaped() {
    bench.cohorts.put(Cohort.CANARY, new CohortNames("a\"b", "a\\.b-[a-z]{5}"));
    bench.query(
        "a",
        "up{pod=~\"${cohort.pods}\",c='${cohort}',d=`${cohort.pods}`} or $${cohort}",
        PrometheusBench.CANARY);
    bench.measure();
    assertThat(prometheus.queries())
        .containsExactly("up{pod=~\"a\\\\.b-[a-z]{5}\",c='a\"b',d=`a\\.b-[a-z]{5}`} or ${cohort}");
  }

  @Test
  void aNameThatIsNotKnownYetIsAnErrorThatNamesIt() {
    bench.cohorts.clear();
    bench.query("a", PODS, PrometheusBench.CANARY);
    assertThat(bench.failure("a")).contains("cohort.pods");
    assertThat(prometheus.asked()).isEmpty();
  }

  @Test
  @DisplayName("C1: where stable is the canary nothing is compared")
  void c1OneAndTheSameIsNotAsked() {
    bench.cohorts.put(Cohort.STABLE, bench.cohorts.get(Cohort.CANARY));
    bench.query("a", PODS, PrometheusBench.BOTH);
    assertThat(bench.answer("a").values()).isEqualTo(Values.none());
    assertThat(prometheus.asked()).isEmpty();
  }

  @Test
  @DisplayName("M5, M6: a range that stands in the query waits for a window as long")
  void m6ARangeOfItsOwnWaitsForAWindowAsLong() {
    prometheus.answer(FakePrometheus.vector("{}=1"));
    bench.query("a", "sum(rate(x[4m]))", PrometheusBench.NONE);
    bench.window =
        new Window(PrometheusBench.START.minusSeconds(120), PrometheusBench.START.minusSeconds(30));
    Reading.Answer early = bench.answer("a");
    assertThat(early.values()).isEqualTo(Values.none());
    assertThat(early.detail()).contains("looks back 4m", "only 1m 30s", "[${window}]");
    assertThat(prometheus.asked()).isEmpty();
    bench.window =
        new Window(PrometheusBench.START.minusSeconds(270), PrometheusBench.START.minusSeconds(30));
    assertThat(bench.answer("a").values()).isEqualTo(Values.of(1));
  }

  // ---- what is no evidence ----

  @ParameterizedTest
  @CsvSource({"NaN, NaN", "+Inf, infinite", "-Inf, infinite"})
  @DisplayName("M8: NaN and infinity from Prometheus are no value, never 0")
  void m8WhatIsNoNumberIsNoValue(String value, String says) {
    prometheus.answer(FakePrometheus.vector("{}=" + value));
    bench.query("a", "x", PrometheusBench.NONE);
    assertThat(bench.answer("a").values()).isEqualTo(Values.none());
    assertThat(bench.answer("a").detail()).contains(says);
  }

  @Test
  @DisplayName("M8: an empty answer is no value, never 0, whatever is made of series")
  void m8NothingIsNoValue() {
    bench.query("a", PODS, PrometheusBench.BOTH);
    for (Reduction reduction : Reduction.values()) {
      bench.add(
          reduction.word(),
          new PrometheusSection("x", null, reduction.word(), null),
          PrometheusBench.NONE);
    }
    bench
        .measure()
        .values()
        .forEach(
            reading -> {
              assertThat(((Reading.Answer) reading).values()).isEqualTo(Values.none());
              assertThat(((Reading.Answer) reading).detail()).contains("no data");
            });
    assertThat(bench.answer("a").detail()).contains("of the canary", "of the stable");
  }

  @Test
  void severalSeriesAreAnErrorThatNamesSome() {
    prometheus.answer(
        FakePrometheus.vector(
            "{\"pod\":\"a\"}=1", "{\"pod\":\"b\"}=2", "{\"pod\":\"c\"}=3", "{\"pod\":\"d\"}=4"));
    bench.query("a", "x", PrometheusBench.NONE);
    assertThat(bench.failure("a"))
        .contains("4 series", "{pod=\"a\"}", "{pod=\"c\"} and 1 more", "sum(…)", "'reduce'")
        .doesNotContain("{pod=\"d\"}");
  }

  @ParameterizedTest
  @CsvSource({"sum, 6", "max, 4", "min, -1", "avg, 2", "count, 3"})
  void aReductionMakesOneOfSeveral(String reduce, double value) {
    prometheus.answer(
        FakePrometheus.vector("{\"p\":\"a\"}=4", "{\"p\":\"b\"}=-1", "{\"p\":\"c\"}=3"));
    bench.add("a", new PrometheusSection("x", null, reduce, null), PrometheusBench.NONE);
    assertThat(bench.answer("a").values()).isEqualTo(Values.of(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "max", "min", "avg"})
  @DisplayName("M8: a series without a number spoils what is made of all")
  void m8OneNaNSpoilsTheReduction(String reduce) {
    prometheus.answer(FakePrometheus.vector("{\"p\":\"a\"}=4", "{\"p\":\"b\"}=NaN"));
    bench.add("a", new PrometheusSection("x", null, reduce, null), PrometheusBench.NONE);
    assertThat(bench.answer("a").values()).isEqualTo(Values.none());
  }

  @Test
  void aPartialAnswerIsAnErrorAndNoValue() {
    prometheus.answer(
        "{\"status\":\"success\",\"warnings\":[\"store a: unavailable\"],\"data\":"
            + "{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}");
    bench.query("a", "x", PrometheusBench.NONE);
    assertThat(bench.failure("a")).contains("only a part", "store a: unavailable");
  }

  @Test
  void whatPromqlRemarksIsShownBesideTheValue() {
    prometheus.answer(
        "{\"status\":\"success\",\"infos\":[\"PromQL info: metric might not be a counter\"],"
            + "\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}}");
    bench.query("a", "x", PrometheusBench.NONE);
    assertThat(bench.answer("a").values()).isEqualTo(Values.of(1));
    assertThat(bench.answer("a").detail()).isEqualTo("PromQL info: metric might not be a counter");
  }

  // ---- samples and freshness ----

  @Test
  @DisplayName("M8: samples come from a query of their own, for each cohort")
  void m8SamplesAreCountedForEachCohort() {
    prometheus.answers(
        query ->
            query.startsWith("count")
                ? FakePrometheus.vector(query.contains("7c9d") ? "{}=199.9" : "{}=900")
                : FakePrometheus.vector("{}=0.5"));
    bench.add(
        "a",
        new PrometheusSection(PODS, "count(x{pod=~\"${cohort.pods}\"})", null, null),
        PrometheusBench.BOTH);
    assertThat(bench.answer("a").canarySamples()).isEqualTo(OptionalLong.of(199));
    assertThat(bench.answer("a").stableSamples()).isEqualTo(OptionalLong.of(900));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "-3"})
  @DisplayName("M8: samples that are no number are unknown")
  void m8SamplesThatAreNoNumberAreUnknown(String count) {
    prometheus.answers(
        q -> q.equals("n") ? FakePrometheus.scalar(count) : FakePrometheus.vector("{}=1"));
    bench.add("a", new PrometheusSection("x", "n", null, null), PrometheusBench.NONE);
    assertThat(bench.answer("a").canarySamples()).isEmpty();
    assertThat(bench.answer("a").values()).isEqualTo(Values.of(1));
  }

  @ParameterizedTest
  @CsvSource({"1772618740, true", "1772618720, false"})
  void aNewestSampleThatIsOldLeavesNoValue(long newest, boolean fresh) {
    prometheus.answers(
        q -> FakePrometheus.vector("{}=" + (q.startsWith("max(timestamp(y") ? newest : "0.5")));
    bench.add(
        "a",
        new PrometheusSection(
            "x", null, null, new PrometheusSection.Fresh("y", Duration.ofMinutes(1))),
        PrometheusBench.NONE);
    Reading.Answer answer = bench.answer("a");
    assertThat(answer.values()).isEqualTo(fresh ? Values.of(0.5) : Values.none());
    if (!fresh) {
      assertThat(answer.detail())
          .isEqualTo("the newest sample is 1m 10s old, more than fresh.maxAge 1m");
      assertThat(prometheus.queries()).as("the value is not asked for").hasSize(1);
    }
  }

  @Test
  void noSampleAtAllLeavesNoValue() {
    bench.add(
        "a",
        new PrometheusSection(
            "vector(0)", null, null, new PrometheusSection.Fresh("y", Duration.ofMinutes(1))),
        PrometheusBench.NONE);
    assertThat(bench.answer("a").values()).isEqualTo(Values.none());
    assertThat(bench.answer("a").detail()).isEqualTo("Prometheus has no sample of y");
  }

  // ---- failures ----

  @Test
  @DisplayName("M4: a rate limit is waited for and is no error")
  void m4ARateLimitIsWaitedFor() {
    prometheus.once(429, "", "Retry-After", "17");
    bench.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();
    assertThat(readings.values())
        .allSatisfy(
            reading ->
                assertThat(((Reading.NotYet) reading).lookAgain())
                    .isEqualTo(Duration.ofSeconds(17)));
    assertThat(prometheus.asked()).hasSize(1);
  }

  @Test
  void aQueryThatFailsDoesNotTakeTheOthersWithIt() {
    prometheus.answer(FakePrometheus.vector("{}=1"));
    prometheus.once(422, FakePrometheus.error("execution", "too many samples"));
    bench.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Failed) readings.get("a")).why()).contains("too many samples");
    assertThat(((Reading.Answer) readings.get("b")).values()).isEqualTo(Values.of(1));
  }

  @Test
  void whereNobodyAnswersNobodyIsAskedAgain() {
    prometheus.once(401, "");
    bench.query("a", "x", PrometheusBench.NONE).query("b", "y", PrometheusBench.NONE);
    assertThat(bench.measure().values())
        .allSatisfy(reading -> assertThat(((Reading.Failed) reading).why()).contains("401"));
    assertThat(prometheus.asked()).hasSize(1);
  }

  // ---- before anything is measured ----

  @Test
  void eachExpressionIsRunOnceBeforehandWithNamesThatStandForUnknownOnes() {
    bench.cohorts.clear();
    bench.add(
        "a",
        new PrometheusSection(
            PODS,
            "sum(x{c=\"${cohort}\"})",
            null,
            new PrometheusSection.Fresh("x{pod=~\"${cohort.pods}\"}", Duration.ofMinutes(1))),
        PrometheusBench.CANARY);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
    assertThat(prometheus.queries())
        .containsExactly(
            "sum(rate(x{pod=~\"checkout-.*\"}[300s]))",
            "sum(x{c=\"sample-canary\"})",
            "x{pod=~\"checkout-.*\"}");
  }

  @Test
  void aQueryThatPrometheusRefusesEndsTheGateBeforeAnythingIsMeasured() {
    prometheus.once(400, FakePrometheus.error("bad_data", "1:4: parse error"));
    bench.query("a", "up[", PrometheusBench.NONE).query("b", "up", PrometheusBench.NONE);
    Preparation refused = bench.source().prepare(bench.context());
    assertThat(refused.state()).isEqualTo(Preparation.State.REFUSED);
    assertThat(refused.message())
        .startsWith("check 'a': Prometheus refuses the query (400: 1:4: parse error)");
  }

  @Test
  void whatCannotBeFoundOutNowIsTriedAgain() {
    prometheus.once(503, FakePrometheus.error("unavailable", "starting"));
    bench.query("a", "up", PrometheusBench.NONE);
    assertThat(bench.source().prepare(bench.context()).state()).isEqualTo(Preparation.State.AGAIN);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
  }
}
