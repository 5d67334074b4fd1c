package io.jenkins.plugins.canarygate.jenkins.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a form says of its fields while they are filled in. */
class FormsOfSymbolsTest {
  private static final CheckSymbolDescriptor QUERY = new HoneycombQuery.DescriptorImpl();

  private static java.util.Optional<String> fail(String value) {
    return QUERY.fault(value, check -> check.setFail(value), "fail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"> 1%", "in [1, 2]", "[{ratio: '> 1.5', value: '> 0.2%'}]", "", "> ${limit}"})
  void aCriterionThatCanBeReadIsRight(String value) {
    assertThat(fail(value).filter(fault -> !fault.contains("cohort"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1%", "> many", "[{ratoi: '> 1.5'}]", "[{value: '> 1'}"})
  void oneThatCannotIsNot(String value) {
    assertThat(fail(value)).isPresent();
  }

  @Test
  void theNearestWordIsNamed() {
    assertThat(fail("[{ratoi: '> 1.5'}]").orElse("")).contains("ratio");
  }

  @ParameterizedTest
  @CsvSource({"5m, true", "90s, false", "five, false", "'', true"})
  void aWindowIsWholeMinutes(String value, boolean right) {
    assertThat(QUERY.fault(value, check -> check.setWindow(value), "window").isEmpty())
        .isEqualTo(right);
  }

  @Test
  void eachKindOfCheckHasASampleInWhichNothingIsWrong() {
    Consumer<CheckSymbol> asItIs = check -> {};
    for (CheckSymbolDescriptor kind :
        new CheckSymbolDescriptor[] {
          QUERY,
          new HoneycombSlo.DescriptorImpl(),
          new HoneycombTrigger.DescriptorImpl(),
          new ArgoAnalysisRuns.DescriptorImpl(),
          new KeptnMetric.DescriptorImpl(),
          new KeptnAnalysis.DescriptorImpl(),
          new PrometheusQuery.DescriptorImpl()
        }) {
      assertThat(
              kind.fault(
                  "", asItIs, "name", "fail", "window", "honeycomb", "argo", "keptn", "prometheus"))
          .as(kind.getClass().getName())
          .isEmpty();
    }
  }

  @Test
  void aTriggerTakesNoCriteria() {
    assertThat(
            new HoneycombTrigger.DescriptorImpl()
                .fault("> 1", check -> check.setFail("> 1"), "fail"))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{calculations: [{op: MEDIAN}]}", "{calculations", "[]"})
  void aQueryThatHoneycombWouldRefuseIsWrong(String query) {
    assertThat(HoneycombQuery.DescriptorImpl.query(query)).isPresent();
  }

  @Test
  void aQueryThatHoneycombTakesIsRight() {
    assertThat(HoneycombQuery.DescriptorImpl.query("{\"calculations\": [{\"op\": \"COUNT\"}]}"))
        .isEmpty();
    assertThat(HoneycombQuery.DescriptorImpl.dataset("checkout")).isEmpty();
    assertThat(HoneycombQuery.DescriptorImpl.dataset("")).isPresent();
    assertThat(HoneycombQuery.DescriptorImpl.dataset("a/b")).isPresent();
  }

  @Test
  void theResultMustBeOneOfTheQuerys() {
    String two = "{calculations: [{op: COUNT}, {op: AVG, column: error}]}";

    assertThat(HoneycombQuery.DescriptorImpl.result("AVG(error)", two)).isEmpty();
    assertThat(HoneycombQuery.DescriptorImpl.result("", two)).isPresent();
    assertThat(HoneycombQuery.DescriptorImpl.result("AVG(errors)", two).orElse(""))
        .contains("AVG(error)");
    assertThat(HoneycombQuery.DescriptorImpl.result("", "{calculations: [{op: COUNT}]}")).isEmpty();
    assertThat(HoneycombQuery.DescriptorImpl.result("x", "{")).isEmpty();
  }

  @Test
  void anSloAndATriggerNeedTheirId() {
    assertThat(HoneycombSlo.DescriptorImpl.reference("orders", "", "id")).isPresent();
    assertThat(HoneycombTrigger.DescriptorImpl.reference("orders", "a/b", "id")).isPresent();
    assertThat(HoneycombTrigger.DescriptorImpl.reference("orders", "a", "id")).isEmpty();
  }

  @Test
  void aKeptnMetricNeedsANamespaceAndANameThatObjectsCanHave() {
    assertThat(KeptnMetric.DescriptorImpl.metric("shop", "p95", "name")).isEmpty();
    assertThat(KeptnMetric.DescriptorImpl.metric("shop", "", "name")).isPresent();
    assertThat(KeptnMetric.DescriptorImpl.metric("shop", "P95", "name")).isPresent();
    assertThat(KeptnMetric.DescriptorImpl.metric("Shop", "p95", "namespace")).isPresent();
    assertThat(KeptnMetric.DescriptorImpl.metric("shop", "p95-${cohort}", "name")).isEmpty();
    assertThat(KeptnMetric.DescriptorImpl.maxAge("2m")).isEmpty();
    assertThat(KeptnMetric.DescriptorImpl.maxAge("soon")).isPresent();
  }

  @Test
  void aKeptnAnalysisIsCreatedOrExists() {
    assertThat(KeptnAnalysis.DescriptorImpl.which("checkout", "")).isEmpty();
    assertThat(KeptnAnalysis.DescriptorImpl.which("", "nightly")).isEmpty();
    assertThat(KeptnAnalysis.DescriptorImpl.which("", "")).isPresent();
    assertThat(KeptnAnalysis.DescriptorImpl.which("checkout", "nightly")).isPresent();
    assertThat(KeptnAnalysis.DescriptorImpl.which("Check out", "")).isPresent();
    assertThat(KeptnAnalysis.DescriptorImpl.namespace("")).isPresent();
    assertThat(KeptnAnalysis.DescriptorImpl.namespace("shop")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{workload: checkout} | true",
        "workload=checkout    | false",
        "{workload: checkout  | false",
        "''                   | true"
      })
  void argumentsOfAnAnalysisAreAMap(String value, boolean right) {
    assertThat(
            new KeptnAnalysis.DescriptorImpl()
                .created(value, check -> check.setArgs(value), "keptn.analysis.args")
                .isEmpty())
        .isEqualTo(right);
  }

  @Test
  void anExpressionOfPrometheusMustBeOne() {
    assertThat(PrometheusQuery.DescriptorImpl.query("sum(up)")).isEmpty();
    assertThat(PrometheusQuery.DescriptorImpl.query("")).isPresent();
    assertThat(PrometheusQuery.DescriptorImpl.query("up @ 1700000000")).isPresent();
    assertThat(PrometheusQuery.DescriptorImpl.fresh("{selector: up, maxAge: 1m}")).isEmpty();
    assertThat(PrometheusQuery.DescriptorImpl.fresh("{selector: 'rate(up[5m])'}")).isPresent();
  }

  @Test
  void aRolloutNeedsAnImageOrAnyRevisionAndNotBoth() {
    assertThat(RolloutSymbol.RolloutDescriptor.which("image:1", "")).isEmpty();
    assertThat(RolloutSymbol.RolloutDescriptor.which("", "any")).isEmpty();
    assertThat(RolloutSymbol.RolloutDescriptor.which("", "")).isPresent();
    assertThat(RolloutSymbol.RolloutDescriptor.which("image:1", "any")).isPresent();
    assertThat(RolloutSymbol.RolloutDescriptor.needed("")).isPresent();
  }
}
