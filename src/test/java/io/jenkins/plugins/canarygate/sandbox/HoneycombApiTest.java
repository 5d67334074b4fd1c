package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Dataset;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Deviation;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated Honeycomb over the wire. */
class HoneycombApiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
  private static final String COLUMN = "k8s.replicaset.name";
  private static final String WINDOW =
      "'start_time':%d,'end_time':%d"
          .formatted(
              Instant.parse("2026-03-01T10:10:00Z").getEpochSecond(),
              Instant.parse("2026-03-01T10:20:00Z").getEpochSecond());

  private final VirtualClock clock = new VirtualClock(NOW);
  private final SandboxHoneycomb honeycomb = new SandboxHoneycomb(clock);
  private final Http http = Http.of(honeycomb);

  @BeforeEach
  void twoRevisionsServe() {
    Dataset dataset = honeycomb.dataset("checkout");
    dataset
        .service(COLUMN, "checkout-stable", Instant.parse("2026-03-01T09:00:00Z"))
        .perMinute(400)
        .errorRate(0.01)
        .durations(80, 400);
    dataset
        .service(COLUMN, "checkout-canary", Instant.parse("2026-03-01T10:10:00Z"))
        .perMinute(100)
        .errorRate(0.05)
        .durations(120, 900);
  }

  @AfterEach
  void close() {
    honeycomb.close();
  }

  private String create(String dataset, String query) throws Exception {
    Reply reply = http.post("/1/queries/" + dataset, query);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json().path("id").asText();
  }

  private Reply result(String dataset, String queryId) throws Exception {
    return http.post(
        "/1/query_results/" + dataset,
        "{'query_id':'%s','disable_series':true}".formatted(queryId));
  }

  private JsonNode complete(String dataset, String query) throws Exception {
    String id = result(dataset, create(dataset, query)).json().path("id").asText();
    for (int i = 0; i < 5; i++) {
      JsonNode got = http.get("/1/query_results/" + dataset + "/" + id).json();
      if (got.path("complete").asBoolean()) {
        return got;
      }
    }
    throw new AssertionError("the result does not get complete");
  }

  private Map<String, JsonNode> byGroup(JsonNode result, String column) {
    Map<String, JsonNode> rows = new TreeMap<>();
    result
        .at("/data/results")
        .forEach(row -> rows.put(row.at("/data/" + column).asText("-"), row.path("data")));
    return rows;
  }

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
  void moreThanTenResultsAMinuteAreRefusedWithoutSayingWhenToComeBack() throws Exception {
    String query = create("checkout", "{'calculations':[{'op':'COUNT'}]}");
    for (int i = 0; i < 10; i++) {
      assertThat(result("checkout", query).status()).isEqualTo(201);
    }

    Reply refused = result("checkout", query);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(refused.json().path("detail").asText()).contains("10 requests per minute");
    assertThat(honeycomb.creationsInTheLastMinute()).isEqualTo(10);
    clock.advance(Duration.ofMinutes(1));
    assertThat(result("checkout", query).status()).isEqualTo(201);
  }

  @Test
  void elsewhereALimitSaysWhenToComeBack() throws Exception {
    honeycomb.faults().on(Call.SLO, Fault.status(429));

    Reply refused = http.get("/1/slos/checkout/abc?detailed=true");

    assertThat(refused.header("Retry-After")).isEqualTo("Sun, 01 Mar 2026 10:21:00 GMT");
    assertThat(refused.header("RateLimit")).isEqualTo("limit=100, remaining=0, reset=30");
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

  @Test
  void anUnknownKeyIsUnauthorized() throws Exception {
    Reply reply = new Http(honeycomb.url(), Map.of("X-Honeycomb-Team", "other")).get("/1/auth");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("error").asText()).startsWith("unknown API key");
  }

  @Test
  void aKeyWithoutARightIsRefusedAndSaysSoOfItself() throws Exception {
    honeycomb.key("weak", Set.of("columns"));
    Http weak = new Http(honeycomb.url(), Map.of("X-Honeycomb-Team", "weak"));

    JsonNode access = weak.get("/1/auth").json().path("api_key_access");
    assertThat(access.path("columns").asBoolean()).isTrue();
    assertThat(access.path("queries").asBoolean()).isFalse();
    String query = weak.post("/1/queries/checkout", "{}").json().path("id").asText();
    assertThat(weak.post("/1/query_results/checkout", "{'query_id':'" + query + "'}").status())
        .isEqualTo(403);
    assertThat(weak.post("/1/markers/checkout", "{}").status()).isEqualTo(401);
    assertThat(weak.get("/1/slos/checkout/x").status()).isEqualTo(403);
  }

  @Test
  void falseFriendsComeWithStatus200() throws Exception {
    String query = "{'calculations':[{'op':'COUNT'}]," + WINDOW + "}";
    honeycomb
        .habits()
        .nextResult(Deviation.FAILED)
        .nextResult(Deviation.MISSING_RESULT)
        .nextResult(Deviation.EXTRA_ROWS)
        .nextResult(Deviation.FOREVER_INCOMPLETE);

    JsonNode failed = complete("checkout", query);
    assertThat(failed.path("error").asText()).isNotEmpty();
    assertThat(failed.has("data")).isFalse();
    assertThat(complete("checkout", query).at("/data/results/0/data").has("COUNT")).isFalse();
    assertThat(complete("checkout", query).at("/data/results")).hasSize(3);
    String location = result("checkout", create("checkout", query)).header("Location");
    for (int i = 0; i < 20; i++) {
      assertThat(http.get(location).json().path("complete").asBoolean()).isFalse();
    }
  }

  @Test
  void theLocationCanNameAnotherHost() throws Exception {
    honeycomb.habits().locationOnHost("https://elsewhere.example");

    assertThat(result("checkout", create("checkout", "{}")).header("Location"))
        .startsWith("https://elsewhere.example/1/query_results/checkout/");
  }

  @Test
  void anSloIsShortUnlessDetailsAreAsked() throws Exception {
    honeycomb.slo("checkout", "abc", 99.4, -12.5, 3.2, "triggered");

    assertThat(http.get("/1/slos/checkout/abc").json().has("budget_remaining")).isFalse();
    JsonNode detailed = http.get("/1/slos/checkout/abc?detailed=true").json();
    assertThat(detailed.path("budget_remaining").asDouble()).isEqualTo(-12.5);
    assertThat(detailed.path("status").asText()).isEqualTo("triggered");
    assertThat(http.get("/1/slos/checkout/other").status()).isEqualTo(404);
  }

  @Test
  void aTriggerSaysWhetherItIsTriggered() throws Exception {
    honeycomb.trigger("checkout", "t1", true, false, 300);

    JsonNode trigger = http.get("/1/triggers/checkout/t1").json();
    assertThat(trigger.path("triggered").asBoolean()).isTrue();
    assertThat(trigger.path("frequency").asInt()).isEqualTo(300);
  }

  @Test
  void aMarkerIsSetAndClosed() throws Exception {
    Reply created =
        http.post("/1/markers/checkout", "{'message':'gate','type':'deploy','start_time':100}");
    assertThat(created.status()).isEqualTo(201);
    String id = created.json().path("id").asText();

    assertThat(
            http.send(
                    "PUT",
                    "/1/markers/checkout/" + id,
                    "application/json",
                    "{'end_time':200,'message':'gate: PASS'}")
                .status())
        .isEqualTo(200);

    assertThat(honeycomb.markers())
        .singleElement()
        .satisfies(
            marker -> {
              assertThat(marker.path("end_time").asInt()).isEqualTo(200);
              assertThat(marker.path("message").asText()).isEqualTo("gate: PASS");
              assertThat(marker.path("type").asText()).isEqualTo("deploy");
            });
  }

  @Test
  void requestsAreRememberedWithoutTheKey() throws Exception {
    http.get("/1/auth");

    assertThat(honeycomb.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.call()).isEqualTo(Call.AUTH);
              assertThat(request.toString()).doesNotContain(honeycomb.key());
            });
  }
}
