package io.jenkins.plugins.canarygate.rollout.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** An API server on loopback that knows merge patches, resourceVersion and little else. */
final class FakeApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it came. */
  record Request(String method, String uri, String body) {}

  private final HttpServer server;
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();
  final List<Request> requests = new ArrayList<>();
  private Predicate<String> allowed = right -> true;
  private boolean served = true;
  private int version = 100;

  FakeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(pool);
    server.start();
  }

  KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withRequestTimeout(2000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  synchronized void put(String path, ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.withObjectProperty("metadata").put("resourceVersion", String.valueOf(++version));
    objects.put(path, copy);
  }

  synchronized void remove(String path) {
    objects.remove(path);
  }

  synchronized ObjectNode get(String path) {
    return objects.get(path);
  }

  /** The next patch is answered so. */
  synchronized void refuseNextPatch(int code) {
    refusals.add(code);
  }

  /** Which rights an access review grants, each as {@code patch canaries}. */
  synchronized void allow(Predicate<String> rights) {
    allowed = rights;
  }

  synchronized void notServed() {
    served = false;
  }

  synchronized List<Request> patches() {
    return requests.stream().filter(request -> request.method().equals("PATCH")).toList();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body));
    if (exchange.getRequestMethod().equals("PATCH")) {
      patch(exchange, path, JSON.readTree(body));
    } else if (path.endsWith("/selfsubjectaccessreviews")) {
      JsonNode asked = JSON.readTree(body).at("/spec/resourceAttributes");
      String right = asked.path("verb").asText() + " " + asked.path("resource").asText();
      send(exchange, 201, "{\"status\":{\"allowed\":" + allowed.test(right) + "}}");
    } else if (path.equals("/version")) {
      send(exchange, 200, "{\"gitVersion\":\"v1.34.4\"}");
    } else if (path.equals("/apis/flagger.app/v1beta1") && served) {
      send(exchange, 200, "{\"resources\":[{\"name\":\"canaries\"}]}");
    } else if (!served && path.startsWith("/apis/flagger.app")) {
      send(exchange, 404, "404 page not found");
    } else if (objects.containsKey(path)) {
      send(exchange, 200, objects.get(path).toString());
    } else {
      send(exchange, 404, notFound(path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private void patch(HttpExchange exchange, String path, JsonNode patch) throws IOException {
    ObjectNode object = objects.get(path);
    Integer refusal = refusals.poll();
    if (refusal != null) {
      send(exchange, refusal, "{\"message\":\"refused\"}");
      return;
    }
    String wanted = patch.at("/metadata/resourceVersion").asText();
    if (!wanted.equals(object.at("/metadata/resourceVersion").asText())) {
      send(exchange, 409, "{\"reason\":\"Conflict\",\"message\":\"it was modified\"}");
      return;
    }
    ObjectNode annotations =
        object.withObjectProperty("metadata").withObjectProperty("annotations");
    patch
        .at("/metadata/annotations")
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNull()) {
                annotations.remove(field.getKey());
              } else {
                annotations.set(field.getKey(), field.getValue());
              }
            });
    put(path, object);
    send(exchange, 200, objects.get(path).toString());
  }

  private static String notFound(String name) {
    ObjectNode status = JSON.createObjectNode();
    status.put("kind", "Status").put("reason", "NotFound").put("message", name + " not found");
    status.putObject("details").put("name", name);
    return status.toString();
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
