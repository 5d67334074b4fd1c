package io.jenkins.plugins.canarygate.evidence.keptn;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Analysis;
import io.jenkins.plugins.canarygate.evidence.keptn.KeptnSection.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeptnSectionTest {
  private static List<String> faults(KeptnSection section) {
    return section.faults().stream().map(f -> f.path() + ": " + f.message()).toList();
  }

  private static KeptnSection analysis(Analysis asked) {
    return new KeptnSection(null, asked, null, null, null, null);
  }

  @Test
  void itIsAMetricOrAnAnalysis() {
    assertThat(faults(new KeptnSection(null, null, null, null, null, null)))
        .containsExactly(": needs exactly one of metric and analysis");
    assertThat(faults(analysis(new Analysis("shop", null, null, null, null, null))))
        .singleElement()
        .asString()
        .startsWith("analysis: needs exactly one of definition");
  }

  @Test
  @DisplayName("M9: what a metric has no use for is misuse, all at once")
  void aMetricCreatesNothing() {
    KeptnSection section =
        new KeptnSection(
            new Metric("Shop", "p 95"), null, Duration.ZERO, Duration.ofMinutes(1), true, null);

    assertThat(faults(section))
        .containsExactlyInAnyOrder(
            "maxAge: must be from 1s to 24h",
            "metric.namespace: is no name of a namespace: lower case letters, digits and '-', at"
                + " most 63",
            "metric.name: is no name of an object: lower case letters, digits, '-' and '.', at most"
                + " 253",
            "timeout: a metric is read at once: leave it out",
            "keep: a metric is not created: leave it out");
  }

  @Test
  @DisplayName("M9: what is settled in an Analysis that exists is misuse")
  void anAnalysisThatExistsIsSettled() {
    Analysis asked =
        new Analysis("shop", "nightly", null, "other", Duration.ofMinutes(5), Map.of("a", "b"));

    assertThat(faults(new KeptnSection(null, asked, null, null, true, null)))
        .extracting(fault -> fault.split(":")[0])
        .containsExactly(
            "analysis.definitionNamespace", "analysis.recent", "analysis.args", "keep");
  }

  @Test
  void aNamespaceMustBeKnownBeforehand() {
    assertThat(faults(analysis(new Analysis("${rollout.canary}", null, "d", null, null, null))))
        .singleElement()
        .asString()
        .startsWith("analysis.namespace: must be known beforehand");
  }

  @Test
  @DisplayName("M5: without recent the check's own window is looked at, a minute late")
  void anAnalysisHasTheChecksWindowUnlessItLooksBack() {
    KeptnSection windowed = analysis(new Analysis("shop", null, "d", null, null, null));
    assertThat(windowed.traits().windowed()).isTrue();
    assertThat(windowed.traits().lag()).isEqualTo(Duration.ofMinutes(1));
    assertThat(windowed.traits().criteria()).isFalse();
    assertThat(windowed.traits().needsRollout()).isFalse();

    Analysis recent = new Analysis("shop", null, "d", null, Duration.ofMinutes(5), null);
    assertThat(analysis(recent).traits().windowed()).isFalse();
  }

  @Test
  @DisplayName("M13, M14: a check that names a cohort measures the canary")
  void argumentsCanNameACohort() {
    Map<String, String> args = Map.of("pods", "${cohort.pods}");
    KeptnSection section = analysis(new Analysis("shop", null, "d", null, null, args));
    assertThat(section.traits().cohorts()).isEqualTo(CohortUse.NAMED);
    assertThat(section.traits().needsRollout()).isTrue();

    args = Map.of("hash", "${rollout.canary}");
    section = analysis(new Analysis("shop", null, "d", null, null, args));
    assertThat(section.traits().cohorts()).isEqualTo(CohortUse.NONE);
    assertThat(section.traits().needsRollout()).isTrue();
  }

  @Test
  void itTellsTheNamespacesThatItReachesInto() {
    assertThat(analysis(new Analysis("shop", null, "d", "team", null, null)).namespaces())
        .containsExactlyInAnyOrder("shop", "team");
  }

  @Test
  void goTemplatesTellTheArgumentsTheyUse() {
    assertThat(
            GoTemplate.arguments(
                "sum(rate(x{pod=~\"{{.pods}}\",v=\"{{ .version }}\"}[{{- .span -}}]))"
                    + "{{/* .comment */}}{{ printf \".quoted\" }}{{if .a}}{{index . \"b\"}}{{end}}"))
        .containsExactly("pods", "version", "span", "a");
  }

  @Test
  void quantitiesAreShownAsNumbers() {
    assertThat(Quantity.text("500m")).isEqualTo("0.5");
    assertThat(Quantity.text("50m")).isEqualTo("0.05");
    assertThat(Quantity.text("1500")).isEqualTo("1,500");
    assertThat(Quantity.text("2Ki")).isEqualTo("2,048");
    assertThat(Quantity.text("1e3")).isEqualTo("1,000");
    assertThat(Quantity.text("2E")).isEqualTo("2e18");
    assertThat(Quantity.text("many")).isEqualTo("many");
  }
}
