package io.jenkins.plugins.canarygate.evidence.honeycomb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A small Honeycomb on a loopback port: it answers as the API does, or as it is told to once. */
final class FakeHoneycomb implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Without it each answer of the JDK's server waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What came in. */
  record Asked(String method, String path, String key, JsonNode body) {}

  /** What goes out instead of the usual answer. */
  record Scripted(int status, Map<String, String> headers, String body, int cut) {}

  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();
  private final Map<String, Deque<Scripted>> scripts = new HashMap<>();
  private final Map<String, JsonNode> queries = new HashMap<>();
  private final Map<String, JsonNode> results = new HashMap<>();
  private final Map<String, JsonNode> documents = new HashMap<>();
  private final Map<String, Integer> looks = new HashMap<>();
  private Function<JsonNode, List<Map<String, Object>>> rows = query -> List.of();
  private int looksBeforeComplete;

  FakeHoneycomb() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the queries find. */
  FakeHoneycomb rows(Function<JsonNode, List<Map<String, Object>>> found) {
    rows = found;
    return this;
  }

  FakeHoneycomb row(Map<String, Object> found) {
    return rows(query -> List.of(found));
  }

  FakeHoneycomb completeAfter(int incompleteLooks) {
    looksBeforeComplete = incompleteLooks;
    return this;
  }

  /** What a GET of a path answers. */
  FakeHoneycomb document(String path, String json) {
    documents.put(path, read(json));
    return this;
  }

  /** Answers the next request whose method and path begin like this otherwise than usual. */
  FakeHoneycomb once(String request, int status, String body, String... headers) {
    return once(request, new Scripted(status, headers(headers), body, 0));
  }

  /** Promises more than it sends, and hangs up. */
  FakeHoneycomb onceCutShort(String request, String body) {
    return once(request, new Scripted(200, Map.of(), body, 100));
  }

  private FakeHoneycomb once(String request, Scripted scripted) {
    synchronized (asked) {
      scripts.computeIfAbsent(request, r -> new ArrayDeque<>()).add(scripted);
    }
    return this;
  }

  private static Map<String, String> headers(String... pairs) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.put(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  List<Asked> asked(String request) {
    synchronized (asked) {
      return asked.stream().filter(a -> (a.method() + " " + a.path()).startsWith(request)).toList();
    }
  }

  int queriesCreated() {
    return asked("POST /1/queries/").size();
  }

  int resultsCreated() {
    return asked("POST /1/query_results/").size();
  }

  JsonNode lastQuery() {
    List<Asked> all = asked("POST /1/queries/");
    return all.get(all.size() - 1).body();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      JsonNode body = bytes.length == 0 ? null : read(new String(bytes, StandardCharsets.UTF_8));
      String key = exchange.getRequestHeaders().getFirst("X-Honeycomb-Team");
      Scripted answer;
      synchronized (asked) {
        asked.add(new Asked(method, path, key, body));
        answer = scripted(method + " " + path);
        if (answer == null) {
          answer = usual(method, path, body);
        }
      }
      send(exchange, answer);
    }
  }

  private Scripted scripted(String request) {
    for (var entry : scripts.entrySet()) {
      if (request.startsWith(entry.getKey()) && !entry.getValue().isEmpty()) {
        return entry.getValue().poll();
      }
    }
    return null;
  }

  private Scripted usual(String method, String path, JsonNode body) {
    String[] parts = path.split("/");
    ObjectNode answer = JSON.createObjectNode();
    if (method.equals("GET") && documents.containsKey(path)) {
      return ok(200, documents.get(path));
    }
    if (method.equals("POST") && path.startsWith("/1/queries/")) {
      String id = "q" + (queries.size() + 1);
      queries.put(id, body);
      return ok(200, answer.put("id", id));
    }
    if (method.equals("POST") && path.startsWith("/1/query_results/")) {
      JsonNode query = queries.get(body.path("query_id").asText());
      if (query == null) {
        return new Scripted(404, Map.of(), "{\"error\":\"query not found\"}", 0);
      }
      String id = "r" + (results.size() + 1);
      results.put(id, query);
      return ok(201, answer.put("id", id).put("complete", false));
    }
    if (method.equals("GET") && path.startsWith("/1/query_results/")) {
      return result(parts[parts.length - 1]);
    }
    if (method.equals("POST") && path.startsWith("/1/markers/")) {
      return ok(201, ((ObjectNode) body.deepCopy()).put("id", "d1c84ec0"));
    }
    if (method.equals("PUT") && path.startsWith("/1/markers/")) {
      return ok(200, body);
    }
    return new Scripted(404, Map.of(), "{\"error\":\"not found\"}", 0);
  }

  private Scripted result(String id) {
    JsonNode query = results.get(id);
    if (query == null) {
      return new Scripted(404, Map.of(), "{\"error\":\"result not found\"}", 0);
    }
    ObjectNode answer = JSON.createObjectNode().put("id", id);
    answer.putObject("links").put("query_url", "https://ui.honeycomb.io/team/result/" + id);
    if (looks.merge(id, 1, Integer::sum) <= looksBeforeComplete) {
      return ok(200, answer.put("complete", false));
    }
    ArrayNode list = answer.put("complete", true).putObject("data").putArray("results");
    rows.apply(query).forEach(row -> list.addObject().set("data", JSON.valueToTree(row)));
    return ok(200, answer);
  }

  private static Scripted ok(int status, JsonNode body) {
    return new Scripted(status, Map.of("Content-Type", "application/json"), body.toString(), 0);
  }

  private static void send(HttpExchange exchange, Scripted answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] out = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), out.length == 0 ? -1 : out.length + answer.cut());
    exchange.getResponseBody().write(out);
    exchange.getResponseBody().flush();
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
