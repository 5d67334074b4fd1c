package io.jenkins.plugins.canarygate.gatefile;

import static io.jenkins.plugins.canarygate.gatefile.TestGates.CHECKS;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.FILTERS;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.HEAD;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.QUERY;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.checkFile;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.faults;
import static io.jenkins.plugins.canarygate.gatefile.TestGates.withCheck;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Check;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Schedule;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckRulesTest {
  private static final String SLO = "honeycomb: {slo: {dataset: d, id: x}}";
  private static final String ARGO = "argo: {analysisRuns: required}";

  @ParameterizedTest
  @DisplayName("M1 the forms of a criterion")
  @CsvSource(
      delimiter = '|',
      value = {
        "fail: '> 1%'| > 1%",
        "fail: {value: '> 1%'}| > 1%",
        "fail: ['> 1%', '< -5']| > 1% or < -5",
        "fail: '>= 0, < 5'| >= 0, < 5",
        "fail: 'in [1, 2]'| in [1, 2]",
        "fail: [{value: '> 1', ratio: '> 2'}, {difference: '!= 3'}]"
            + "| value > 1 and ratio > 2 or difference != 3",
      })
  void m1CriteriaAreTextsMapsAndLists(String written, String read) {
    Gate gate =
        TestGates.read(HEAD + FILTERS + "  checks: [{name: a, " + QUERY + ", " + written + "}]");
    assertThat(gate.spec().checks().get(0).criteria()).hasToString("fail " + read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fail: 5| spec.checks[0].fail: must be a criterion in quotes",
        "fail: 'in [2, 1]'| spec.checks[0].fail: must be a criterion in quotes",
        "fail: ['> 1', '1']| spec.checks[0].fail[1]: must be a criterion in quotes",
        "fail: []| spec.checks[0].fail: has no entry",
        "fail: {}| spec.checks[0].fail: says nothing",
        "fail: ['> 1', {}]| spec.checks[0].fail[1]: says nothing",
        "fail: {valu: '> 1'}| spec.checks[0].fail.valu: unknown field; did you mean 'value'?",
        "fail: {ratio: x}| spec.checks[0].fail.ratio: must be a criterion in quotes",
      })
  void m1WhatIsNoCriterionIsRefused(String field, String fault) {
    assertThat(faults(checkFile(QUERY + ", " + field))).anyMatch(f -> f.startsWith(fault));
  }

  @Test
  void m2PassStandsInPlaceOfFail() {
    assertThat(faults(checkFile(QUERY + ", fail: '> 1', pass: '< 1'")))
        .containsExactly(
            "spec.checks[0].pass: stands beside fail: give one of them; what is not pass is fail");
    assertThat(withCheck(QUERY + ", pass: '< 1', warn: '> 0.5'").spec().checks().get(0).criteria())
        .hasToString("warn > 0.5, pass < 1");
  }

  @Test
  void m4TheScheduleHasItsDefaults() {
    assertThat(withCheck(QUERY + ", fail: '> 1'").spec().checks().get(0).schedule())
        .isEqualTo(new Schedule(Duration.ZERO, Duration.ofMinutes(1), 1, 0, 0, 4));
  }

  @Test
  void m4DefaultsApplyUnlessTheCheckSaysOtherwise() {
    Gate gate =
        TestGates.read(
            HEAD
                + "  defaults: {window: 10m, initialDelay: 30s, interval: 2m, count: 3,"
                + " failureLimit: 1, inconclusiveLimit: 2, consecutiveErrorLimit: 0,"
                + " minimumSamples: 10}\n"
                + "  checks:\n"
                + "    - {name: a, fail: '> 1', "
                + QUERY
                + "}\n"
                + "    - {name: b, fail: '> 1', "
                + QUERY
                + ", window: 2m, count: 2,"
                + " minimumSamples: 0, failureLimit: 0}\n"
                + "    - {name: c, "
                + ARGO
                + "}\n");
    Check a = gate.spec().check("a");
    assertThat(a.schedule())
        .isEqualTo(new Schedule(Duration.ofSeconds(30), Duration.ofMinutes(2), 3, 1, 2, 0));
    assertThat(a.window().orElseThrow().length()).isEqualTo(Duration.ofMinutes(10));
    assertThat(a.minimumSamples()).contains(new MinimumSamples(10, false));
    Check b = gate.spec().check("b");
    assertThat(b.schedule())
        .isEqualTo(new Schedule(Duration.ofSeconds(30), Duration.ofMinutes(2), 2, 0, 2, 0));
    assertThat(b.window().orElseThrow().length()).isEqualTo(Duration.ofMinutes(2));
    assertThat(b.minimumSamples()).isEmpty();
    // M9: what a source has no use for does not reach it from the defaults.
    assertThat(gate.spec().check("c").window()).isEmpty();
    assertThat(gate.spec().check("c").minimumSamples()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count: 0| count: must be at least 1",
        "count: 1.5| count: must be a whole number from 0 on",
        "failureLimit: -1| failureLimit: must be a whole number from 0 on",
        "weight: -0.5| weight: must be a number from 0 on",
        "minimumSamples: lots| minimumSamples: must be a whole number from 0 on",
        "minimumSamples: {stored: x}| minimumSamples.stored: must be a whole number from 0 on",
        "minimumSamples: {}| minimumSamples.stored: is missing",
        "initialDelay: -5s| initialDelay: must be a length of time",
        "window: 90s| window: must be a multiple of 1m",
        "window: 30s| window: must be a multiple of 1m",
        "window: 0s| window: must be a multiple of 1m",
        "window: 7h| window: must be at most 6h",
        "interval: 59s| interval: must be at least 1m for this source",
        "name: b| name: given twice",
      })
  void m4m5m7NumbersAndTimesHaveTheirBounds(String field, String fault) {
    assertThat(faults(checkFile(QUERY + ", fail: '> 1', " + field)))
        .singleElement()
        .asString()
        .startsWith("spec.checks[0]." + fault);
  }

  @Test
  void m7AnIntervalThatIsTooShortIsNamedWhereItStands() {
    assertThat(faults(HEAD + "  defaults: {interval: 30s}\n" + CHECKS))
        .containsExactly("spec.defaults.interval: must be at least 1m for this source");
    assertThat(faults(checkFile(SLO + ", interval: 30s")))
        .containsExactly("spec.checks[0].interval: must be at least 1m for this source");
    assertThat(withCheck(ARGO + ", interval: 10s").spec().checks().get(0).schedule().interval())
        .isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @DisplayName("M9 a field that the source has no use for")
  @CsvSource(
      delimiter = '|',
      value = {
        "window: 5m| window: this source has no window of telemetry: leave it out",
        "minimumSamples: 5| minimumSamples: this source counts no samples: leave it out",
        "fail: '> 1'| fail: what the check asks is judged by its source itself: leave it out",
        "pass: '> 1'| pass: what the check asks is judged by its source itself: leave it out",
      })
  void m9UselessFieldsAreMisuseInTheCheckItself(String field, String fault) {
    assertThat(faults(checkFile(SLO + ", " + field))).containsExactly("spec.checks[0]." + fault);
    assertThat(faults(checkFile(ARGO + ", " + field))).containsExactly("spec.checks[0]." + fault);
    String trigger = "honeycomb: {trigger: {dataset: d, id: x}}";
    assertThat(faults(checkFile(trigger + ", " + field))).hasSize(1);
  }

  @Test
  void m9WhatNeedsACriterionAsksForOne() {
    assertThat(faults(checkFile(QUERY)))
        .containsExactly("spec.checks[0]: needs a criterion: fail, warn or pass");
    assertThat(faults(checkFile("honeycomb: {slo: {dataset: d, id: x}, result: burn_rate}")))
        .containsExactly("spec.checks[0]: needs a criterion: fail, warn or pass");
    // A criterion that is wrong is not missing as well.
    assertThat(faults(checkFile(QUERY + ", fail: 5"))).hasSize(1);
  }

  @Test
  void m14ACheckMeasuresTheCohortsThatItsSourceCanTellApart() {
    String both = HEAD + FILTERS;
    assertThat(cohorts(both + CHECKS)).containsExactly(Cohort.CANARY);
    assertThat(cohorts(both + CHECKS.replace("'> 1%'", "{ratio: '> 2'}")))
        .containsExactlyInAnyOrder(Cohort.CANARY, Cohort.STABLE);
    assertThat(cohorts(HEAD + CHECKS)).isEmpty();
    assertThat(cohorts(both + "  checks: [{name: a, " + SLO + "}]")).isEmpty();
    assertThat(cohorts(HEAD + named("'> 1%'"))).containsExactly(Cohort.CANARY);
    assertThat(cohorts(HEAD + named("{difference: '> 1'}")))
        .containsExactlyInAnyOrder(Cohort.CANARY, Cohort.STABLE);
  }

  @Test
  void m14RatioAndDifferenceNeedBothCohorts() {
    String compare = CHECKS.replace("'> 1%'", "['> 1', {ratio: '> 2'}]");
    String why = "needs spec.cohorts.canary.honeycomb and spec.cohorts.stable.honeycomb";
    assertThat(faults(HEAD + compare)).containsExactly("spec.checks[0].fail[1].ratio: " + why);
    String canaryOnly = FILTERS.substring(0, FILTERS.indexOf("    stable"));
    assertThat(faults(HEAD + canaryOnly + compare))
        .containsExactly("spec.checks[0].fail[1].ratio: " + why);
    assertThat(
            faults(
                checkFile(
                    "honeycomb: {slo: {dataset: d, id: x}, result: compliance},"
                        + " warn: {difference: '< 1'}")))
        .containsExactly(
            "spec.checks[0].warn.difference: this source cannot tell the canary from the stable"
                + " revision");
  }

  @Test
  void m14CohortsAreToldApartByWholeFilters() {
    assertThat(faults(HEAD + "  cohorts: {canary: {}, stable: {honeycomb: []}}\n" + CHECKS))
        .containsExactly(
            "spec.cohorts.canary: needs the filters of a source: honeycomb",
            "spec.cohorts.stable.honeycomb: needs at least one filter",
            "spec.cohorts.stable.honeycomb: says what is stable, but nothing says what is the"
                + " canary");
    assertThat(
            faults(
                HEAD
                    + "  cohorts: {canary: {honeycomb: [{column: a, op: '=='}, {op: '='},"
                    + " {column: b, op: exists, value: x}, {column: c, op: '='}]}}\n"
                    + CHECKS))
        .containsExactly(
            "spec.cohorts.canary.honeycomb[0].op: Honeycomb has no such operator; did you mean"
                + " '='?",
            "spec.cohorts.canary.honeycomb[1].column: is missing",
            "spec.cohorts.canary.honeycomb[2].op: exists takes no value",
            "spec.cohorts.canary.honeycomb[3].op: = needs a value");
  }

  @Test
  @DisplayName("S1, C1: what needs the rollout to be measured")
  void aGateKnowsWhetherItsChecksNeedTheRollout() {
    assertThat(TestGates.read(HEAD + CHECKS).spec().needsRollout()).isFalse();
    assertThat(TestGates.read(HEAD + FILTERS + CHECKS).spec().needsRollout()).isTrue();
    assertThat(TestGates.read(HEAD + named("'> 1'")).spec().needsRollout()).isTrue();
    assertThat(withCheck(ARGO).spec().needsRollout()).isTrue();
    assertThat(withCheck(SLO).spec().needsRollout()).isFalse();
    String sloBesideFilters = HEAD + FILTERS + "  checks: [{name: a, " + SLO + "}]";
    assertThat(TestGates.read(sloBesideFilters).spec().needsRollout()).isFalse();
  }

  @ParameterizedTest
  @DisplayName("D3 a gate without a check that counts")
  @ValueSource(strings = {"[]", "[{name: a, argo: {analysisRuns: required}, dryRun: true}]"})
  void d3AGateNeedsACheckThatCounts(String checks) {
    assertThat(faults(HEAD + "  checks: " + checks))
        .singleElement()
        .asString()
        .startsWith("spec.checks: ");
  }

  @Test
  void namesAreUniqueAndOneLine() {
    assertThat(
            faults(HEAD + "  checks: [{name: ' ', " + ARGO + "}, {name: \"a\\nb\", " + ARGO + "}]"))
        .containsExactly(
            "spec.checks[0].name: must not be blank",
            "spec.checks[1].name: must be one line of at most 100 characters");
  }

  @Test
  void aCheckThatCannotEndInTimeIsNamed() {
    assertThat(faults(checkFile(ARGO + ", count: 46")))
        .containsExactly(
            "spec.checks[0]: cannot end in time: it takes 45m at least, and timeouts.total is 45m");
    assertThat(faults(checkFile(ARGO + ", count: 45"))).isEmpty();
    assertThat(faults(checkFile(ARGO + ", count: 999999999, interval: 999999h"))).hasSize(1);
    assertThat(faults(checkFile(ARGO + ", initialDelay: 1h") + "  timeouts: {total: 2h}\n"))
        .isEmpty();
  }

  private static java.util.Set<Cohort> cohorts(String yaml) {
    return TestGates.read(yaml).spec().checks().get(0).cohorts();
  }

  private static String named(String criterion) {
    return "  checks: [{name: a, fail: "
        + criterion
        + ", honeycomb: {dataset: d, query: {calculations: [{op: COUNT}],"
        + " filters: [{column: v, op: '=', value: \"x-${cohort}\"}]}}}]\n";
  }
}
