package io.jenkins.plugins.canarygate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

  @Test
  void theFieldsStandInTheDocumentedOrder() throws Exception {
    JsonNode json = tree(Reports.failed());

    assertThat(names(json))
        .containsExactly(
            "report",
            "gate",
            "id",
            "mode",
            "state",
            "verdict",
            "outcome",
            "reason",
            "score",
            "exitCode",
            "started",
            "finished",
            "parameters",
            "rollout",
            "points",
            "checks",
            "actions",
            "decidedBy",
            "timeline",
            "lastLines");
    assertThat(names(json.get("rollout")))
        .startsWith("kind", "cluster", "namespace", "name", "asked", "at", "uid");
    assertThat(names(json.at("/checks/0")))
        .containsExactly(
            "point",
            "name",
            "source",
            "verdict",
            "line",
            "link",
            "score",
            "weight",
            "key",
            "optional",
            "dryRun",
            "criterion",
            "planned",
            "measurements");
    assertThat(names(json.at("/checks/0/measurements/1")))
        .containsExactly(
            "at",
            "window",
            "grade",
            "early",
            "value",
            "samples",
            "stableValue",
            "stableSamples",
            "text",
            "detail",
            "link",
            "series");
    assertThat(names(json.at("/checks/0/measurements/1/series")))
        .containsExactly("from", "stepSeconds", "percent", "values", "stableValues");
  }

  @Test
  void valuesArePlainAndTimesAreIso() throws Exception {
    JsonNode json = tree(Reports.failed());

    assertThat(json.get("report").asText()).isEqualTo("canary-gate/v1");
    assertThat(json.get("verdict").asText()).isEqualTo("FAIL");
    assertThat(json.get("outcome").asText()).isEqualTo("aborted");
    assertThat(json.get("finished").asText()).isEqualTo("2026-11-22T10:10:00Z");
    assertThat(json.at("/checks/0/measurements/1/value").doubleValue()).isEqualTo(0.018);
    assertThat(json.at("/checks/0/measurements/1/samples").longValue()).isEqualTo(1204);
    assertThat(json.at("/checks/0/measurements/1/window/from").asText())
        .isEqualTo("2026-11-22T10:01:00Z");
    assertThat(json.at("/actions/0/sends/0/result").asText()).isEqualTo("DONE");
    assertThat(json.get("decidedBy").isNull()).isTrue();
    assertThat(names(json.get("parameters"))).containsExactly("a", "image");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    assertThat(JsonReport.read(JsonReport.render(Reports.failed()))).isEqualTo(Reports.failed());
  }

  @Test
  void aSeriesIsPlainNumbersWithNullForWhatThereIsNone() throws Exception {
    JsonNode series = tree(Reports.failed()).at("/checks/0/measurements/1/series");

    assertThat(series)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"from": "2026-11-22T10:03:00Z", "stepSeconds": 60, "percent": true,
                     "values": [0.004, null, 0.012, 0.018],
                     "stableValues": [0.009, 0.009, 0.009, 0.009]}
                    """));
    assertThat(tree(Reports.failed()).at("/checks/0/measurements/0/series").isNull()).isTrue();
  }

  @Test
  void aReportOfBeforeThereWereSeriesIsReadWithoutThem() throws Exception {
    JsonNode older = tree(Reports.failed());
    older.findParents("series").forEach(measurement -> ((ObjectNode) measurement).remove("series"));
    Report read = JsonReport.read(older.toString());

    assertThat(read.checks().get(0).measurements())
        .hasSize(2)
        .allSatisfy(measured -> assertThat(measured.series()).isEmpty());
  }

  @Test
  void aSeriesThatCannotBeDrawnMakesNoReport() {
    String broken =
        JsonReport.render(Reports.failed())
            .replace("\"stepSeconds\" : 60", "\"stepSeconds\" : 9000000000000000000");

    assertThatThrownBy(() -> JsonReport.read(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("canary-gate/v1", "apart");
  }

  @Test
  void anUnfinishedReportIsReadBackToo() {
    Report report = Report.of(Reports.failing("x"), Sessions.begun(Reports.failing("x")));

    assertThat(JsonReport.read(JsonReport.render(report))).isEqualTo(report);
  }

  @Test
  void aFieldOfANewerVersionIsPassedOver() {
    String newer =
        JsonReport.render(Reports.failed()).replaceFirst("\"gate\"", "\"colour\" : 1,\n  \"gate\"");

    assertThat(JsonReport.read(newer)).isEqualTo(Reports.failed());
  }

  @Test
  void whatIsNoReportIsRefusedWithAReason() {
    assertThatThrownBy(() -> JsonReport.read("[]")).hasMessageContaining("canary-gate/v1");
    assertThatThrownBy(() -> JsonReport.read("null")).hasMessageContaining("canary-gate/v1");
  }

  private static JsonNode tree(Report report) throws Exception {
    return new ObjectMapper().readTree(JsonReport.render(report));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
