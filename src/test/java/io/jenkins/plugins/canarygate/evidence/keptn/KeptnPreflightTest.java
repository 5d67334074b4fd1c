package io.jenkins.plugins.canarygate.evidence.keptn;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Finding;
import io.jenkins.plugins.canarygate.check.Finding.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code plan} says before any traffic shifts. */
class KeptnPreflightTest {
  private final KeptnBench bench = new KeptnBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private List<String> found(Level level) {
    return bench.plan().stream()
        .filter(finding -> finding.level() == level)
        .map(finding -> finding.subject() + ": " + finding.message())
        .toList();
  }

  @Test
  void whatIsInOrderIsToldWithTheDataSourceBehindEachObjective() {
    bench.recent(Duration.ofMinutes(1));

    assertThat(found(Level.ERROR)).isEmpty();
    assertThat(found(Level.WARNING)).isEmpty();
    assertThat(found(Level.OK))
        .contains(
            "keptn: metrics.keptn.sh: served, v1 is used",
            "right: create analyses.metrics.keptn.sh in shop: granted, to create the Analysis",
            "keptn: check 'objectives': AnalysisDefinition shop/checkout has 2 objectives; pass from"
                + " 90 %, warn from 60 %",
            "keptn: check 'objectives': errors comes from Prometheus (shop/prometheus), fail > 0.05,"
                + " warn > 0.01");
    assertThat(bench.cluster.writes()).isEmpty();
  }

  @Test
  void aQueryWhoseValueIsOfTheBeginOfTheWindowIsWarnedAbout() {
    assertThat(found(Level.WARNING))
        .singleElement()
        .asString()
        .contains("errors: Keptn takes the query's value at the beginning of the window alone")
        .contains("@ end()");
  }

  @Test
  void eachDataSourceHasItsQuirk() {
    for (String type : List.of("datadog", "dynatrace", "dql", "elastic")) {
      bench.keptn.delete("keptnmetricsproviders", "prometheus").provider("prometheus", type);
      assertThat(found(Level.WARNING)).as(type).isNotEmpty().allMatch(m -> m.contains("Keptn "));
    }
    assertThat(found(Level.ERROR))
        .anyMatch(message -> message.contains("needs the argument metricPath"));
  }

  @Test
  void allThatADefinitionLacksIsToldAtOnce() {
    bench.section = KeptnBench.analysis(Map.of());
    bench.keptn.delete("analysisvaluetemplates", "latency");

    assertThat(found(Level.ERROR))
        .containsExactly(
            "keptn: check 'objectives': there is no AnalysisValueTemplate shop/latency",
            "keptn: check 'objectives': the query of errors needs workload, which analysis.args does"
                + " not give: Keptn would ask for <no value>");
  }

  @Test
  void aMissingProviderIsTold() {
    bench.keptn.delete("keptnmetricsproviders", "prometheus");

    assertThat(found(Level.ERROR))
        .contains(
            "keptn: check 'objectives': there is no KeptnMetricsProvider shop/prometheus, which"
                + " errors asks");
  }

  @Test
  void aDefinitionThatAlwaysPassesIsTold() {
    bench.keptn.delete("analysisdefinitions", "checkout");
    bench.keptn.definition("checkout", 0, 0, objective("errors", "1", "1") + ",'weight':0");

    assertThat(found(Level.ERROR))
        .anyMatch(message -> message.contains("it passes whatever the values are"))
        .anyMatch(message -> message.contains("nothing would be judged"));
  }

  @Test
  void missingRightsComeWithTheRoleThatGrantsThem() {
    bench.cluster.rights().none().grant("metrics.keptn.sh", Set.of("analyses"), Set.of("get"));

    List<Finding> missing =
        bench.plan().stream()
            .filter(f -> f.level() == Level.ERROR && f.subject().startsWith("right:"))
            .toList();

    assertThat(missing).hasSize(6);
    assertThat(missing.get(5).remedy().orElseThrow())
        .contains("metadata: {name: canary-gate, namespace: shop}")
        .contains(
            "- {apiGroups: [\"metrics.keptn.sh\"], resources: [\"analyses\"], verbs: [\"create\","
                + " \"delete\", \"list\"]}");
  }

  @Test
  void aMetricIsToldAsItIsNow() {
    bench.answers().value("p95", "0.25");
    bench.keptn.metric("p95", "prometheus", "p95", 60);
    bench.clock.advance(Duration.ofSeconds(20));
    bench.metric("p95");

    assertThat(found(Level.OK))
        .contains(
            "keptn: check 'objectives': KeptnMetric shop/p95 is 0.25, fetched from Prometheus 20s"
                + " ago");
    bench.answers().failure("p95", "no values in query result");
    bench.clock.advance(Duration.ofSeconds(50));
    bench.cluster.tick();
    assertThat(found(Level.ERROR))
        .containsExactly(
            "keptn: check 'objectives': KeptnMetric shop/p95: the operator could not fetch it: no"
                + " values in query result");
  }

  @Test
  void aMetricThatIsFetchedTooRarelyIsWarnedAbout() {
    bench.answers().value("p95", "0.25");
    bench.keptn.metric("p95", "prometheus", "p95", 300);
    bench.count = 3;
    bench.metric("p95");

    assertThat(found(Level.WARNING))
        .anyMatch(m -> m.contains("fetched every 5m, but may be no older than maxAge 2m"))
        .anyMatch(m -> m.contains("3 measurements take at least 10m"));
  }

  @Test
  void anAnalysisThatExistsIsOneMeasurement() {
    bench.count = 2;
    bench.existing("nightly");

    assertThat(found(Level.ERROR))
        .containsExactly(
            "keptn: check 'objectives': an Analysis that exists is one measurement, so there are"
                + " never 2");
    assertThat(found(Level.WARNING)).anyMatch(m -> m.contains("there is no Analysis shop/nightly"));
  }

  @Test
  void aClusterWithoutKeptnIsTold() {
    bench.version("v1alpha1");

    assertThat(found(Level.ERROR))
        .singleElement()
        .asString()
        .startsWith(
            "keptn: metrics.keptn.sh: the cluster serves metrics.keptn.sh, but none of its versions");
  }
}
