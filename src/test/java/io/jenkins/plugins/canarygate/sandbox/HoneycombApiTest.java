package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Deviation;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The simulated Honeycomb over the wire. */
class HoneycombApiTest extends HoneycombCase {
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
