package io.jenkins.plugins.canarygate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A plain client, so that a test sees what goes over the wire. */
final class Http {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final Map<String, String> headers;

  Http(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = headers;
  }

  static Http of(SandboxCluster cluster) {
    return new Http(cluster.url(), Map.of("Authorization", "Bearer " + cluster.token()));
  }

  static Http of(SandboxHoneycomb honeycomb) {
    return new Http(honeycomb.url(), Map.of("X-Honeycomb-Team", honeycomb.key()));
  }

  /** What came back. */
  record Reply(int status, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + response.body(), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, "");
  }

  Reply send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    headers.forEach(request::header);
    if (type != null) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), response);
  }

  Reply merge(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, "application/merge-patch+json", body);
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, "application/json", body);
  }
}
