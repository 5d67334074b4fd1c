package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Series;
import io.jenkins.plugins.canarygate.check.SeriesWanted;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.check.Window;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.sandbox.RealPrometheus;
import io.jenkins.plugins.canarygate.sandbox.SandboxExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source against a real Prometheus that scrapes the sandbox's counters. */
@Timeout(120)
class RealPrometheusTest {
  private static final String RATE =
      "sum(rate(http_requests_total{code=\"500\",pod=~\"${cohort.pods}\"}[${window}]))"
          + " / sum(rate(http_requests_total{pod=~\"${cohort.pods}\"}[${window}]))";
  private static final String CANARY = "checkout.eu-7c9d-aaaaa";
  private static final String STABLE = "checkout.eu-5b6c-bbbbb";
  private static SandboxExporter exporter;
  private static RealPrometheus prometheus;
  private static Window window;
  private PrometheusBench bench;

  @BeforeAll
  static void aPrometheusThatHasSeenSomeSeconds(@TempDir Path folder) throws Exception {
    RealPrometheus.assumeInstalled();
    long threeMinutesAgo = Instant.now().minusSeconds(180).toEpochMilli();
    exporter =
        new SandboxExporter(InstantSource.system())
            .pod(CANARY, 200, 0.05)
            .pod(STABLE, 1000, 0.01)
            // Matched where the dot of a pod's name is not taken to the letter.
            .pod("checkoutxeu-7c9d-ccccc", 1000, 1)
            .line("pushed 7 " + threeMinutesAgo)
            .line("idle 0");
    prometheus = RealPrometheus.start(folder, "200ms", Optional.empty(), exporter.target());
    exporter.awaitScrapes(25, Duration.ofSeconds(60));
    Instant end = exporter.known();
    window = new Window(end.minusSeconds(4), end);
  }

  @AfterAll
  static void close() {
    if (prometheus != null) {
      prometheus.close();
    }
    if (exporter != null) {
      exporter.close();
    }
  }

  @BeforeEach
  void bench() {
    bench = new PrometheusBench(prometheus.url());
    bench.window = window;
    bench.now = window.to().plusSeconds(30);
    bench.cohorts.put(Cohort.CANARY, new CohortNames("7c9d", "checkout\\.eu-7c9d-[a-z0-9]{5}"));
    bench.cohorts.put(Cohort.STABLE, new CohortNames("5b6c", "checkout[.]eu-5b6c-[a-z0-9]{5}"));
  }

  @Test
  void theErrorRateOfEachCohortIsWhatWasServed() {
    bench.query("errors", RATE, PrometheusBench.BOTH);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
    Values values = bench.answer("errors").values();
    double canary = exporter.served(CANARY, window.from(), window.to()).errorRate();
    double stable = exporter.served(STABLE, window.from(), window.to()).errorRate();
    assertThat(canary).isCloseTo(0.05, within(0.005));
    assertThat(values.canary().orElseThrow()).isCloseTo(canary, within(0.005));
    assertThat(values.stable().orElseThrow()).isCloseTo(stable, within(0.001));
  }

  @Test
  @DisplayName("M8: samples are what was served in the window")
  void m8SamplesAreWhatWasServed() {
    bench.add(
        "errors",
        new PrometheusSection(
            RATE,
            "sum(increase(http_requests_total{pod=~\"${cohort.pods}\"}[${window}]))",
            null,
            new PrometheusSection.Fresh(
                "http_requests_total{pod=~\"${cohort.pods}\"}", Duration.ofSeconds(10))),
        PrometheusBench.CANARY);
    SandboxExporter.Growth served = exporter.served(CANARY, window.from(), window.to());
    double perSecond = served.requests() * 1000.0 / served.time().toMillis();
    assertThat((double) bench.answer("errors").canarySamples().orElseThrow())
        .isCloseTo(perSecond * 4, within(perSecond));
    assertThat(bench.answer("errors").values().canary()).isPresent();
  }

  @Test
  @DisplayName("M8: a canary that nobody scrapes is no data, never 0")
  void m8ACanaryThatNobodyScrapesIsNoData() {
    bench.cohorts.put(Cohort.CANARY, new CohortNames("nobody", "nobody-[a-z0-9]{5}"));
    bench.query("errors", RATE, PrometheusBench.BOTH);
    Reading.Answer answer = bench.answer("errors");
    assertThat(answer.values().canary()).isEmpty();
    assertThat(answer.values().stable()).isPresent();
    assertThat(answer.detail()).isEqualTo("Prometheus has no data of the canary for the query");
  }

