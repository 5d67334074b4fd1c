package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Queries of the simulated Honeycomb over the wire. */
class HoneycombQueryTest extends HoneycombCase {
  @Test
  void aResultIsPendingFirst() throws Exception {
    Reply created =
        result("checkout", create("checkout", "{'calculations':[{'op':'COUNT'}]," + WINDOW + "}"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("complete").asBoolean(true)).isFalse();
    assertThat(created.header("Location"))
        .isEqualTo("/1/query_results/checkout/" + created.json().path("id").asText());

    JsonNode first = http.get(created.header("Location")).json();
    JsonNode second = http.get(created.header("Location")).json();

    assertThat(first.path("complete").asBoolean()).isFalse();
    assertThat(first.has("data")).isFalse();
    assertThat(second.path("complete").asBoolean()).isTrue();
    assertThat(second.at("/data/results/0/data/COUNT").asInt()).isEqualTo(5000);
    assertThat(second.at("/links/query_url").asText()).startsWith("https://ui.honeycomb.io/");
  }

  @Test
  void aBreakdownTellsTheRevisionsApart() throws Exception {
    JsonNode result =
        complete(
            "checkout",
            ("{'breakdowns':['%s'],'calculations':[{'op':'COUNT'},{'op':'AVG','column':'error'},"
                    + "{'op':'P50','column':'duration_ms'},{'op':'P99','column':'duration_ms'}],"
                    + "%s}")
                .formatted(COLUMN, WINDOW));

    Map<String, JsonNode> rows = byGroup(result, COLUMN);
    JsonNode canary = rows.get("checkout-canary");
    JsonNode stable = rows.get("checkout-stable");
    assertThat(canary.path("COUNT").asInt()).isEqualTo(1000);
    assertThat(canary.path("AVG(error)").asDouble()).isEqualTo(0.05, within(0.001));
    assertThat(stable.path("COUNT").asInt()).isEqualTo(4000);
    assertThat(stable.path("AVG(error)").asDouble()).isEqualTo(0.01, within(0.001));
    assertThat(canary.path("P50(duration_ms)").asDouble()).isEqualTo(120, within(5.0));
    assertThat(canary.path("P99(duration_ms)").asDouble()).isEqualTo(900, within(60.0));
  }

  @Test
  void aCalculatedFieldTellsThemApartToo() throws Exception {
    JsonNode result =
        complete(
            "checkout",
            ("{\"calculated_fields\":[{\"name\":\"cohort\",\"expression\":"
                    + "\"IF(AND(EQUALS($%s, \\\"checkout-canary\\\"), EXISTS($name)),"
                    + " \\\"canary\\\", EQUALS($%s, \\\"checkout-stable\\\"), \\\"stable\\\")\"}],"
                    + "'breakdowns':['cohort'],'filters':[{'column':'status_code','op':'>=',"
                    + "'value':500}],'calculations':[{'op':'COUNT'}],%s}")
                .formatted(COLUMN, COLUMN, WINDOW));

    Map<String, JsonNode> rows = byGroup(result, "cohort");
    assertThat(rows.get("canary").path("COUNT").asInt()).isEqualTo(50);
    assertThat(rows.get("stable").path("COUNT").asInt()).isEqualTo(40);
  }

  @Test
  void filtersCombineByAndOrByOr() throws Exception {
    String query =
        "{'filters':[{'column':'error','op':'=','value':true},"
            + "{'column':'%s','op':'in','value':['checkout-canary','other']}],%s"
            + "'calculations':[{'op':'COUNT'}],%s}";

    assertThat(
            complete("checkout", query.formatted(COLUMN, "", WINDOW))
                .at("/data/results/0/data/COUNT")
                .asInt())
        .isEqualTo(50);
    assertThat(
            complete("checkout", query.formatted(COLUMN, "'filter_combination':'OR',", WINDOW))
                .at("/data/results/0/data/COUNT")
                .asInt())
        .isEqualTo(1040);
  }

  @Test
  void countsAreCorrectedForTheSampleRateUnlessUsageModeIsAsked() throws Exception {
    honeycomb
        .dataset("sampled")
        .service(COLUMN, "a", Instant.parse("2026-03-01T10:00:00Z"))
        .perMinute(600)
        .sampledOneIn(10);
    String query = "{'calculations':[{'op':'COUNT'}],%s" + WINDOW + "}";

    assertThat(complete("sampled", query.formatted("")).at("/data/results/0/data/COUNT").asInt())
        .isEqualTo(6000);
    assertThat(
            complete("sampled", query.formatted("'usage_mode':true,"))
                .at("/data/results/0/data/COUNT")
                .asInt())
        .isEqualTo(600);
  }

  @Test
  void singleEventsAreAggregated() throws Exception {
    Dataset dataset = honeycomb.dataset("jobs");
    for (int i = 1; i <= 4; i++) {
      dataset.event(NOW.minusSeconds(120 + i), Map.of("ms", i * 10, "user", "u" + i % 2));
    }
    JsonNode row =
        complete(
                "jobs",
                "{'time_range':600,'calculations':[{'op':'SUM','column':'ms'},"
                    + "{'op':'MAX','column':'ms'},{'op':'MIN','column':'ms'},"
                    + "{'op':'AVG','column':'ms'},{'op':'COUNT_DISTINCT','column':'user'}]}")
            .at("/data/results/0/data");

    assertThat(row.path("SUM(ms)").asInt()).isEqualTo(100);
    assertThat(row.path("MAX(ms)").asInt()).isEqualTo(40);
    assertThat(row.path("MIN(ms)").asInt()).isEqualTo(10);
    assertThat(row.path("AVG(ms)").asDouble()).isEqualTo(25);
    assertThat(row.path("COUNT_DISTINCT(user)").asInt()).isEqualTo(2);
  }

  @Test
  void theEdgesOfAWindowAreTruncatedToWholeMinutes() throws Exception {
    honeycomb.dataset("edges").event(Instant.parse("2026-03-01T10:20:10Z"), Map.of("a", 1));
    honeycomb.dataset("edges").event(Instant.parse("2026-03-01T10:15:10Z"), Map.of("a", 1));

    JsonNode result =
        complete(
            "edges",
            "{'calculations':[{'op':'COUNT'}],'start_time':%d,'end_time':%d}"
                .formatted(
                    Instant.parse("2026-03-01T10:15:40Z").getEpochSecond(),
                    Instant.parse("2026-03-01T10:20:30Z").getEpochSecond()));

    assertThat(result.at("/data/results/0/data/COUNT").asInt()).isEqualTo(1);
  }

  @Test
  void whatHasNotArrivedYetIsNotCounted() throws Exception {
    honeycomb.habits().ingestLag(Duration.ofMinutes(5));

    assertThat(
            complete("checkout", "{'calculations':[{'op':'COUNT'}]," + WINDOW + "}")
                .at("/data/results/0/data/COUNT")
                .asInt())
        .isLessThan(3000);
  }

  @Test
  void withoutEventsThereIsNoRow() throws Exception {
    JsonNode result =
        complete(
            "checkout",
            "{'calculations':[{'op':'AVG','column':'error'}],'filters':"
                + "[{'column':'name','op':'=','value':'nothing'}]}");

    assertThat(result.path("complete").asBoolean()).isTrue();
    assertThat(result.at("/data/results")).isEmpty();
  }

  @Test
  void aQueryThatIsWrongIsRefusedWithEachField() throws Exception {
    Reply reply =
        http.post(
            "/1/queries/checkout",
            "{'calculations':[{'op':'MEDIAN','column':'duration_ms'},{'op':'AVG'},"
                + "{'op':'SUM','column':'nowhere'}],'filters':[{'column':'error','op':'~'}],"
                + "'since':3}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().path("type_detail").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "calculations[0].op",
            "calculations[1].column",
            "calculations[2].column",
            "filters[0].op",
            "since");
  }

  @Test
  void anExpressionThatCannotBeReadIsRefused() throws Exception {
    Reply reply =
        http.post(
            "/1/queries/checkout",
            "{'calculated_fields':[{'name':'x','expression':'IF(EQUALS($name'}]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/type_detail/0/field").asText())
        .isEqualTo("calculated_fields[0].expression");
  }

  @Test
  void namedCalculationsAreForTeamsWithTheBeta() throws Exception {
    String query =
        "{'calculations':[{'op':'COUNT','name':'bad','filters':"
            + "[{'column':'error','op':'=','value':true}]}],"
            + WINDOW
            + "}";
    assertThat(http.post("/1/queries/checkout", query).status()).isEqualTo(422);

    honeycomb.habits().withBeta();

    assertThat(complete("checkout", query).at("/data/results/0/data/bad").asInt()).isEqualTo(90);
  }

  @Test
  void anUnknownDatasetIsNotFound() throws Exception {
    Reply reply = http.post("/1/queries/nowhere", "{}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").asText()).isEqualTo("Dataset not found");
  }

  @Test
  void theWholeEnvironmentIsADatasetToo() throws Exception {
    assertThat(
            complete("__all__", "{'calculations':[{'op':'COUNT'}]," + WINDOW + "}")
                .at("/data/results/0/data/COUNT")
                .asInt())
        .isEqualTo(5000);
  }
}
