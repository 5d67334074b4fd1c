package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation.State;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C3: each query is created once before anything is measured, which costs no quota")
class HoneycombPrepareTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private static final String P95 = "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}]}";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private Preparation prepare() {
    return bench.source().prepare(bench.context());
  }

  @Test
  void everythingIsTriedOnceAndNothingRuns() {
    bench.split().query("errors", AVG, null, Bench.BOTH);
    bench.query("again", AVG, null, Bench.BOTH);
    bench.query("latency", P95, null, Bench.BOTH, Optional.of(new MinimumSamples(5, true)));
    assertThat(prepare()).isEqualTo(Preparation.READY);
    assertThat(honeycomb.queriesCreated()).isEqualTo(3);
    assertThat(honeycomb.resultsCreated()).isZero();
    prepare();
    assertThat(honeycomb.queriesCreated()).as("what went well is not tried again").isEqualTo(3);
  }

  @Test
  void samplesStandForNamesThatAreNotKnownYet() {
    bench.cohorts.clear();
    bench.split().query("errors", AVG, null, Bench.BOTH);
    assertThat(prepare().state()).isEqualTo(State.READY);
    assertThat(honeycomb.lastQuery().toString()).contains("sample-canary", "sample-stable");
  }

  @Test
  void whileNothingIsRolledOutTheNamesAreStillTwo() {
    bench.cohorts.put(Cohort.STABLE, new CohortNames("7c9d", "x"));
    bench.split().query("errors", AVG, null, Bench.BOTH);
    assertThat(prepare().state()).isEqualTo(State.READY);
  }

  @Test
  void namesThatAreKnownAreUsed() {
    bench.split().query("errors", AVG, null, Bench.BOTH);
    prepare();
    JsonNode query = honeycomb.lastQuery();
    assertThat(query.toString()).contains("7c9d", "5b6c");
    assertThat(query.path("end_time").asLong()).isLessThan(Bench.START.getEpochSecond());
  }

  @Test
  void aRefusedQueryIsToldWithItsCheckAndTheOthersAreTriedAllTheSame() {
    bench.query("errors", AVG, null, Set.of()).query("latency", P95, null, Set.of());
    honeycomb.once("POST /1/queries", 422, "{\"error\":\"unknown column error\"}");
    honeycomb.once("POST /1/queries", 422, "{\"error\":\"unknown column ms\"}");
    Preparation refused = prepare();
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.message().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("check 'errors'", "unknown column error"),
            line -> assertThat(line).contains("check 'latency'", "unknown column ms"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void whatWaitingDoesNotHelpIsRefused(int status) {
    bench.query("errors", AVG, null, Set.of());
    honeycomb.once("POST /1/queries", status, "{}");
    assertThat(prepare().state()).isEqualTo(State.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void whatMayPassIsTriedAgain(int status) {
    bench.query("errors", AVG, null, Set.of()).query("latency", P95, null, Set.of());
    honeycomb.once("POST /1/queries", status, "{}");
    assertThat(prepare().state()).isEqualTo(State.AGAIN);
    assertThat(prepare().state()).isEqualTo(State.READY);
    assertThat(honeycomb.queriesCreated()).isEqualTo(3);
  }

  @Test
  void aRefusalIsToldAtOnceWhateverElseMayPass() {
    bench.query("errors", AVG, null, Set.of()).query("latency", P95, null, Set.of());
    honeycomb.once("POST /1/queries", 503, "{}");
    honeycomb.once("POST /1/queries", 422, "{\"error\":\"unknown column ms\"}");
    Preparation refused = prepare();
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.message()).contains("latency").doesNotContain("errors");
  }

  @Test
  void slosAndTriggersAreReadOnce() {
    honeycomb.document("/1/slos/checkout/s1", "{\"name\":\"Fast\"}");
    HoneycombSection.Reference slo = new HoneycombSection.Reference("checkout", "s1");
    HoneycombSection.Reference trigger = new HoneycombSection.Reference("checkout", "t1");
    bench.add("one", new HoneycombSection(null, null, "compliance", slo, null));
    bench.add("two", new HoneycombSection(null, null, null, slo, null));
    bench.add("three", new HoneycombSection(null, null, null, null, trigger));
    Preparation refused = prepare();
    assertThat(refused.message()).contains("check 'three'", "trigger 't1'").doesNotContain("'one'");
    assertThat(honeycomb.asked("GET /1/slos")).hasSize(1);
    assertThat(honeycomb.asked("GET /1/triggers")).hasSize(1);
  }

  @Test
  void anUnknownPlaceholderIsRefused() {
    String query =
        "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"a\",\"op\":\"=\","
            + "\"value\":\"${nothing}\"}]}";
    bench.query("errors", query, null, Set.of());
    assertThat(prepare().state()).isEqualTo(State.REFUSED);
    assertThat(prepare().message()).contains("nothing");
  }

  @Test
  void noKeyIsRefused() {
    bench.query("errors", AVG, null, Set.of());
    HoneycombClient keyless =
        new HoneycombClient(Bench.HTTP, honeycomb.url(), () -> null, () -> bench.now);
    HoneycombSource source = new HoneycombSource(keyless, bench.quota, bench.answers, bench.gate());
    assertThat(source.prepare(bench.context()).state()).isEqualTo(State.REFUSED);
  }
}
