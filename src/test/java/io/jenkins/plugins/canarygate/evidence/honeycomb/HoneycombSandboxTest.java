package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation.State;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Deviation;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole source against a simulated Honeycomb that holds telemetry and shows faults. */
class HoneycombSandboxTest {
  private static final OkHttpClient HASTY =
      HoneycombClient.connections(Duration.ofSeconds(2), Duration.ofMillis(700));
  private static final String COLUMN = "k8s.replicaset.name";
  private static final String ERRORS = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String P99 =
      "{\"calculations\":[{\"op\":\"P99\",\"column\":\"duration_ms\"}]}";
  private static final Set<String> ALL =
      Set.of("queries", "columns", "markers", "slos", "triggers");

  private Bench bench;
  private final SandboxHoneycomb honeycomb =
      new SandboxHoneycomb(() -> bench == null ? Bench.START : bench.now);

  @BeforeEach
  void aServiceWithACanary() {
    honeycomb.key(Bench.KEY, ALL);
    bench = new Bench(honeycomb.url(), HASTY);
    bench.filters.put(
        Cohort.CANARY, List.of(new CohortFilter(COLUMN, "=", "checkout-${rollout.canary}")));
    bench.filters.put(
        Cohort.STABLE, List.of(new CohortFilter(COLUMN, "=", "checkout-${rollout.stable}")));
    Instant then = Bench.START.minusSeconds(3600);
    var dataset = honeycomb.dataset("checkout");
    dataset.service(COLUMN, "checkout-5b6c", then).perMinute(600).errorRate(0.01);
    dataset.service(COLUMN, "checkout-7c9d", then).perMinute(60).errorRate(0.1).durations(90, 900);
    dataset.service(COLUMN, "checkout-0old", then).perMinute(6).errorRate(1);
  }

  @AfterEach
  void close() {
    honeycomb.close();
  }

  @Test
  void canaryAndStableAreToldApart() {
    bench.query("errors", ERRORS, null, Bench.BOTH).query("p99", P99, null, Bench.BOTH);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
    Map<String, Reading> readings = bench.measure();
    Reading.Answer errors = (Reading.Answer) readings.get("errors");
    assertThat(errors.values().canary().orElseThrow()).isCloseTo(0.1, within(0.005));
    assertThat(errors.values().stable().orElseThrow()).isCloseTo(0.01, within(0.001));
    assertThat(errors.canarySamples()).hasValue(300);
    assertThat(errors.stableSamples()).hasValue(3000);
    Reading.Answer p99 = (Reading.Answer) readings.get("p99");
    assertThat(p99.values().canary().orElseThrow()).isGreaterThan(700);
    assertThat(p99.values().stable().orElseThrow()).isLessThan(450);
    assertThat(honeycomb.creationsInTheLastMinute()).isEqualTo(1);
  }

