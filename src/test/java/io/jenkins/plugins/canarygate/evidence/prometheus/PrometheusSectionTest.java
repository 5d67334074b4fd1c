package io.jenkins.plugins.canarygate.evidence.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.evidence.SourceSection.SectionFault;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusSectionTest {
  private static PrometheusSection query(String text) {
    return new PrometheusSection(text, null, null, null);
  }

  @Test
  @DisplayName("M5: it looks at windows that end 30 s before now, on whole seconds")
  void m5ItLooksAtWindowsThatEndHalfAMinuteAgo() {
    SourceTraits traits = query("rate(x[${window}])").traits();
    assertThat(traits.windowed()).isTrue();
    assertThat(traits.lag()).isEqualTo(Duration.ofSeconds(30));
    assertThat(traits.alignment()).isEqualTo(Duration.ofSeconds(1));
    assertThat(traits.leastInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(traits.criteria()).isTrue();
    assertThat(traits.needsRollout()).isFalse();
    assertThat(traits.leastWindow()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "up, UNNAMED, false",
    "rate(x[${window}]), UNNAMED, false",
    "up{pod=~'${cohort.pods}'}, NAMED, true",
    "up{rs='${cohort}'}, NAMED, true",
    "up{rs='${rollout.canary}'}, UNNAMED, true",
  })
  @DisplayName("M14: a query with ${cohort…} measures the canary")
  void m14WhoIsMeasured(String query, CohortUse cohorts, boolean needsRollout) {
    SourceTraits traits = query(query.replace('\'', '"')).traits();
    assertThat(traits.cohorts()).isEqualTo(cohorts);
    assertThat(traits.needsRollout()).isEqualTo(needsRollout);
  }

  @Test
  @DisplayName("M8, M9: minimumSamples means something where samples counts them")
  void m9SamplesAreCountedWhereAQueryCountsThem() {
    assertThat(query("up").traits().samples()).isFalse();
    assertThat(new PrometheusSection("up", "sum(x)", null, null).traits().samples()).isTrue();
  }

  @Test
  void theLongestRangeOfBothQueriesIsTheLeastWindow() {
    assertThat(
            new PrometheusSection("rate(x[1m])", "sum(increase(x[10m]))", null, null)
                .traits()
                .leastWindow())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void whatIsWrongIsSaidAllAtOnce() {
    assertThat(
            new PrometheusSection(
                    "up @ 17",
                    "# nothing",
                    "summ",
                    new PrometheusSection.Fresh("sum(up)", Duration.ofMillis(5)))
                .faults())
        .extracting(SectionFault::path)
        .containsExactly("query", "samples", "reduce", "fresh.selector", "fresh.maxAge");
    assertThat(query("rate(x[soon])").faults())
        .singleElement()
        .hasToString(
            "SectionFault[path=query, message=the length of the range [soon] is not understood; write"
                + " it as [5m] or [${window}]]");
    assertThat(new PrometheusSection("up", null, "summ", null).faults().get(0).message())
        .contains("did you mean 'sum'?");
  }

  @Test
  void whatIsInOrderHasNoFaults() {
    assertThat(
            new PrometheusSection(
                    "rate(x[5m])",
                    "sum(increase(x[5m]))",
                    "max",
                    new PrometheusSection.Fresh("up", Duration.ofMinutes(1)))
                .faults())
        .isEmpty();
    assertThat(new PrometheusGateSection("main").faults()).isEmpty();
    assertThat(new PrometheusGateSection(" ").faults()).hasSize(1);
  }
}
