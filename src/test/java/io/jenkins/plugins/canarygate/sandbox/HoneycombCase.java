package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.Http.Reply;
import io.jenkins.plugins.canarygate.sandbox.honeycomb.Dataset;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two revisions that serve, and what a client does to learn of them. */
abstract class HoneycombCase {
  static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
  static final String COLUMN = "k8s.replicaset.name";
  static final String WINDOW =
      "'start_time':%d,'end_time':%d"
          .formatted(
              Instant.parse("2026-03-01T10:10:00Z").getEpochSecond(),
              Instant.parse("2026-03-01T10:20:00Z").getEpochSecond());

  final VirtualClock clock = new VirtualClock(NOW);
  final SandboxHoneycomb honeycomb = new SandboxHoneycomb(clock);
  final Http http = Http.of(honeycomb);

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

  String create(String dataset, String query) throws Exception {
    Reply reply = http.post("/1/queries/" + dataset, query);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return reply.json().path("id").asText();
  }

  Reply result(String dataset, String queryId) throws Exception {
    return http.post(
        "/1/query_results/" + dataset,
        "{'query_id':'%s','disable_series':true}".formatted(queryId));
  }

  JsonNode complete(String dataset, String query) throws Exception {
    String id = result(dataset, create(dataset, query)).json().path("id").asText();
    for (int i = 0; i < 5; i++) {
      JsonNode got = http.get("/1/query_results/" + dataset + "/" + id).json();
      if (got.path("complete").asBoolean()) {
        return got;
      }
    }
    throw new AssertionError("the result does not get complete");
  }

  Map<String, JsonNode> byGroup(JsonNode result, String column) {
    Map<String, JsonNode> rows = new TreeMap<>();
    result
        .at("/data/results")
        .forEach(row -> rows.put(row.at("/data/" + column).asText("-"), row.path("data")));
    return rows;
  }
}
