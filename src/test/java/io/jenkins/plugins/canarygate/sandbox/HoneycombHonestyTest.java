package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the simulated Honeycomb takes and answers is what the API description allows. */
@DisplayName("Honeycomb's API description allows")
class HoneycombHonestyTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:20:30Z"));
  private final SandboxHoneycomb honeycomb = new SandboxHoneycomb(clock);
  private final Http http = Http.of(honeycomb);
  private JsonNode description;

  @BeforeEach
  void read() throws IOException {
    description = Json.MAPPER.readTree(Upstream.file("honeycomb/openapi.json").toFile());
    honeycomb
        .dataset("checkout")
        .service("k8s.replicaset.name", "a", clock.instant().minusSeconds(600));
    honeycomb.slo("checkout", "abc", 99.4, -12.5, 3.2, "triggered");
    honeycomb.trigger("checkout", "t1", true, true, 300);
  }

  @AfterEach
  void close() {
    honeycomb.close();
  }

  /** Sends it, and holds request and answer to what is described for the operation. */
  private Reply held(String template, String method, String path, String body) throws Exception {
    return held(http, template, method, path, body);
  }

  private Reply held(Http client, String template, String method, String path, String body)
      throws Exception {
    JsonNode operation =
        description.path("paths").path(template).path(method.toLowerCase(java.util.Locale.ROOT));
    assertThat(operation.isObject()).as("%s %s is described", method, template).isTrue();
    if (!body.isEmpty()) {
      assertFits(content(operation.path("requestBody"), "application/json"), Json.of(body));
    }
    Reply reply = client.send(method, path, "application/json", body);
    JsonNode responses = operation.path("responses");
    JsonNode response =
        responses.path(responses.has("" + reply.status()) ? "" + reply.status() : "default");
    assertThat(response.isMissingNode())
        .as("%s %s may answer %d", method, template, reply.status())
        .isFalse();
    assertFits(content(response, reply.header("Content-Type")), reply.json());
    return reply;
  }

  private JsonNode content(JsonNode described, String type) {
    JsonNode resolved = resolve(described).path("content");
    assertThat(resolved.has(type)).as("%s is a described type: %s", type, resolved).isTrue();
    return resolved.path(type).path("schema");
  }

  private JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : resolve(description.at(reference.substring(1)));
  }

  private void assertFits(JsonNode schema, JsonNode document) {
    ObjectNode root = (ObjectNode) schema.deepCopy();
    root.set("components", description.path("components"));
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    assertThat(Upstream.faults(compiled, document)).as(document.toString()).isEmpty();
  }

  @Test
  @DisplayName("queries and their results")
  void queriesAndTheirResults() throws Exception {
    String query =
        held(
                "/1/queries/{datasetSlug}",
                "POST",
                "/1/queries/checkout",
                "{'calculations':[{'op':'COUNT'},{'op':'P95','column':'duration_ms'}],"
                    + "'breakdowns':['k8s.replicaset.name'],'time_range':600,'usage_mode':true,"
                    + "'filters':[{'column':'name','op':'exists'}]}")
            .json()
            .path("id")
            .asText();
    String id =
        held(
                "/1/query_results/{datasetSlug}",
                "POST",
                "/1/query_results/checkout",
                "{'query_id':'" + query + "','disable_series':false}")
            .json()
            .path("id")
            .asText();
    for (int i = 0; i < 2; i++) {
      held(
          "/1/query_results/{datasetSlug}/{queryResultId}",
          "GET",
          "/1/query_results/checkout/" + id,
          "");
    }
  }

  @Test
  @DisplayName("the refusals of a query")
  void theRefusalsOfAQuery() throws Exception {
    String template = "/1/queries/{datasetSlug}";
    assertThat(
            held(
                    template,
                    "POST",
                    "/1/queries/checkout",
                    "{'calculations':[{'op':'AVG','column':'nowhere'}]}")
                .status())
        .isEqualTo(422);
    assertThat(held(template, "POST", "/1/queries/nowhere", "{}").status()).isEqualTo(404);
    honeycomb.faults().on(Call.CREATE_QUERY, Fault.status(429));
    assertThat(held(template, "POST", "/1/queries/checkout", "{}").status()).isEqualTo(429);
  }

  @Test
  @DisplayName("the limit on results")
  void theLimitOnResults() throws Exception {
    String query = http.post("/1/queries/checkout", "{}").json().path("id").asText();
    String body = "{'query_id':'" + query + "'}";
    for (int i = 0; i < 10; i++) {
      http.post("/1/query_results/checkout", body);
    }
    Reply refused =
        held("/1/query_results/{datasetSlug}", "POST", "/1/query_results/checkout", body);
    assertThat(refused.status()).isEqualTo(429);
  }

  @Test
  @DisplayName("SLOs, triggers, markers and the key's own description")
  void theOtherObjects() throws Exception {
    held("/1/slos/{datasetSlug}/{sloId}", "GET", "/1/slos/checkout/abc", "");
    held("/1/slos/{datasetSlug}/{sloId}", "GET", "/1/slos/checkout/abc?detailed=true", "");
    held("/1/slos/{datasetSlug}/{sloId}", "GET", "/1/slos/checkout/other", "");
    held("/1/triggers/{datasetSlug}/{triggerId}", "GET", "/1/triggers/checkout/t1", "");
    held("/1/auth", "GET", "/1/auth", "");
    String marker =
        held(
                "/1/markers/{datasetSlug}",
                "POST",
                "/1/markers/checkout",
                "{'message':'gate','type':'deploy','start_time':100}")
            .json()
            .path("id")
            .asText();
    held(
        "/1/markers/{datasetSlug}/{markerId}",
        "PUT",
        "/1/markers/checkout/" + marker,
        "{'end_time':200}");
    held("/1/markers/{datasetSlug}/{markerId}", "DELETE", "/1/markers/checkout/" + marker, "");
  }

  @Test
  @DisplayName("what a key that is unknown, or lacks a right, is told")
  void theRefusalsOfAKey() throws Exception {
    honeycomb.key("weak", Set.of("columns"));
    Http weak = new Http(honeycomb.url(), Map.of("X-Honeycomb-Team", "weak"));
    Http unknown = new Http(honeycomb.url(), Map.of("X-Honeycomb-Team", "unknown"));

    held(unknown, "/1/auth", "GET", "/1/auth", "");
    held(
        weak,
        "/1/query_results/{datasetSlug}",
        "POST",
        "/1/query_results/checkout",
        "{'query_id':'q'}");
    held(weak, "/1/markers/{datasetSlug}", "POST", "/1/markers/checkout", "{'message':'x'}");
    held(weak, "/1/slos/{datasetSlug}/{sloId}", "GET", "/1/slos/checkout/abc", "");
  }
}
