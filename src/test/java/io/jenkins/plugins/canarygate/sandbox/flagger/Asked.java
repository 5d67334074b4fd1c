package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The webhooks and the Prometheus of a recording: they answer as they did then, one after the
 * other, and tell who asked.
 */
final class Asked implements AutoCloseable {
  private static final String ONLINE = "vector%281%29";

  private final Map<String, Deque<JsonNode>> answers = new HashMap<>();
  private final Told told;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Hears of a call before it is answered. */
  interface Told {
    /**
     * A call.
     *
     * @param name of the webhook, or {@code metric}
     * @param body the payload or the query
     * @param answer the line of the recording with the answer
     */
    void told(String name, JsonNode body, JsonNode answer);
  }

  Asked(Recording recording, Told told) throws IOException {
    this.told = told;
    recording.seen().forEach(this::answer);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(JsonNode line) {
    String name = line.has("measured") ? "metric" : line.path("asked").asText().split(" ")[0];
    answers.computeIfAbsent(name, n -> new ArrayDeque<>()).add(line);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/hooks/")) {
      String hook = path.substring("/hooks/".length());
      JsonNode line = next(hook);
      told.told(hook, Json.read(exchange.getRequestBody().readAllBytes()), line);
      send(exchange, line.path("answer").asInt(200), line.path("body").asText(""));
    } else {
      String query = exchange.getRequestURI().getRawQuery();
      if (query.endsWith(ONLINE)) {
        send(exchange, 200, vector("1"));
        return;
      }
      JsonNode line = next("metric");
      String value = line.path("measured").asText();
      String decoded = exchange.getRequestURI().getQuery().replaceFirst("^query=", "");
      told.told("metric", Json.object().put("query", decoded), line);
      send(exchange, value.equals("500") ? 500 : 200, vector(value));
    }
  }

  private synchronized JsonNode next(String name) {
    Deque<JsonNode> left = answers.getOrDefault(name, new ArrayDeque<>());
    return Optional.<JsonNode>ofNullable(left.poll()).orElseGet(Json::object);
  }

  private static String vector(String value) {
    String one = "{\"metric\":{},\"value\":[1700000000,\"" + value + "\"]}";
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + (value.equals("empty") ? "" : one)
        + "]}}";
  }

  /** An answer below zero is none: the connection is closed. */
  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    if (status < 0) {
      exchange.close();
      throw new IOException("no answer");
    }
    byte[] bytes = status == 204 ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
