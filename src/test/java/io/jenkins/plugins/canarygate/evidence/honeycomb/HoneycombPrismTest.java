package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource.Preparation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same source against Prism, which serves Honeycomb's own OpenAPI description: it refuses
 * requests that the description does not allow, and answers with its examples. Runs where {@code
 * honeycomb.prism.url} says that Prism is there (see {@code .ci/prism}).
 */
class HoneycombPrismTest {
  private static final String COUNT = "{\"calculations\":[{\"op\":\"COUNT\"}]}";
  private Bench bench;

  @BeforeEach
  void whereIsPrism() {
    String url = System.getProperty("honeycomb.prism.url");
    Assumptions.assumeTrue(
        url != null && !url.isBlank(),
        "skipped: no Prism; start .ci/prism and give -Dhoneycomb.prism.url");
    bench = new Bench(url);
  }

  @Test
  void aCountReadsWhatTheDescriptionsExampleHolds() {
    bench.query("requests", COUNT, null, Set.of());
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
    Reading.Answer answer = bench.answer("requests");
    assertThat(answer.values()).isEqualTo(Values.of(20769));
    assertThat(answer.canarySamples()).hasValue(20769);
    assertThat(answer.link().orElseThrow()).startsWith("https://ui.honeycomb.io/");
  }

  @Test
  void everyKindOfQueryIsAllowedByTheDescription() {
    bench.split().query("same column", COUNT, null, Bench.BOTH);
    bench.query(
        "any of",
        "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}],\"filter_combination\":\"OR\","
            + "\"filters\":[{\"column\":\"a\",\"op\":\"exists\"},{\"column\":\"b\",\"op\":\">\",\"value\":1}]}",
        null,
        Bench.BOTH,
        Optional.of(new io.jenkins.plugins.canarygate.check.MinimumSamples(5, true)));
    bench.query(
        "formula",
        "{\"calculations\":[{\"op\":\"COUNT\",\"name\":\"n\"}],"
            + "\"formulas\":[{\"name\":\"f\",\"expression\":\"MUL($n, 2)\"}]}",
        null,
        Bench.BOTH);
    assertThat(bench.source().prepare(bench.context())).isEqualTo(Preparation.READY);
  }

  @Test
  void aQueryThatTheDescriptionForbidsIsRefused() {
    bench.query(
        "wrong", "{\"calculations\":[{\"op\":\"MEDIAN\",\"column\":\"ms\"}]}", null, Set.of());
    Preparation refused = bench.source().prepare(bench.context());
    assertThat(refused.state()).isEqualTo(Preparation.State.REFUSED);
    assertThat(refused.message()).contains("check 'wrong'", "422", "must be a valid value");
  }

  @Test
  void sloAndTriggerAreRead() {
    bench.add(
        "slo",
        new HoneycombSection(null, null, null, new HoneycombSection.Reference("d", "s"), null));
    bench.add(
        "trigger",
        new HoneycombSection(null, null, null, null, new HoneycombSection.Reference("d", "t")));
    // Prism gives the first example, an SLO without details: no evidence, and no failure.
    assertThat(bench.answer("slo").verdict()).contains(Grade.INCONCLUSIVE);
    assertThat(bench.answer("trigger").verdict()).contains(Grade.FAIL);
  }

  @Test
  void aMarkerIsSetAndClosed() throws Exception {
    HoneycombMarkers markers =
        new HoneycombMarkers(bench.client, new HoneycombGateSection.Marker("deploy", "shop"));
    markers.close(markers.open("began", bench.now).orElseThrow(), "PASS", bench.now);
  }

  @Test
  void theKeyOfTheExampleLacksTheRights() {
    bench.query("requests", COUNT, null, Set.of());
    assertThat(
            new HoneycombPreflight(bench.client, bench.gate(), true, 3)
                .look(bench.cohorts, bench.now, Duration.ofMinutes(45)))
        .extracting(finding -> finding.level() + " " + finding.subject())
        .containsExactly(
            "OK honeycomb: key",
            "WARNING honeycomb: right Manage Queries and Columns",
            "WARNING honeycomb: right Run Queries",
            "OK honeycomb: right Manage Markers",
            "OK honeycomb: check 'requests'",
            "OK honeycomb: quota");
  }
}
