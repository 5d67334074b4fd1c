package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.MinimumSamples;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoneycombBudgetTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void nothingWasAsked() {
    assertThat(honeycomb.asked("")).isEmpty();
    honeycomb.close();
  }

  private HoneycombBudget budget() {
    return HoneycombBudget.of(bench.gate(), 3);
  }

  private static String filtered(int value) {
    return "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"a\",\"op\":\"=\","
        + "\"value\":"
        + value
        + "}]}";
  }

  @Test
  void checksOnOneWindowAreOneResultEachTime() {
    bench.split().query("errors", AVG, null, Bench.BOTH);
    bench.query(
        "more", "{\"calculations\":[{\"op\":\"P95\",\"column\":\"ms\"}]}", null, Bench.BOTH);
    assertThat(budget())
        .isEqualTo(new HoneycombBudget(5, 1, Duration.ofMinutes(4), Duration.ZERO, 3));
    assertThat(budget().line())
        .isEqualTo(
            "Honeycomb: about 5 query results over 5 min, at most 1 in a minute; this process takes"
                + " 3 a minute");
  }

  @Test
  void storedSamplesAndNamedCohortsCostTheirOwn() {
    bench.query(
        "named",
        "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"p\",\"op\":\"=\","
            + "\"value\":\"${cohort}\"}]}",
        null,
        Bench.BOTH,
        Optional.of(new MinimumSamples(5, true)));
    assertThat(budget().results()).isEqualTo(20);
    assertThat(budget().peak()).isEqualTo(4);
  }

  @Test
  void theLineMakesTheLastOnesWait() {
    for (int i = 0; i < 6; i++) {
      bench.query("check " + i, filtered(i), null, Set.of());
    }
    HoneycombBudget budget = budget();
    assertThat(budget.results()).isEqualTo(30);
    assertThat(budget.waiting()).isEqualTo(Duration.ofMinutes(5));
    assertThat(budget.line()).endsWith("so some wait up to 5 min");
  }

  @Test
  void slosAndTriggersTakeNone() {
    bench.add(
        "slo",
        new HoneycombSection(null, null, null, new HoneycombSection.Reference("d", "s"), null));
    assertThat(budget().line()).isEqualTo("Honeycomb: no query results");
  }

  @Test
  void oneMeasurementIsOneResult() {
    bench.query("errors", AVG, null, Set.of());
    bench.checks.put("errors", Bench.check("errors", Set.of(), Optional.empty(), 1));
    assertThat(budget().line()).startsWith("Honeycomb: about 1 query result, at most 1");
  }

  /** What the budget promises is what a gate takes. */
  @Test
  void theBudgetIsWhatTheSourceTakes() {
    FakeHoneycomb real = new FakeHoneycomb();
    try (real) {
      Bench gate = new Bench(real).split().query("errors", AVG, null, Bench.BOTH);
      gate.query("some", filtered(1), null, Bench.BOTH, Optional.of(new MinimumSamples(1, true)));
      gate.quota = new HoneycombQuota(100);
      for (int i = 0; i < 5; i++) {
        gate.measure();
        gate.now = Bench.START.plusSeconds(60L * (i + 1));
        gate.window =
            new io.jenkins.plugins.canarygate.check.Window(
                gate.window.from().plusSeconds(60), gate.window.to().plusSeconds(60));
      }
      assertThat(HoneycombBudget.of(gate.gate(), 3).results()).isEqualTo(real.resultsCreated());
    }
  }
}
