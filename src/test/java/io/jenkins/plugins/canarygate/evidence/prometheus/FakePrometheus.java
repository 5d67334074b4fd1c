package io.jenkins.plugins.canarygate.evidence.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A Prometheus on a loopback port that answers as it is told: for what a real one rarely does. */
public final class FakePrometheus implements AutoCloseable {
  static {
    // Without it each answer of the JDK's server waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** What came in. */
  public record Asked(
      String method, String path, Map<String, String> form, Map<String, String> headers) {
    public String query() {
      return form.get("query");
    }
  }

  private record Scripted(int status, Map<String, String> headers, String body, int cut) {}

  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();
  private final Deque<Scripted> scripts = new ArrayDeque<>();
  private Function<String, String> answers = query -> vector();
  private Function<Asked, Scripted> ranges = asked -> new Scripted(200, Map.of(), matrix(), 0);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private boolean postAllowed = true;

  public FakePrometheus() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** An instant vector of series, each {@code {"pod":"a"}=0.5}. */
  public static String vector(String... series) {
    List<String> items = new ArrayList<>();
    for (String one : series) {
      int sign = one.lastIndexOf('=');
      items.add(
          "{\"metric\":"
              + one.substring(0, sign)
              + ",\"value\":[1.5,\""
              + one.substring(sign + 1)
              + "\"]}");
    }
    return success("vector", "[" + String.join(",", items) + "]");
  }

  static String scalar(String value) {
    return success("scalar", "[1.5,\"" + value + "\"]");
  }

  /** Series over time, each {@code {"pod":"a"}=1772618500:0.5,1772618506:NaN}. */
  public static String matrix(String... series) {
    List<String> items = new ArrayList<>();
    for (String one : series) {
      int sign = one.lastIndexOf('=');
      List<String> samples = new ArrayList<>();
      for (String sample : one.substring(sign + 1).split(",")) {
        String[] parts = sample.split(":", 2);
        samples.add("[" + parts[0] + ",\"" + parts[1] + "\"]");
      }
      items.add(
          "{\"metric\":"
              + one.substring(0, sign)
              + ",\"values\":["
              + String.join(",", samples)
              + "]}");
    }
    return success("matrix", "[" + String.join(",", items) + "]");
  }

  static String success(String type, String result) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\""
        + type
        + "\",\"result\":"
        + result
        + "}}";
  }

  static String error(String type, String text) {
    return "{\"status\":\"error\",\"errorType\":\"" + type + "\",\"error\":\"" + text + "\"}";
  }

  /** What each query gives. */
  public FakePrometheus answers(Function<String, String> byQuery) {
    answers = byQuery;
    return this;
  }

  public FakePrometheus answer(String body) {
    return answers(query -> body);
  }

  /** What each query over a range gives. */
  public FakePrometheus ranges(Function<Asked, String> byRequest) {
    ranges = asked -> new Scripted(200, Map.of(), byRequest.apply(asked), 0);
    return this;
  }

  FakePrometheus range(String body) {
    return ranges(asked -> body);
  }

  /** Queries over a range fail so. */
  FakePrometheus rangesFail(int status, String body) {
    ranges = asked -> new Scripted(status, Map.of(), body, 0);
    return this;
  }

  /** Queries over a range are not answered before this is closed. */
  FakePrometheus rangesHang() {
    ranges =
        asked -> {
          try {
            hanging.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Scripted(503, Map.of(), "", 0);
        };
    return this;
  }

  /** Answers the next request otherwise. */
  public FakePrometheus once(int status, String body, String... headers) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return once(new Scripted(status, map, body, 0));
  }

  /** Promises more than it sends, and hangs up. */
  FakePrometheus onceCutShort(String body) {
    return once(new Scripted(200, Map.of(), body, 100));
  }

  private FakePrometheus once(Scripted scripted) {
    synchronized (asked) {
      scripts.add(scripted);
    }
    return this;
  }

  FakePrometheus getAlone() {
    postAllowed = false;
    return this;
  }

  public List<Asked> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  /** The queries over a range that came in. */
  List<Asked> askedRanges() {
    return asked().stream().filter(FakePrometheus::isRange).toList();
  }

  private static boolean isRange(Asked asked) {
    return asked.path().endsWith("/api/v1/query_range");
  }

  List<String> queries() {
    return asked().stream().map(Asked::query).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String raw = exchange.getRequestURI().getRawQuery();
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
      Asked one =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              form(raw == null ? body : raw),
              headers);
      Scripted scripted;
      synchronized (asked) {
        asked.add(one);
        scripted = scripts.poll();
      }
      if (scripted == null) {
        scripted =
            one.method().equals("POST") && !postAllowed
                ? new Scripted(405, Map.of("Allow", "GET"), "", 0)
                : isRange(one)
                    ? ranges.apply(one)
                    : new Scripted(200, Map.of(), answers.apply(one.query()), 0);
      }
      send(exchange, scripted);
    }
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static void send(HttpExchange exchange, Scripted answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] out = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), out.length == 0 ? -1 : out.length + answer.cut());
    exchange.getResponseBody().write(out);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    hanging.countDown();
    server.stop(0);
  }
}
