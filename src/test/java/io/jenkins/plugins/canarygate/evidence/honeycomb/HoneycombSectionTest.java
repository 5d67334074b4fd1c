package io.jenkins.plugins.canarygate.evidence.honeycomb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.evidence.SourceTraits;
import io.jenkins.plugins.canarygate.evidence.SourceTraits.CohortUse;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombSection.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoneycombSectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Reference REFERENCE = new Reference("d", "x1");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aQueryLooksAtWholeMinutesThatEndAMinuteAgo() {
    assertThat(query("{'calculations': [{'op': 'COUNT'}]}", null).traits())
        .isEqualTo(
            new SourceTraits(true, MINUTE, MINUTE, MINUTE, true, true, CohortUse.FILTERS, false));
  }

  @ParameterizedTest
  @CsvSource({
    "${cohort},NAMED,true",
    "${cohort.pods},NAMED,true",
    "${rollout.canary},FILTERS,true"
  })
  void m14AQueryCanNameItsCohortItself(String value, CohortUse use, boolean needsRollout) {
    HoneycombSection section =
        query(
            "{'calculations': [{'op': 'COUNT'}], 'filters': [{'column': 'v', 'op': '=', 'value': '"
                + value
                + "'}]}",
            null);
    assertThat(section.faults()).isEmpty();
    assertThat(section.traits().cohorts()).isEqualTo(use);
    assertThat(section.traits().needsRollout()).isEqualTo(needsRollout);
  }

  @Test
  void m9AnSloNeedsACriterionOnlyWithItsResultAndATriggerNever() {
    assertThat(slo("burn_rate").traits().criteria()).isTrue();
    assertThat(slo(null).traits().criteria()).isFalse();
    HoneycombSection trigger = new HoneycombSection(null, null, null, null, REFERENCE);
    assertThat(trigger.faults()).isEmpty();
    assertThat(trigger.traits())
        .isEqualTo(
            new SourceTraits(
                false, Duration.ZERO, Duration.ZERO, MINUTE, false, false, CohortUse.NONE, false));
  }

  @Test
  void itIsCalledByWhatItAsks() {
    assertThat(query("{}", null).describe()).isEqualTo("honeycomb d");
    assertThat(slo(null).describe()).isEqualTo("honeycomb SLO x1");
    assertThat(new HoneycombSection(null, null, null, null, REFERENCE).describe())
        .isEqualTo("honeycomb trigger x1");
  }

  @Test
  void exactlyOneOfQuerySloAndTrigger() {
    String fault = ": needs exactly one of query, slo and trigger";
    assertThat(faults(new HoneycombSection("d", null, null, null, null))).containsExactly(fault);
    assertThat(faults(new HoneycombSection(null, null, null, REFERENCE, REFERENCE)))
        .containsExactly(fault);
    assertThat(faults(new HoneycombSection("d", json("{}"), null, REFERENCE, null)))
        .containsExactly(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start_time",
        "end_time",
        "time_range",
        "granularity",
        "breakdowns",
        "orders",
        "havings",
        "limit",
        "usage_mode",
        "compare_time_offset_seconds"
      })
  void m10TimesBreakdownsAndLimitsAreTheGates(String field) {
    assertThat(faults(query("{'calculations': [{'op': 'COUNT'}], '" + field + "': 1}", null)))
        .containsExactly("query." + field + ": is the gate's own to set: leave it out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]| query: must be a mapping, as calculations: [{op: COUNT}]",
        "{}| query: needs a list of calculations, as calculations: [{op: COUNT}]",
        "{'calculations': [7]}| query.calculations[0]: needs an op, as COUNT",
        "{'calculations': [{'op': 'HEATMAP', 'column': 'x'}]}"
            + "| query.calculations[0].op: a heatmap is no number that could be judged",
        "{'calculations': [{'op': 'p95', 'column': 'x'}]}"
            + "| query.calculations[0].op: Honeycomb has no such calculation; did you mean 'P95'?",
        "{'calculations': [{'op': 'AVG'}]}| query.calculations[0]: AVG needs a column",
        "{'calculations': [{'op': 'COUNT'}], 'filter': []}"
            + "| query.filter: unknown field; did you mean 'filters'?",
        "{'calculations': [{'op': 'COUNT'}], 'filters': {}}"
            + "| query.filters: must be a list of {column, op, value}",
        "{'calculations': [{'op': 'COUNT'}], 'filters': [{'op': '='}]}"
            + "| query.filters[0]: needs column and op",
        "{'calculations': [{'op': 'COUNT'}], 'filters': [{'column': 'a', 'op': '=='}]}"
            + "| query.filters[0].op: Honeycomb has no such operator; did you mean '='?",
        "{'calculations': [{'op': 'COUNT'}], 'filters': [{'column': 'a', 'op': '='}]}"
            + "| query.filters[0].op: = needs a value",
        "{'calculations': [{'op': 'COUNT'}], 'filter_combination': 'XOR'}"
            + "| query.filter_combination: must be AND or OR",
        "{'calculations': [{'op': 'COUNT'}], 'formulas': [{'name': 'x'}]}"
            + "| query.formulas[0]: needs name and expression",
      })
  void m10WhatCannotBeAQueryIsRefused(String query, String fault) {
    assertThat(faults(query(query, null))).containsExactly(fault);
  }

  @Test
  void theResultMustBeOneThatTheQueryHas() {
    String one = "{'calculations': [{'op': 'AVG', 'column': 'error'}]}";
    String two =
        "{'calculations': [{'op': 'COUNT'}, {'op': 'P95', 'column': 'ms', 'name': 'slow'}]}";
    assertThat(faults(query(one, null))).isEmpty();
    assertThat(faults(query(one, "AVG(error)"))).isEmpty();
    assertThat(faults(query(two, "slow"))).isEmpty();
    assertThat(faults(query(two, null)))
        .containsExactly(": the query has several results: say which one is judged, with result");
    assertThat(faults(query(one, "AVG(eror)")))
        .containsExactly(
            "result: the query has no such result; it has AVG(error); did you mean 'AVG(error)'?");
    String formula = one.replace("]}", "], 'formulas': [{'name': 'f', 'expression': 'x'}]}");
    assertThat(faults(query(formula, "f"))).isEmpty();
    String varying = "{'calculations': [{'op': 'AVG', 'column': '${cohort}'}]}";
    assertThat(faults(query(varying, "AVG(canary)"))).isEmpty();
  }

  @Test
  void anSloHasThreeResultsAndATriggerNone() {
    assertThat(faults(slo("compliance"))).isEmpty();
    assertThat(faults(slo("budget")))
        .containsExactly("result: an SLO has compliance, budget_remaining, burn_rate");
    assertThat(faults(new HoneycombSection("d", null, "x", null, REFERENCE)))
        .containsExactly(
            "dataset: belongs into trigger: only a query has its dataset here",
            "result: a trigger has no result: it fails when it is triggered");
    assertThat(
            faults(new HoneycombSection(null, null, null, new Reference("a/b", "${cohort}"), null)))
        .containsExactly(
            "slo.dataset: must not hold a slash or a control character",
            "slo.id: cannot vary with the cohort: no ${rollout.canary}, ${cohort} and the like"
                + " here");
  }

  @Test
  void theFieldsOfAQueryAreThoseThatHoneycombDescribes() throws IOException {
    Path description =
        Path.of(System.getProperty("upstream.dir", "../shared/upstream"), "honeycomb/openapi.json");
    Assumptions.assumeTrue(
        Files.exists(description), "Honeycomb's OpenAPI description is not beside the project");
    JsonNode schemas = JSON.readTree(description.toFile()).at("/components/schemas");
    for (JsonNode op : schemas.at("/QueryOp/enum")) {
      boolean refused = op.asText().equals("HEATMAP");
      String query = "{'calculations': [{'op': '" + op.asText() + "', 'column': 'x'}]}";
      assertThat(faults(query(query, null)).isEmpty()).as(op.asText()).isEqualTo(!refused);
    }
    for (JsonNode op : schemas.at("/FilterOp/enum")) {
      boolean bare = op.asText().endsWith("exists") || op.asText().endsWith("not-exist");
      CohortFilter filter = new CohortFilter("x", op.asText(), bare ? null : "v");
      assertThat(filter.faults()).as(op.asText()).isEmpty();
    }
    schemas
        .at("/Query/properties")
        .fieldNames()
        .forEachRemaining(
            field ->
                assertThat(
                        faults(
                            query(
                                "{'calculations': [{'op': 'COUNT'}], '" + field + "': []}", null)))
                    .as(field)
                    .noneMatch(fault -> !field.equals("id") && fault.contains("unknown field")));
  }

  private static HoneycombSection query(String json, String result) {
    return new HoneycombSection("d", json(json), result, null, null);
  }

  private static HoneycombSection slo(String result) {
    return new HoneycombSection(null, null, result, REFERENCE, null);
  }

  private static List<String> faults(HoneycombSection section) {
    return section.faults().stream().map(f -> f.path() + ": " + f.message()).toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
