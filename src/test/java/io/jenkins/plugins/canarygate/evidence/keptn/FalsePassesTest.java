package io.jenkins.plugins.canarygate.evidence.keptn;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way that is known in which Keptn says good where nothing is known. */
@DisplayName("No evidence is not good evidence")
class FalsePassesTest {
  private final KeptnBench bench = new KeptnBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private void isNoEvidence(String why) {
    Reading.Answer answer = bench.answer();
    assertThat(answer.verdict()).contains(Grade.INCONCLUSIVE);
    assertThat(answer.detail()).contains(why);
  }

  private void isNoValue(String why) {
    Reading.Answer answer = bench.answer();
    assertThat(answer.values().canary()).isEmpty();
    assertThat(answer.detail()).contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "-Inf"})
  @DisplayName("NaN: every comparison is false, so Keptn passes, and leaves no raw")
  void aValueThatIsNoFiniteNumber(String value) {
    bench.answers().value(KeptnBench.ERRORS, value);

    isNoEvidence("no readable result");
  }

  @Test
  @DisplayName("NaN beside an objective that warns: completed with a warning, without raw")
  void nanBesideAWarning() {
    bench.answers().value(KeptnBench.LATENCY, "NaN").value(KeptnBench.ERRORS, "0.02");

    isNoEvidence("no readable result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"pass\":true}", "{\"objectiveResults\":[]}"})
  @DisplayName("no raw, or one that says nothing")
  void noRaw(String raw) {
    completed("completed", "'pass':true", raw);

    Reading.Answer answer = bench.existing("completed").answer();
    assertThat(answer.verdict()).contains(Grade.INCONCLUSIVE);
  }

  @Test
  @DisplayName("absent pass: a failed Analysis has neither pass nor warning")
  void absentPassIsAFailure() {
    bench.answers().value(KeptnBench.ERRORS, "0.2");

    assertThat(bench.grade()).isEqualTo(Grade.FAIL);
  }

  @Test
  @DisplayName("a status that contradicts its own result")
  void aPassThatTheResultDoesNotKnow() {
    bench.answers().value(KeptnBench.ERRORS, "0.2");
    bench.with(true, null);
    assertThat(bench.grade()).isEqualTo(Grade.FAIL);
    String name = bench.keptn.analyses().get(0).at("/metadata/name").asText();
    bench.keptn.status("analyses", name, status -> status.put("pass", true));

    assertThat(bench.existing(name).grade()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  @DisplayName("stuck Progressing: there is no failed state, so our own deadline ends it")
  void stuckProgressing() {
    bench.answers().failure(KeptnBench.ERRORS, "dial tcp: connection refused");

    isNoEvidence("within 3m; it is Progressing: errors: dial tcp: connection refused");
    assertThat(Duration.between(KeptnBench.START, bench.clock.instant()))
        .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(200));
  }

  @Test
  @DisplayName("missing definition: the state stays empty for ever")
  void missingDefinition() {
    bench.keptn.delete("analysisdefinitions", "checkout");

    assertThat(bench.prepare().state()).isEqualTo(Preparation.State.REFUSED);
    assertThat(bench.prepare().message())
        .isEqualTo(
            "check 'objectives': there is no AnalysisDefinition shop/checkout, and Keptn would"
                + " wait for it for ever");
    isNoEvidence("it is not begun, as where there is no AnalysisDefinition checkout");
  }

  @Test
  @DisplayName("an operator that is down")
  void nobodyLooks() {
    bench.cluster.keptn().stop();

    isNoEvidence("not looked at by Keptn's metrics-operator");
  }

  @Test
  @DisplayName("<no value>: an argument of a template is missing")
  void missingArgument() {
    bench.section = KeptnBench.analysis(Map.of("wrkload", "checkout"));
    bench.answers().value("errors{deployment=\"<no value>\"}", "0");
    bench.answers().value("latency{deployment=\"<no value>\"} @ end()", "0");

    assertThat(bench.prepare().message())
        .contains("the query of errors needs workload, which analysis.args does not give")
        .contains("<no value>");
    isNoEvidence("an argument of its query is missing (<no value>)");
  }

  @Test
  @DisplayName("a value that is no number scores 0, which other objectives can make good")
  void aValueThatIsNoNumber() {
    bench.answers().value(KeptnBench.LATENCY, "<no value>");
    bench.keptn.delete("analysisdefinitions", "checkout");
    bench.keptn.definition(
        "checkout",
        50,
        0,
        objective("errors", "0.05", "0.01") + ",'weight':9",
        objective("latency", "0.5", "0.3"));

    isNoEvidence("latency its value '<no value>' is no number");
  }

  @Test
  @DisplayName("but what a key objective shows to be bad is bad, whatever the others would say")
  void aBadKeyObjectiveBesideNoValue() {
    bench.answers().value(KeptnBench.LATENCY, "").value(KeptnBench.ERRORS, "0.2");

    assertThat(bench.grade()).isEqualTo(Grade.FAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "dynatrace"})
  @DisplayName("0 for no data behind Datadog and Dynatrace")
  void zeroOfNoData(String type) {
    bench.keptn.delete("keptnmetricsproviders", "prometheus").provider("prometheus", type);
    bench.answers().value(KeptnBench.ERRORS, "0.000000");

    isNoEvidence("errors its 0 comes from D");
    bench.askedSince = bench.clock.instant();
    assertThat(bench.with(null, true).grade()).isEqualTo(Grade.PASS);
  }

  @Test
  void aZeroFromPrometheusIsAValue() {
    bench.answers().value(KeptnBench.ERRORS, "0");

    assertThat(bench.grade()).isEqualTo(Grade.PASS);
  }

  @Test
  @DisplayName("window in the future: it is not rejected, but asked at once")
  void aWindowInTheFutureIsWaitedFor() {
    bench.window =
        Optional.of(new Window(KeptnBench.START, KeptnBench.START.plus(Duration.ofMinutes(5))));

    Reading reading = bench.ask(Optional.empty());

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.NotYet.class,
            notYet -> {
              assertThat(notYet.lookAgain()).isEqualTo(Duration.ofMinutes(6));
              assertThat(notYet.ticket()).isEmpty();
            });
    assertThat(bench.keptn.analyses()).isEmpty();
  }

  @Test
  @DisplayName("window in the future, of an Analysis that somebody else made")
  void anExistingWindowInTheFuture() {
    bench.keptn.analysis(
        "early",
        "{'analysisDefinition':{'name':'checkout'},'args':{'workload':'checkout'},"
            + "'timeframe':{'from':'2026-05-01T09:58:00Z','to':'2026-05-01T10:05:00Z'}}");
    bench.existing("early");

    isNoEvidence("its window ends after it was created");
  }

  @Test
  @DisplayName("M5: a window that begins before the canary got its traffic")
  void aWindowOfBeforeTheCanary() {
    bench.keptn.analysis(
        "old",
        "{'analysisDefinition':{'name':'checkout'},'args':{'workload':'checkout'},"
            + "'timeframe':{'recent':'30m'}}");
    bench.existing("old");

    isNoEvidence("before the canary got its traffic");
    bench.clamps = false;
    assertThat(bench.grade()).as("C1: check clamps no window").isEqualTo(Grade.PASS);
  }

  @Test
  @DisplayName("M5: an Analysis of what is recent waits until the canary had traffic for as long")
  void whatIsRecentIsWaitedFor() {
    bench.trafficSince = Optional.of(KeptnBench.START.minus(Duration.ofMinutes(2)));
    bench.recent(Duration.ofMinutes(5));

    assertThat(bench.grade()).isEqualTo(Grade.PASS);
    assertThat(bench.clock.instant()).isAfter(KeptnBench.START.plus(Duration.ofMinutes(3)));
  }

  @Test
  @DisplayName("Prometheus: the first sample is of the begin of the window, before any traffic")
  void theFirstSampleIsOfBeforeTheTraffic() {
    bench.trafficSince = Optional.of(KeptnBench.WINDOW.from());

    isNoEvidence("errors Keptn took it at the begin of the window, 09:54:00 UTC");
  }

  @Test
  @DisplayName("nothing that judges: objectives without targets, or without weight")
  void nothingThatJudges() {
    bench.keptn.delete("analysisdefinitions", "checkout");
    bench.keptn.definition(
        "checkout",
        90,
        60,
        "'analysisValueTemplateRef':{'name':'errors'}",
        objective("latency", "0.5", "0.3") + ",'weight':0");

    isNoEvidence("nothing was judged");
  }

  @Test
  @DisplayName("stale value with a fresh date: on an error the old value stays")
  void aStaleMetricWithAFreshDate() {
    bench.answers().value("p95", "0.2");
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.answers().failure("p95", "context deadline exceeded");
    bench.clock.advance(Duration.ofSeconds(61));
    bench.cluster.tick();
    bench.metric("p95");

    Reading reading = bench.measure();

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Failed.class,
            failed ->
                assertThat(failed.why())
                    .isEqualTo(
                        "KeptnMetric shop/p95: the operator could not fetch it: context deadline"
                            + " exceeded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "-Inf", "<no value>", "0x1p-2", "1e999", "0,5", " 0.2"})
  @DisplayName("M8: a metric's value that is no finite number is no value, never 0")
  void aMetricThatIsNoNumber(String value) {
    bench.answers().value("p95", value);
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.metric("p95");

    isNoValue("no number");
  }

  @Test
  @DisplayName("a metric's 0 that comes from Datadog")
  void aMetricsZeroOfNoData() {
    bench.keptn.provider("datadog", "datadog");
    bench.answers().value("p95", "0");
    bench.keptn.metric("p95", "datadog", "p95", 60);
    bench.metric("p95");

    isNoValue("is 0 and comes from Datadog");
    assertThat(bench.with(null, true).answer().values().canary()).hasValue(0);
  }

  @Test
  @DisplayName("a metric that comes from Elastic: Keptn takes any number of the answer")
  void aMetricFromElastic() {
    bench.keptn.provider("elastic", "elastic");
    bench.answers().value("p95", "0.2");
    bench.keptn.metric("p95", "elastic", "p95", 60);
    bench.metric("p95");

    isNoValue("Keptn takes any number");
  }

  @Test
  @DisplayName("an operator that stopped fetching")
  void aMetricThatIsNoLongerFetched() {
    bench.answers().value("p95", "0.2");
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.cluster.keptn().stop();
    bench.clock.advance(Duration.ofMinutes(3));
    bench.metric("p95");

    isNoValue("is 3m old, more than maxAge 2m, and no newer value came");
  }

  @Test
  @DisplayName("M5: a metric that was fetched before the canary got its traffic")
  void aMetricOfBeforeTheCanary() {
    bench.answers().value("p95", "0.2");
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.clock.advance(Duration.ofSeconds(30));
    bench.trafficSince = Optional.of(KeptnBench.START.plusSeconds(20));
    bench.metric("p95");

    assertThat(bench.ask(Optional.empty())).isInstanceOf(Reading.NotYet.class);
    assertThat(bench.answer().identity()).contains("2026-05-01T10:01:00Z");
  }

  private void completed(String name, String fields, String raw) {
    bench.cluster.keptn().stop();
    bench.keptn.analysis(
        name,
        "{'analysisDefinition':{'name':'checkout'},'timeframe':{'from':'2026-05-01T09:50:00Z',"
            + "'to':'2026-05-01T09:55:00Z'}}");
    bench.keptn.status(
        "analyses",
        name,
        status -> {
          status.setAll(
              io.jenkins.plugins.canarygate.sandbox.http.Json.of(
                  "{'state':'Completed',"
                      + fields
                      + ",'timeframe':{'from':'2026-05-01T09:50:00Z','to':'2026-05-01T09:55:00Z'}}"));
          return raw.isEmpty() ? status : status.put("raw", raw);
        });
  }
}
