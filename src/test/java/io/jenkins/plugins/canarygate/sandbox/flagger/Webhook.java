package io.jenkins.plugins.canarygate.sandbox.flagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a webhook as Flagger does ({@code controller/webhook.go} and go-retryablehttp), except that
 * it does not wait between tries.
 */
final class Webhook {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final int LAST_YES = 202;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * Asks.
   *
   * @param hook as it stands in the spec
   * @param phase what the payload says; not always the phase of the status
   * @return why the answer is no; empty: yes
   */
  Optional<String> call(CanaryView canary, String phase, JsonNode hook, Optional<JsonNode> more) {
    ObjectNode payload = Json.object();
    payload.put("name", canary.name()).put("namespace", canary.namespace());
    payload.put("phase", phase).put("checksum", Checksums.of(canary));
    JsonNode metadata = more.orElse(hook.path("metadata"));
    if (!metadata.isEmpty()) {
      payload.set("metadata", metadata);
    }
    String error = "";
    for (int tries = 0; tries <= hook.path("retries").asInt(); tries++) {
      try {
        HttpResponse<String> answer = post(hook, Json.bytes(payload));
        int status = answer.statusCode();
        if (status != 429 && (status < 500 || status == 501)) {
          return status > LAST_YES ? Optional.of(answer.body()) : Optional.empty();
        }
        error = "POST " + hook.path("url").asText() + " giving up after " + (tries + 1);
        error += " attempt(s)";
      } catch (IOException | TimeoutException e) {
        error = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
    return Optional.of(error);
  }

  private HttpResponse<String> post(JsonNode hook, byte[] body)
      throws IOException, TimeoutException {
    String text = hook.path("timeout").asText("");
    Duration timeout = Durations.parse(text).orElse(USUAL_TIMEOUT);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hook.path("url").asText()))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Go-http-client/1.1")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      answer.cancel(true);
    }
  }
}
