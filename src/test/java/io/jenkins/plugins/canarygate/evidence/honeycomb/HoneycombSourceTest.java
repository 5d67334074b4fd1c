package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.check.MinimumSamples;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.check.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoneycombSourceTest {
  private static final String AVG = "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}]}";
  private final FakeHoneycomb honeycomb = new FakeHoneycomb();
  private final Bench bench = new Bench(honeycomb);

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private static Map<String, Object> of(Object version, Object value, Object count) {
    return Map.of("version", version, "AVG(error)", value, "COUNT", count);
  }

  @Test
  void withoutCohortsTheValueIsAboutTheWhole() {
    bench.query("errors", AVG, null, Set.of());
    honeycomb.row(Map.of("AVG(error)", 0.25, "COUNT", 400));
    Reading.Answer answer = bench.answer("errors");
    assertThat(answer.values()).isEqualTo(Values.of(0.25));
    assertThat(answer.canarySamples()).isEqualTo(OptionalLong.of(400));
    assertThat(answer.link()).contains("https://ui.honeycomb.io/team/result/r1");
    assertThat(honeycomb.lastQuery().has("breakdowns")).isFalse();
    assertThat(honeycomb.lastQuery().has("filters")).isFalse();
  }

  @Test
  @DisplayName("M5: the window is given as whole minutes of epoch seconds")
  void theWindowIsGivenAsWholeMinutes() {
    bench.query("errors", AVG, null, Set.of());
    bench.window =
        new io.jenkins.plugins.canarygate.check.Window(
            bench.window.from().plusSeconds(20), bench.window.to().plusSeconds(59));
    bench.answer("errors");
    JsonNode query = honeycomb.lastQuery();
    assertThat(query.path("start_time").asLong()).isEqualTo(Bench.START.getEpochSecond() - 360);
    assertThat(query.path("end_time").asLong()).isEqualTo(Bench.START.getEpochSecond() - 60);
    assertThat(query.has("time_range")).isFalse();
  }

  @Test
  void bothCohortsOfOneColumnAreABreakdownOnItWithAFilter() {
    bench.split().query("errors", AVG, null, Bench.BOTH);
    honeycomb.rows(q -> List.of(of("5b6c", 0.02, 900), of("7c9d", 0.5, 300)));
    Reading.Answer answer = bench.answer("errors");
    assertThat(answer.values()).isEqualTo(Values.of(0.5, 0.02));
    assertThat(answer.canarySamples()).isEqualTo(OptionalLong.of(300));
    assertThat(answer.stableSamples()).isEqualTo(OptionalLong.of(900));
    assertThat(honeycomb.lastQuery().path("breakdowns")).hasToString("[\"version\"]");
    assertThat(honeycomb.lastQuery().path("filters"))
        .hasToString("[{\"column\":\"version\",\"op\":\"in\",\"value\":[\"7c9d\",\"5b6c\"]}]");
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  void aQueryWhoseFiltersAreAnyOfKeepsThemAndGetsACalculatedField() {
    String or =
        "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}],\"filter_combination\":\"OR\","
            + "\"filters\":[{\"column\":\"a\",\"op\":\"exists\"},{\"column\":\"b\",\"op\":\"exists\"}]}";
    bench.split().query("errors", or, null, Bench.BOTH);
    honeycomb.rows(
        q ->
            List.of(
                Map.of("canary_gate_cohort", "stable", "AVG(error)", 1),
                Map.of("AVG(error)", 9),
                Map.of("canary_gate_cohort", "canary", "AVG(error)", 2)));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(2, 1));
    JsonNode query = honeycomb.lastQuery();
    assertThat(query.path("filters")).hasSize(2);
    assertThat(query.path("filter_combination").asText()).isEqualTo("OR");
    assertThat(query.path("calculated_fields").get(0).path("expression").asText())
        .isEqualTo(
            "IF(EQUALS($version, \"7c9d\"), \"canary\", EQUALS($version, \"5b6c\"), \"stable\")");
  }

  @Test
  void cohortsOfDifferentColumnsAreACalculatedField() {
    bench.filters.put(
        Cohort.CANARY, List.of(Bench.CANARY, new CohortFilter("track", "=", "canary")));
    bench.filters.put(Cohort.STABLE, List.of(Bench.STABLE));
    bench.query("errors", AVG, null, Bench.BOTH);
    honeycomb.rows(q -> List.of(Map.of("canary_gate_cohort", "canary", "AVG(error)", 2)));
    assertThat(bench.answer("errors").values().stable()).isEmpty();
    assertThat(honeycomb.lastQuery().path("calculated_fields").get(0).path("expression").asText())
        .startsWith("IF(AND(EQUALS($version, \"7c9d\"), EQUALS($track, \"canary\")), \"canary\",");
  }

  @Test
  void theCanaryAloneIsAFilter() {
    bench.split().query("errors", AVG, null, Set.of(Cohort.CANARY));
    honeycomb.row(Map.of("AVG(error)", 0.5, "COUNT", 3));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(0.5));
    assertThat(honeycomb.lastQuery().path("filters"))
        .hasToString("[{\"column\":\"version\",\"op\":\"=\",\"value\":\"7c9d\"}]");
    assertThat(honeycomb.lastQuery().has("breakdowns")).isFalse();
  }

  @Test
  void theCanaryAloneBesideACheckThatComparesSharesItsQuery() {
    bench.split().query("alone", AVG, null, Set.of(Cohort.CANARY));
    bench.query("compares", AVG, null, Bench.BOTH);
    honeycomb.rows(q -> List.of(of("5b6c", 0.02, 900), of("7c9d", 0.5, 300)));
    Map<String, Reading> readings = bench.measure();
    assertThat(((Reading.Answer) readings.get("alone")).values()).isEqualTo(Values.of(0.5));
    assertThat(((Reading.Answer) readings.get("compares")).values())
        .isEqualTo(Values.of(0.5, 0.02));
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  @DisplayName("M14: ${cohort} in the query itself is one query for each cohort")
  void aQueryThatNamesTheCohortIsOneForEach() {
    String named =
        "{\"calculations\":[{\"op\":\"AVG\",\"column\":\"error\"}],\"filters\":[{\"column\":\"pod\","
            + "\"op\":\"starts-with\",\"value\":\"checkout-${cohort}-\"}]}";
    bench.query("errors", named, null, Bench.BOTH);
    honeycomb.rows(
        q ->
            List.of(
                Map.of(
                    "AVG(error)",
                    q.path("filters").get(0).path("value").asText().equals("checkout-7c9d-")
                        ? 2
                        : 1)));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.of(2, 1));
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  @DisplayName("M13: placeholders stand in values, $${ is a literal")
  void placeholdersAreFilledAndLiteralsStay() {
    String query =
        "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"a\",\"op\":\"=\","
            + "\"value\":\"${service}-${rollout.canary}-$${cohort}\"}]}";
    bench.query("errors", query, null, Set.of());
    bench.answer("errors");
    assertThat(honeycomb.lastQuery().path("filters").get(0).path("value").asText())
        .isEqualTo("shop-7c9d-${cohort}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void anyNumberOfChecksOnOneWindowIsOneResult(int checks) {
    bench.split();
    for (int i = 0; i < checks; i++) {
      String query = "{\"calculations\":[{\"op\":\"P95\",\"column\":\"c" + i + "\"}]}";
      bench.query("check " + i, query, null, i % 2 == 0 ? Bench.BOTH : Set.of(Cohort.CANARY));
    }
    honeycomb.rows(
        q -> {
          Map<String, Object> row = new java.util.HashMap<>(Map.of("version", "7c9d", "COUNT", 9));
          for (int i = 0; i < checks; i++) {
            row.put("P95(c" + i + ")", i + 0.5);
          }
          return List.of(row);
        });
    Map<String, Reading> readings = bench.measure();
    for (int i = 0; i < checks; i++) {
      Reading.Answer answer = (Reading.Answer) readings.get("check " + i);
      assertThat(answer.values().canary()).hasValue(i + 0.5);
    }
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
    assertThat(honeycomb.queriesCreated()).isEqualTo(1);
    assertThat(honeycomb.lastQuery().path("calculations")).hasSize(checks + 1);
  }

  @Test
  void theSameCalculationOfTwoChecksIsAskedOnce() {
    bench.query("warns", AVG, null, Set.of()).query("fails", AVG, null, Set.of());
    bench.measure();
    assertThat(honeycomb.lastQuery().path("calculations"))
        .hasToString("[{\"op\":\"COUNT\"},{\"op\":\"AVG\",\"column\":\"error\"}]");
  }

  @Test
  void moreCalculationsThanAQueryMayHaveAreTwoQueries() {
    for (int i = 0; i < 120; i++) {
      String query = "{\"calculations\":[{\"op\":\"MAX\",\"column\":\"c" + i + "\"}]}";
      bench.query("check " + i, query, null, Set.of());
    }
    bench.measure();
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
    assertThat(honeycomb.asked("POST /1/queries"))
        .allMatch(asked -> asked.body().path("calculations").size() <= 100);
  }

  @Test
  void otherFiltersAreAnotherQuery() {
    String get =
        "{\"calculations\":[{\"op\":\"COUNT\"}],\"filters\":[{\"column\":\"m\",\"op\":\"=\",\"value\":1}]}";
    bench.query("all", AVG, null, Set.of()).query("some", get, null, Set.of());
    bench.measure();
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void theOrderOfFieldsAndWhatIsSoAnywayKeepNoTwoQueriesApart() {
    bench.query(
        "a",
        "{\"filters\":[{\"column\":\"m\",\"op\":\"=\",\"value\":1}],\"filter_combination\":\"AND\","
            + "\"calculations\":[{\"op\":\"COUNT\"}],\"calculated_fields\":[]}",
        null,
        Set.of());
    bench.query(
        "b",
        "{\"calculations\":[{\"op\":\"COUNT\",\"column\":null}],"
            + "\"filters\":[{\"value\":1,\"op\":\"=\",\"column\":\"m\"}]}",
        null,
        Set.of());
    bench.measure();
    assertThat(honeycomb.resultsCreated()).isEqualTo(1);
  }

  @Test
  @DisplayName("M8: stored samples are counted by a second query in usage mode, shared likewise")
  void storedSamplesAreASecondQuery() {
    Optional<MinimumSamples> stored = Optional.of(new MinimumSamples(50, true));
    bench.split().query("errors", AVG, null, Bench.BOTH, stored);
    bench.query("again", AVG, null, Bench.BOTH, stored);
    honeycomb.rows(
        q ->
            q.path("usage_mode").asBoolean()
                ? List.of(of("7c9d", 0.9, 2), of("5b6c", 0.9, 4))
                : List.of(of("7c9d", 0.5, 200), of("5b6c", 0.1, 400)));
    Map<String, Reading> readings = bench.measure();
    for (Reading reading : readings.values()) {
      Reading.Answer answer = (Reading.Answer) reading;
      assertThat(answer.values()).isEqualTo(Values.of(0.5, 0.1));
      assertThat(answer.canarySamples()).isEqualTo(OptionalLong.of(2));
      assertThat(answer.stableSamples()).isEqualTo(OptionalLong.of(4));
    }
    assertThat(honeycomb.resultsCreated()).isEqualTo(2);
  }

  @Test
  void formulasStayAloneAndTheirSamplesAreCountedBesideThem() {
    String formula =
        "{\"calculations\":[{\"op\":\"COUNT\",\"name\":\"bad\",\"filters\":[{\"column\":\"error\","
            + "\"op\":\"=\",\"value\":true}]},{\"op\":\"COUNT\",\"name\":\"all\"}],"
            + "\"formulas\":[{\"name\":\"share\",\"expression\":\"DIV($bad,$all)\"}]}";
    bench.split();
    bench.query("share", formula, null, Bench.BOTH, Optional.of(new MinimumSamples(10, false)));
    bench.query("errors", AVG, null, Bench.BOTH);
    honeycomb.rows(
        q ->
            q.has("formulas")
                ? List.of(Map.of("canary_gate_cohort", "canary", "share", 0.125))
                : List.of(
                    Map.of("canary_gate_cohort", "canary", "COUNT", 80), of("7c9d", 0.5, 80)));
    Map<String, Reading> readings = bench.measure();
    Reading.Answer share = (Reading.Answer) readings.get("share");
    assertThat(share.values().canary()).hasValue(0.125);
    assertThat(share.canarySamples()).hasValue(80);
    JsonNode sent = honeycomb.asked("POST /1/queries").get(0).body();
    assertThat(sent.path("calculations")).hasSize(2);
    assertThat(sent.path("calculations").get(0).path("filters")).hasSize(1);
    assertThat(sent.has("filters")).as("its filters are left alone").isFalse();
  }

  @Test
  @DisplayName("C1: where stable is the canary a check that names a cohort is inconclusive")
  void oneRevisionIsNothingToCompare() {
    bench.cohorts.put(Cohort.STABLE, new CohortNames("7c9d", "x"));
    bench.split().query("errors", AVG, null, Bench.BOTH).query("whole", AVG, null, Set.of());
    honeycomb.row(Map.of("AVG(error)", 0.25));
    assertThat(bench.answer("errors").values()).isEqualTo(Values.none());
    assertThat(bench.answer("errors").detail()).contains("same revision");
    assertThat(bench.answer("whole").values()).isEqualTo(Values.of(0.25));
  }

  @Test
  void filtersThatAreTheSameForBothAreNoComparison() {
    bench.filters.put(Cohort.CANARY, List.of(new CohortFilter("v", "=", "1")));
    bench.filters.put(Cohort.STABLE, List.of(new CohortFilter("v", "=", "1")));
    bench.query("errors", AVG, null, Bench.BOTH);
    assertThat(bench.failure("errors")).contains("the same", "${rollout.stable}");
  }

  @Test
  void aCohortThatNothingTellsApartIsNotTheWhole() {
    bench.filters.put(Cohort.CANARY, List.of(Bench.CANARY));
    bench.query("errors", AVG, null, Bench.BOTH);
    honeycomb.row(Map.of("AVG(error)", 0.5));
    assertThat(bench.failure("errors")).contains("spec.cohorts.stable.honeycomb");
    assertThat(honeycomb.asked("")).isEmpty();
  }

  @Test
  void aNameThatIsNotKnownYetIsAnErrorThatNamesIt() {
    bench.cohorts.clear();
    bench.split().query("errors", AVG, null, Set.of(Cohort.CANARY));
    assertThat(bench.failure("errors")).contains("rollout.canary");
    assertThat(honeycomb.asked("")).isEmpty();
  }

  @Test
  void aRefusedKeyFailsEveryCheckOfTheGate() {
    bench.query("errors", AVG, null, Set.of());
    honeycomb.once("POST /1/queries", 401, "{\"error\":\"unknown API key\"}");
    assertThat(bench.failure("errors")).contains("401", "unknown API key");
  }
}
