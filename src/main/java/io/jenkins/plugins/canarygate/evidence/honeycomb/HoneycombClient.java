package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombException.Kind;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombHttp.Answer;
import io.jenkins.plugins.canarygate.evidence.honeycomb.HoneycombHttp.Call;
import io.jenkins.plugins.canarygate.evidence.honeycomb.KeyAccess.Right;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Honeycomb's API, as far as gates use it. Calls block; none is repeated, none follows an address
 * that Honeycomb gave.
 */
public final class HoneycombClient {
  /** The API of Honeycomb's US region. */
  public static final String US = "https://api.honeycomb.io";

  /** The API of Honeycomb's EU region. */
  public static final String EU = "https://api.eu1.honeycomb.io";

  private static final String V1 = "1";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final HoneycombHttp http;

  /**
   * @param http connections; redirects are not followed whatever it says
   * @param baseUrl {@link #US}, {@link #EU}, or another address without user, query and fragment
   * @param key the configuration key, looked up at each use
   * @param clock read for dates in {@code Retry-After} only
   * @throws IllegalArgumentException if the address is none
   */
  public HoneycombClient(
      OkHttpClient http, String baseUrl, Supplier<String> key, InstantSource clock) {
    this.http = new HoneycombHttp(http, baseUrl, new HoneycombKey(key), clock);
  }

  /** Connections of its own, that keep no process alive, with 10 s to connect and 30 s a call. */
  public static OkHttpClient connections() {
    return connections(Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  /**
   * Connections of its own, that keep no process alive.
   *
   * @param connect the longest that connecting may take
   * @param call the longest that a call may take in all
   */
  public static OkHttpClient connections(Duration connect, Duration call) {
    return new OkHttpClient.Builder()
        .connectTimeout(connect)
        .readTimeout(call)
        .writeTimeout(call)
        .callTimeout(call)
        .connectionPool(new ConnectionPool(4, 30, TimeUnit.SECONDS))
        .followRedirects(false)
        .followSslRedirects(false)
        .build();
  }

  /** Tells apart whose quota is used: the address and a digest of the key. Never kept on disk. */
  String account() throws HoneycombException {
    return http.account();
  }

  HttpUrl base() {
    return http.base();
  }

  KeyAccess auth() throws HoneycombException {
    JsonNode body =
        get(List.of(V1, "auth"), Map.of(), "what it may do", "to send events or any other").body();
    if (!body.path("type").isTextual()) {
      throw strange("the key's 'type'");
    }
    Set<String> rights = new LinkedHashSet<>();
    body.path("api_key_access")
        .properties()
        .forEach(
            access -> {
              if (access.getValue().asBoolean()) {
                rights.add(access.getKey());
              }
            });
    return new KeyAccess(
        body.path("type").textValue(),
        body.path("team").path("name").asText(body.path("team").path("slug").asText("")),
        body.path("environment").path("name").asText(""),
        rights);
  }

  /** Creates a query, which runs nothing and costs no quota. */
  String createQuery(String dataset, JsonNode spec) throws HoneycombException {
    String what = "the query in dataset '" + dataset + "'";
    Answer answer = post(List.of(V1, "queries", dataset), spec, what, Right.MANAGE_QUERIES.title());
    return id(answer.body().path("id").asText(""), "the query's 'id'");
  }

  /** Runs a query. This is what Honeycomb allows ten times a minute. */
  String createResult(String dataset, String queryId) throws HoneycombException {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("query_id", queryId)
            .put("disable_series", true)
            .put("disable_total_by_aggregate", true)
            .put("disable_other_by_aggregate", true)
            .put("limit", 1000);
    String what = "the result of a query in dataset '" + dataset + "'";
    Answer answer =
        post(List.of(V1, "query_results", dataset), body, what, Right.RUN_QUERIES.title());
    String id = answer.body().path("id").asText("");
    return id(id.isBlank() ? lastSegment(answer.location()) : id, "the query result's 'id'");
  }

  /** The id at the end of an address that is itself never asked. */
  private String lastSegment(Optional<String> location) {
    HttpUrl url = location.map(http.base()::resolve).orElse(null);
    return url == null ? "" : url.pathSegments().get(url.pathSize() - 1);
  }

  QueryResult result(String dataset, String id) throws HoneycombException {
    String what = "the query result " + id + " in dataset '" + dataset + "'";
    return QueryResult.of(
        get(List.of(V1, "query_results", dataset, id), Map.of(), what, Right.RUN_QUERIES.title())
            .body());
  }

  JsonNode slo(String dataset, String id) throws HoneycombException {
    String what = "the SLO '" + id + "' in dataset '" + dataset + "'";
    Map<String, String> detailed = Map.of("detailed", "true");
    return get(List.of(V1, "slos", dataset, id), detailed, what, Right.MANAGE_SLOS.title()).body();
  }

  JsonNode trigger(String dataset, String id) throws HoneycombException {
    String what = "the trigger '" + id + "' in dataset '" + dataset + "'";
    return get(List.of(V1, "triggers", dataset, id), Map.of(), what, Right.MANAGE_TRIGGERS.title())
        .body();
  }

  String createMarker(String dataset, JsonNode marker) throws HoneycombException {
    String what = "a marker in dataset '" + dataset + "'";
    Answer answer =
        post(List.of(V1, "markers", dataset), marker, what, Right.MANAGE_MARKERS.title());
    return id(answer.body().path("id").asText(""), "the marker's 'id'");
  }

  void updateMarker(String dataset, String id, JsonNode marker) throws HoneycombException {
    String what = "the marker '" + id + "' in dataset '" + dataset + "'";
    http.send(
        new Call(
            "PUT",
            List.of(V1, "markers", dataset, id),
            Map.of(),
            Optional.of(marker),
            what,
            Right.MANAGE_MARKERS.title()));
  }

  private Answer get(List<String> path, Map<String, String> query, String what, String right)
      throws HoneycombException {
    return http.send(new Call("GET", path, query, Optional.empty(), what, right));
  }

  private Answer post(List<String> path, JsonNode body, String what, String right)
      throws HoneycombException {
    return http.send(new Call("POST", path, Map.of(), Optional.of(body), what, right));
  }

  private static String id(String id, String what) throws HoneycombException {
    if (!ID.matcher(id).matches()) {
      throw strange(what);
    }
    return id;
  }

  private static HoneycombException strange(String what) {
    return new HoneycombException(
        Kind.NOT_UNDERSTOOD, "Honeycomb's answer is not understood: " + what + " is missing");
  }

  @Override
  public String toString() {
    return "Honeycomb at " + http.base().host();
  }
}
