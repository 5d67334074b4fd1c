package io.jenkins.plugins.canarygate.gatefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.evidence.prometheus.PrometheusSection;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusInGateFileTest {
  private static Check check(String section, String fields) {
    return TestGates.withCheck("prometheus: {" + section + "}, " + fields).spec().check("a");
  }

  private static java.util.List<String> faults(String section, String fields) {
    return TestGates.faults(TestGates.checkFile("prometheus: {" + section + "}, " + fields));
  }

  @Test
  void aSectionIsReadWhole() {
    Gate gate =
        TestGates.read(
            TestGates.HEAD
                + """
                  checks:
                    - name: a
                      prometheus:
                        query: 'max(up{pod=~"${cohort.pods}"})'
                        samples: 'sum(increase(x[${window}]))'
                        reduce: max
                        fresh: {selector: up}
                      fail: {ratio: "> 2"}
                      minimumSamples: 50
                  prometheus: {server: main}
                """);
    assertThat(gate.sources().get("a"))
        .isEqualTo(
            new PrometheusSection(
                "max(up{pod=~\"${cohort.pods}\"})",
                "sum(increase(x[${window}]))",
                "max",
                new PrometheusSection.Fresh("up", Duration.ofMinutes(1))));
    assertThat(gate.prometheus().orElseThrow().server()).isEqualTo("main");
    Check check = gate.spec().check("a");
    assertThat(check.minimumSamples()).contains(new MinimumSamples(50, false));
    assertThat(check.cohorts()).containsExactlyInAnyOrder(Cohort.CANARY, Cohort.STABLE);
    assertThat(check.window().orElseThrow().lag()).isEqualTo(Duration.ofSeconds(30));
    assertThat(gate.spec().needsRollout()).isTrue();
  }

  @Test
  @DisplayName("M13: ${window} is Prometheus' alone, and no reason to look at the rollout")
  void m13TheWindowIsAPlaceholderOfPrometheusAlone() {
    Gate gate = TestGates.withCheck("prometheus: {query: 'sum(rate(x[${window}]))'}, fail: '> 1'");
    assertThat(gate.spec().needsRollout()).isFalse();
    assertThat(gate.spec().check("a").cohorts()).isEmpty();
    String other = TestGates.QUERY.replace("dataset: d", "dataset: '${window}'");
    assertThat(TestGates.faults(TestGates.checkFile(other + ", fail: '> 1'")))
        .singleElement()
        .asString()
        .contains("unknown placeholder ${window}");
    assertThat(faults("query: 'rate(x[${windw}])'", "fail: '> 1'"))
        .containsExactly(
            "spec.checks[0].prometheus.query: unknown placeholder ${windw}; did you mean"
                + " 'window'?");
  }

  @Test
  @DisplayName("M13: a name that the gate file gives the rollout stands in the query")
  void m13TheRolloutsNameIsPutIn() {
    Gate gate =
        TestGates.withCheck(
            "prometheus: {query: 'up{app=\"${rollout.name}\",ns=\"${rollout.namespace}\"}'}, fail:"
                + " '> 1'");
    assertThat(((PrometheusSection) gate.sources().get("a")).query())
        .isEqualTo("up{app=\"checkout\",ns=\"shop\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"} or vector(0) #", "a'b", "a`b", "a\\b", "a\nb"})
  @DisplayName("M13: a parameter's value that could leave its string is misuse")
  void m13AParameterCannotBreakOut(String value) {
    String yaml =
        TestGates.HEAD
            + "  parameters: {app: {required: true}}\n"
            + "  checks: [{name: a, prometheus: {query: 'up{app=\"${app}\"}'}, fail: '> 1'}]\n";
    assertThat(TestGates.faults(yaml, "app", value))
        .containsExactly(
            "spec.checks[0].prometheus.query: the value of 'app' has a quote, backslash or control"
                + " character, which must not get into a query");
    assertThat(TestGates.faults(yaml, "app", "checkout-2")).isEmpty();
  }

  @Test
  @DisplayName("M5: a range that is longer than the window is misuse")
  void m5ARangeLongerThanTheWindowIsMisuse() {
    assertThat(faults("query: 'rate(x[10m])'", "fail: '> 1'"))
        .containsExactly(
            "spec.checks[0].window: must be at least 10m, for the query looks back so far; or write"
                + " [${window}] there");
    assertThat(faults("query: 'rate(x[10m])'", "fail: '> 1', window: 9m")).hasSize(1);
    assertThat(faults("query: 'rate(x[10m])'", "fail: '> 1', window: 10m")).isEmpty();
  }

  @Test
  @DisplayName("M9: minimumSamples without samples is misuse; from defaults it does not reach it")
  void m9MinimumSamplesNeedsSamples() {
    assertThat(faults("query: up", "fail: '> 1', minimumSamples: 5"))
        .containsExactly(
            "spec.checks[0].minimumSamples: this source counts no samples: leave it out");
    Gate gate =
        TestGates.read(
            TestGates.HEAD
                + "  defaults: {minimumSamples: 200}\n"
                + "  checks: [{name: a, prometheus: {query: up}, fail: '> 1'}]\n");
    assertThat(gate.spec().check("a").minimumSamples()).isEmpty();
  }

  @Test
  @DisplayName("M14: a comparison needs ${cohort…} in the query")
  void m14AComparisonNeedsTheCohortInTheQuery() {
    assertThat(faults("query: up", "fail: {ratio: '> 2'}"))
        .containsExactly(
            "spec.checks[0].fail.ratio: needs ${cohort} or ${cohort.pods} in the query, which"
                + " tells the canary from the stable revision");
    assertThat(check("query: 'up{rs=\"${cohort}\"}'", "fail: '> 2'").cohorts())
        .isEqualTo(Set.of(Cohort.CANARY));
  }

  @Test
  @DisplayName("M14: Prometheus takes no filters, and one of Honeycomb's does not reach it")
  void m14PrometheusTakesNoFilters() {
    String filters = "  cohorts: {canary: {prometheus: [{label: a}]}}\n" + TestGates.CHECKS;
    assertThat(TestGates.faults(TestGates.HEAD + filters))
        .contains(
            "spec.cohorts.canary.prometheus: Prometheus takes no filters: name ${cohort} or"
                + " ${cohort.pods} in the check's query");
    Gate gate =
        TestGates.read(
            TestGates.HEAD
                + TestGates.FILTERS
                + "  checks: [{name: a, prometheus: {query: up}, fail: '> 1'}]\n");
    assertThat(gate.spec().check("a").cohorts()).isEmpty();
  }

  @Test
  void whatIsWrongInASectionIsSaidWhereItStands() {
    assertThat(faults("query: 'x @ 7', reduce: maxx, fresh: {selector: 'sum(up)'}", "fail: '> 1'"))
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactlyInAnyOrder(
            "spec.checks[0].prometheus.query",
            "spec.checks[0].prometheus.reduce",
            "spec.checks[0].prometheus.fresh.selector");
    assertThat(faults("query: up, interval: 5s", "fail: '> 1'")).hasSize(1);
    assertThat(faults("query: up", "fail: '> 1', interval: 5s"))
        .containsExactly("spec.checks[0].interval: must be at least 10s for this source");
  }
}
