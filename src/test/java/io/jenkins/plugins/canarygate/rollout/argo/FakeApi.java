package io.jenkins.plugins.canarygate.rollout.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
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
  record Request(String method, String path, String contentType, String body) {}

  /** An answer given in place of the real one. */
  record Canned(int code, String body, Map<String, String> headers) {}

  private final HttpServer server;
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
  private final Deque<Canned> canned = new ArrayDeque<>();
  final List<Request> requests = new ArrayList<>();
  private boolean served = true;
  private Predicate<String> allowed = right -> false;
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

  /** A client whose own retries are on, to show that the driver does not use them. */
  KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withRequestRetryBackoffLimit(5)
            .withRequestRetryBackoffInterval(1)
            .withRequestTimeout(2000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  synchronized void put(String path, ObjectNode object) {
    ((ObjectNode) object.get("metadata")).put("resourceVersion", String.valueOf(++version));
    objects.put(path, object.deepCopy());
  }

  synchronized void remove(String path) {
    objects.remove(path);
  }

  synchronized ObjectNode get(String path) {
    return objects.get(path);
  }

  /** The next request gets this answer; an answer without a code closes the connection. */
  synchronized void answerNext(int code, String body) {
    canned.add(new Canned(code, body, Map.of()));
  }

  synchronized void answerNext(int code, String body, Map<String, String> headers) {
    canned.add(new Canned(code, body, headers));
  }

  synchronized void notServed() {
    served = false;
  }

  /** Which rights an access review grants, each as {@code patch rollouts/status}. */
  synchronized void allow(Predicate<String> rights) {
    allowed = rights;
  }

  synchronized List<Request> patches() {
    return requests.stream().filter(request -> request.method().equals("PATCH")).toList();
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            body));
    Canned next = canned.poll();
    if (next != null) {
      next.headers().forEach(exchange.getResponseHeaders()::add);
      if (next.code() == 0) {
        exchange.close();
        return;
      }
      send(exchange, next.code(), next.body());
    } else if (exchange.getRequestMethod().equals("PATCH")) {
      patch(exchange, path, body);
    } else if (path.endsWith("/selfsubjectaccessreviews")) {
      JsonNode asked = JSON.readTree(body).at("/spec/resourceAttributes");
      String sub = asked.path("subresource").asText("");
      String right =
          asked.path("verb").asText()
              + " "
              + asked.path("resource").asText()
              + (sub.isEmpty() ? "" : "/" + sub);
      send(exchange, 201, "{\"status\":{\"allowed\":" + allowed.test(right) + "}}");
    } else {
      read(exchange, path);
    }
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    if (path.startsWith("/apis/argoproj.io") && !served) {
      send(exchange, 404, "404 page not found\n");
    } else if (path.equals("/apis/argoproj.io/v1alpha1")) {
      send(exchange, 200, "{\"resources\":[{\"name\":\"rollouts\"}]}");
    } else if (objects.containsKey(path)) {
      send(exchange, 200, objects.get(path).toString());
    } else if (path.matches(".*/(replicasets|analysisruns)")) {
      list(exchange, path);
    } else {
      send(exchange, 404, notFound(path));
    }
  }

  private void list(HttpExchange exchange, String path) throws IOException {
    String query = URLDecoder.decode(exchange.getRequestURI().getQuery(), StandardCharsets.UTF_8);
    ObjectNode list = JSON.createObjectNode();
    ArrayNode items = list.putArray("items");
    objects.forEach(
        (key, object) -> {
          String hash =
              object.path("metadata").path("labels").path(ReplicaSetView.HASH).asText("-");
          if (key.startsWith(path + "/") && query.matches(".*[(,=]" + hash + "([,)].*)?")) {
            items.add(object);
          }
        });
    send(exchange, 200, list.toString());
  }

  private void patch(HttpExchange exchange, String path, String body) throws IOException {
    boolean status = path.endsWith("/status");
    String key = status ? path.substring(0, path.length() - "/status".length()) : path;
    ObjectNode object = objects.get(key);
    JsonNode patch = JSON.readTree(body);
    if (object == null) {
      send(exchange, 404, notFound(path));
      return;
    }
    JsonNode wanted = patch.path("metadata").path("resourceVersion");
    if (wanted.isTextual() && !wanted.equals(object.path("metadata").path("resourceVersion"))) {
      send(exchange, 409, status("Conflict", "the object has been modified", ""));
      return;
    }
    ObjectNode merged = object.deepCopy();
    if (status) {
      merge(merged.withObjectProperty("status"), patch.path("status"));
    } else {
      if (patch.has("spec")) {
        ObjectNode metadata = (ObjectNode) merged.get("metadata");
        metadata.put("generation", metadata.path("generation").asInt() + 1);
      }
      ((ObjectNode) patch).remove("status");
      merge(merged, patch);
    }
    put(key, merged);
    send(exchange, 200, objects.get(key).toString());
  }

  private static void merge(ObjectNode into, JsonNode patch) {
    Iterator<Map.Entry<String, JsonNode>> fields = patch.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getValue().isNull()) {
        into.remove(field.getKey());
      } else if (field.getValue().isObject()) {
        merge(into.withObjectProperty(field.getKey()), field.getValue());
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  static String status(String reason, String message, String name) {
    ObjectNode status = JSON.createObjectNode();
    status.put("kind", "Status").put("reason", reason).put("message", message);
    if (!name.isEmpty()) {
      status.putObject("details").put("name", name);
    }
    return status.toString();
  }

  private static String notFound(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return status("NotFound", name + " not found", name);
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