  @Test
  @DisplayName("M8: 0/0 is NaN at Prometheus, and no value")
  void m8NothingDividedByNothingIsNoValue() {
    bench.query("ratio", "idle / idle", PrometheusBench.NONE);
    bench.query("infinite", "sum(up) / idle", PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("ratio")).detail()).contains("NaN");
    assertThat(((Reading.Answer) readings.get("ratio")).values()).isEqualTo(Values.none());
    assertThat(((Reading.Answer) readings.get("infinite")).values()).isEqualTo(Values.none());
  }

  @Test
  void aLineOfTheWindowEndsInTheValueThatIsJudged() {
    // Longer than what was scraped: the line has a gap before it.
    bench.window = new Window(window.to().minusSeconds(60), window.to());
    bench.series = SeriesWanted.YES;
    String lastSeconds = RATE.replace("[${window}]", "[4s]");
    bench.query("errors", lastSeconds, PrometheusBench.BOTH);
    Reading.Answer answer = bench.answer("errors");

    Series line = answer.series().orElseThrow();
    assertThat(answer.detail()).isEmpty();
    assertThat(line.stepSeconds()).isEqualTo(5);
    assertThat(line.from()).isEqualTo(bench.window.from());
    assertThat(line.canary()).hasSize(13);
    assertThat(line.canary().get(12).orElseThrow())
        .isCloseTo(answer.values().canary().orElseThrow(), within(1e-6));
    assertThat(line.stable().get(12).orElseThrow())
        .isCloseTo(answer.values().stable().orElseThrow(), within(1e-6));
    assertThat(line.canary().get(0)).as("before the first scrape").isEmpty();
  }

  @Test
  void severalSeriesAreOneLineByTheReductionOrNone() {
    bench.series = SeriesWanted.YES;
    bench.add(
        "counted",
        new PrometheusSection("http_requests_total{code=\"500\"}", null, "count", null),
        PrometheusBench.NONE);
    bench.query("undefined", "sum(idle / idle) or vector(1)", PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();

    assertThat(((Reading.Answer) readings.get("counted")).series().orElseThrow().canary())
        .containsExactly(OptionalDouble.of(3));
    assertThat(((Reading.Answer) readings.get("undefined")).series())
        .as("NaN is no value, and so nothing is plotted")
        .isEmpty();
  }

  @Test
  void severalSeriesAreNamedOrReduced() {
    bench.query("several", "http_requests_total{code=\"500\"}", PrometheusBench.NONE);
    bench.add(
        "counted",
        new PrometheusSection("http_requests_total{code=\"500\"}", null, "count", null),
        PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Failed) readings.get("several")).why())
        .contains("3 series", "pod=\"" + CANARY + "\"");
    assertThat(((Reading.Answer) readings.get("counted")).values()).isEqualTo(Values.of(3));
  }

  @Test
  void aSampleThatWasPushedLongAgoIsFoundOldOnlyByItsOwnTime() {
    bench.query("blind", "pushed", PrometheusBench.NONE);
    bench.add(
        "seeing",
        new PrometheusSection(
            "pushed", null, null, new PrometheusSection.Fresh("pushed", Duration.ofMinutes(1))),
        PrometheusBench.NONE);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("blind")).values()).isEqualTo(Values.of(7));
    assertThat(((Reading.Answer) readings.get("seeing")).values()).isEqualTo(Values.none());
    assertThat(((Reading.Answer) readings.get("seeing")).detail())
        .contains("3m", "more than fresh.maxAge 1m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up[ | parse error",
        "up{pod=~\"(\"} | error parsing regexp",
        "rate(up) | expected type range vector",
        "up[1m] | range of samples",
        "\"text\" | a text, which is no number"
      })
  void whatPrometheusRefusesEndsTheGateBeforeAnythingIsMeasured(String query, String says) {
    bench.query("wrong", query, PrometheusBench.NONE);
    Preparation refused = bench.source().prepare(bench.context());
    assertThat(refused.state()).isEqualTo(Preparation.State.REFUSED);
    assertThat(refused.message()).startsWith("check 'wrong': ").contains(says);
  }

  @Test
  void planShowsWhatComes() {
    bench.query("errors", RATE, PrometheusBench.BOTH);
    bench.query("typo", "http_request_total", PrometheusBench.NONE);
    // Names are not known to plan: those of the pods stand for any of the rollout's.
    bench.cohorts.clear();
    bench.rollout = "checkout.eu";
    assertThat(new PrometheusPreflight(bench.client, bench.gate()).look(Map.of(), bench.now))
        .extracting(finding -> finding.level() + " " + finding.message())
        .satisfiesExactly(
            server -> assertThat(server).isEqualTo("OK 127.0.0.1 answers"),
            errors ->
                assertThat(errors).startsWith("OK query gives 1 series, {}; the first is 0.01"),
            typo ->
                assertThat(typo).startsWith(Finding.Level.WARNING + " query gives nothing now"));
  }

  @Test
  void nameAndPasswordOpenAPrometheusThatAsksForThem(@TempDir Path folder) throws Exception {
    // The password of Prometheus' own documentation: test.
    String web =
        "basic_auth_users:\n  ci: $2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay\n";
    try (RealPrometheus guarded =
        RealPrometheus.start(folder, "1s", Optional.of(web), exporter.target())) {
      assertThat(client(guarded, "test").query("1", window.to()).series()).hasSize(1);
      assertThatThrownBy(() -> client(guarded, "wrong").query("1", window.to()))
          .isInstanceOf(PrometheusException.class)
          .hasMessageContaining("(401")
          .hasMessageNotContaining("wrong");
    }
  }

  private static PrometheusClient client(RealPrometheus server, String password) {
    return new PrometheusClient(
        PrometheusBench.HTTP,
        server.url(),
        PrometheusLogin.basic("ci", () -> password),
        PrometheusTenant.of("passed-over"),
        InstantSource.system());
  }
}