  @Test
  void aCalculatedFieldTellsThemApartJustAsWell() {
    bench.query("plain", ERRORS, null, Bench.BOTH);
    bench.query(
        "any of",
        "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}],\"filter_combination\":\"OR\","
            + "\"filters\":[{\"column\":\"status_code\",\"op\":\"=\",\"value\":200},"
            + "{\"column\":\"status_code\",\"op\":\"=\",\"value\":500}]}",
        null,
        Bench.BOTH);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("any of")).values())
        .isEqualTo(((Reading.Answer) readings.get("plain")).values());
  }

  @Test
  void aCanaryThatSendsNothingIsNoDataAndNeverZero() {
    bench.cohorts.put(Cohort.CANARY, new CohortNames("silent", "x"));
    bench.query("errors", ERRORS, null, Bench.BOTH);
    bench.query("requests", "{\"calculations\":[{\"op\":\"COUNT\"}]}", null, Bench.BOTH);
    bench
        .measure()
        .values()
        .forEach(
            reading -> {
              Reading.Answer answer = (Reading.Answer) reading;
              assertThat(answer.values().canary()).isEmpty();
              assertThat(answer.values().stable()).isPresent();
              assertThat(answer.canarySamples()).isEmpty();
            });
  }

  @Test
  void sampledEventsAreCountedOrStored() {
    honeycomb
        .dataset("checkout")
        .service(COLUMN, "checkout-sampled", Bench.START.minusSeconds(3600))
        .perMinute(600)
        .sampledOneIn(100);
    bench.cohorts.put(Cohort.CANARY, new CohortNames("sampled", "x"));
    bench.query(
        "stored", ERRORS, null, Set.of(Cohort.CANARY), Optional.of(new MinimumSamples(9, true)));
    bench.query(
        "counted", ERRORS, null, Set.of(Cohort.CANARY), Optional.of(new MinimumSamples(9, false)));
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("counted")).canarySamples()).hasValue(3000);
    assertThat(((Reading.Answer) readings.get("stored")).canarySamples()).hasValue(30);
  }

  static Stream<Arguments> faults() {
    List<Fault> faults =
        List.of(
            Fault.TIMEOUT,
            Fault.RESET,
            Fault.HALF_BODY,
            Fault.NOT_JSON,
            Fault.WRONG_TYPE,
            Fault.HUGE_BODY,
            Fault.status(401),
            Fault.status(403),
            Fault.status(404),
            Fault.status(422),
            Fault.status(429),
            Fault.status(500),
            Fault.status(503));
    return Stream.of(Call.CREATE_QUERY, Call.CREATE_RESULT, Call.GET_RESULT)
        .flatMap(call -> faults.stream().map(fault -> Arguments.of(call, fault)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noFaultIsTakenForAValueAndAllPass(Call call, Fault fault) {
    bench.query("errors", ERRORS, null, Bench.BOTH);
    honeycomb.faults().on(call, fault);
    Reading first = bench.measure().get("errors");
    if (first instanceof Reading.Failed failed) {
      assertThat(failed.why()).isNotBlank().doesNotContain(Bench.KEY, "\n");
      assertThat(fault.code()).as("a rate limit is no error").isNotEqualTo(429);
      bench.now = bench.now.plusSeconds(10);
      first = bench.measure().get("errors");
    }
    assertThat(((Reading.Answer) first).values().canary().orElseThrow())
        .isCloseTo(0.1, within(0.005));
    if (call == Call.GET_RESULT && (fault.code() == 0 || fault.code() >= 429)) {
      assertThat(creations()).as("nothing is paid for twice").isEqualTo(1);
    }
  }

  private long creations() {
    return honeycomb.requests().stream()
        .filter(r -> r.toString().contains("POST") && r.toString().contains("query_results"))
        .count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Deviation.class,
      names = {"FOREVER_INCOMPLETE", "FAILED", "MISSING_RESULT", "NO_ROWS", "STRINGS_FOR_NUMBERS"})
  void anOddResultIsNoEvidence(Deviation deviation) {
    String alone = "{\"calculations\":[{\"op\":\"COUNT\"}]}";
    bench.query("requests", alone, null, Set.of());
    honeycomb.habits().allResults(deviation);
    Reading reading = bench.measure().get("requests");
    if (reading instanceof Reading.Answer answer) {
      assertThat(answer.values()).isEqualTo(Values.none());
      assertThat(answer.canarySamples()).isEmpty();
      assertThat(answer.detail()).isNotBlank();
    } else {
      assertThat(reading).isInstanceOf(Reading.Failed.class);
    }
  }

  @Test
  void rowsOfStrangersDecideNothing() {
    bench.query("errors", ERRORS, null, Bench.BOTH).query("whole", ERRORS, null, Set.of());
    honeycomb.habits().allResults(Deviation.EXTRA_ROWS);
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("errors")).values().canary().orElseThrow())
        .isCloseTo(0.1, within(0.005));
    assertThat(((Reading.Answer) readings.get("whole")).values()).isEqualTo(Values.none());
  }

  @Test
  void aLocationOnAnotherHostIsNotAsked() {
    try (SandboxHoneycomb other = new SandboxHoneycomb(() -> bench.now)) {
      honeycomb.habits().locationOnHost(other.url());
      bench.query("errors", ERRORS, null, Bench.BOTH);
      bench.measure();
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aTeamThatUsesItsQuotaOtherwiseIsWaitedFor() {
    bench.query("errors", ERRORS, null, Bench.BOTH);
    bench.quota = new HoneycombQuota(100);
    for (int i = 0; i < 10; i++) {
      Bench other = new Bench(honeycomb.url(), HASTY);
      other.quota = bench.quota;
      other
          .query(
              "other",
              "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"status_code\","
                  + "\"op\":\">\",\"value\":"
                  + i
                  + "}]}",
              null,
              Set.of())
          .ask();
    }
    assertThat(((Reading.NotYet) bench.ask().get("errors")).why()).contains("429");
    assertThat(bench.measure().get("errors")).isInstanceOf(Reading.Answer.class);
    assertThat(bench.now).isAfterOrEqualTo(Bench.START.plusSeconds(60));
  }

  @Test
  void anUnknownColumnAndAnUnknownDatasetAreRefusedBeforehand() {
    bench.query(
        "errors", "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"eror\"}]}", null, Set.of());
    bench.add(
        "elsewhere", new HoneycombSection("nowhere", FakeHoneycomb.read(ERRORS), null, null, null));
    Preparation refused = bench.source().prepare(bench.context());
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.message()).contains("'errors'", "eror", "'elsewhere'", "'nowhere'");
    assertThat(honeycomb.creationsInTheLastMinute()).isZero();
  }

  @Test
  void aKeyWithoutTheRightSaysWhichIsMissing() {
    honeycomb.key(Bench.KEY, Set.of("queries"));
    bench.query("errors", ERRORS, null, Bench.BOTH);
    assertThat(bench.source().prepare(bench.context()).message())
        .contains("Manage Queries and Columns");
    List<Finding> findings =
        new HoneycombPreflight(bench.client, bench.gate(), true, 3)
            .look(bench.cohorts, bench.now, Duration.ofMinutes(45));
    assertThat(findings)
        .filteredOn(finding -> finding.level() == Finding.Level.WARNING)
        .extracting(Finding::subject)
        .containsExactly(
            "honeycomb: right Manage Queries and Columns", "honeycomb: right Manage Markers");
  }

  @Test
  void slosTriggersAndMarkersAreSpokenAsTheyAre() throws Exception {
    honeycomb.slo("checkout", "s1", 99.1, -3.5, 2.5, "triggered");
    honeycomb.trigger("checkout", "t1", false, false, 60);
    HoneycombSection.Reference slo = new HoneycombSection.Reference("checkout", "s1");
    bench.add("budget", new HoneycombSection(null, null, "budget_remaining", slo, null));
    bench.add("state", new HoneycombSection(null, null, null, slo, null));
    bench.add(
        "trigger",
        new HoneycombSection(
            null, null, null, null, new HoneycombSection.Reference("checkout", "t1")));
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("budget")).values()).isEqualTo(Values.of(-3.5));
    assertThat(((Reading.Answer) readings.get("state")).verdict()).contains(Grade.FAIL);
    assertThat(((Reading.Answer) readings.get("trigger")).verdict()).contains(Grade.PASS);
    HoneycombMarkers markers =
        new HoneycombMarkers(bench.client, new HoneycombGateSection.Marker("deploy", "checkout"));
    markers.close(markers.open("began", bench.now).orElseThrow(), "PASS", bench.now);
    assertThat(honeycomb.markers().get(0).path("message").asText()).isEqualTo("PASS");
    assertThat(honeycomb.markers().get(0).path("type").asText()).isEqualTo("deploy");
  }
}
