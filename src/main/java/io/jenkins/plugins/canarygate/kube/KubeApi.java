package io.jenkins.plugins.canarygate.kube;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the API server, with the answers as they came. Fabric8's own retries are off,
 * whatever the client was told: a patch must never be repeated behind the engine's back (rule A1).
 */
public final class KubeApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MERGE_PATCH = "application/merge-patch+json";

  /** Objects are at most 1.5 MiB, and lists are of a few. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private static final Duration GRACE = Duration.ofSeconds(2);

  /**
   * What the server answered.
   *
   * @param code the HTTP status
   * @param body the answer as JSON; missing if it was none
   * @param retryAfter how long it asked to wait
   */
  public record Answer(int code, JsonNode body, Optional<Duration> retryAfter) {
    public boolean ok() {
      return code >= 200 && code < 300;
    }

    /** What the server says went wrong, in one line; may be empty. */
    public String message() {
      return body.path("message").asText("").replaceAll("\\s+", " ").strip();
    }
  }

  /** No answer came. The message is one line without a secret. */
  public static final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswerException(String message) {
      super(message);
    }
  }

  private final HttpClient http;
  private final String server;
  private final String shown;
  private final Duration timeout;

  /**
   * @param client a client of the cluster; it is not closed, and its own retries are not used
   */
  public KubeApi(KubernetesClient client) {
    this.http =
        client
            .getHttpClient()
            .newBuilder()
            .tag(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    String url = client.getMasterUrl().toString();
    this.server = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    // An address may hold a name and a password.
    this.shown = server.replaceFirst("(?<=//)[^/@]*@", "");
    Integer millis = client.getConfiguration().getRequestTimeout();
    this.timeout = Duration.ofMillis(millis == null || millis <= 0 ? 10_000 : millis);
  }

  /** The server's address, for messages. */
  public String server() {
    return shown;
  }

  public Answer get(String path) throws NoAnswerException {
    return send(http.newHttpRequestBuilder().uri(server + path));
  }

  public Answer patch(String path, JsonNode body) throws NoAnswerException {
    return send(
        http.newHttpRequestBuilder().uri(server + path).patch(MERGE_PATCH, body.toString()));
  }

  public Answer post(String path, JsonNode body) throws NoAnswerException {
    return send(
        http.newHttpRequestBuilder()
            .uri(server + path)
            .method("POST", "application/json", body.toString()));
  }

  public Answer delete(String path) throws NoAnswerException {
    return delete(path, JsonNodeFactory.instance.objectNode());
  }

  /**
   * @param options DeleteOptions, as {@code {"preconditions":{"uid":"…"}}}
   */
  public Answer delete(String path, JsonNode options) throws NoAnswerException {
    return send(
        http.newHttpRequestBuilder()
            .uri(server + path)
            .delete("application/json", options.toString()));
  }

  /** A text as one part of an address. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Answer send(HttpRequest.Builder builder) throws NoAnswerException {
    HttpRequest request =
        builder
            .header("Accept", "application/json")
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    BoundedBody body = new BoundedBody(LARGEST);
    CompletableFuture<HttpResponse<AsyncBody>> pending = http.consumeBytes(request, body);
    try {
      // The client's own timeout comes first; this one holds should it not.
      HttpResponse<AsyncBody> response =
          pending
              .thenCompose(body::read)
              .get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      if (body.tooLarge()) {
        throw new NoAnswerException(
            "the answer from " + shown + " is larger than " + LARGEST / 1024 / 1024 + " MiB");
      }
      return new Answer(response.code(), json(body.bytes()), retryAfter(response));
    } catch (InterruptedException e) {
      body.giveUp(pending);
      Thread.currentThread().interrupt();
      throw new NoAnswerException("interrupted while waiting for " + shown);
    } catch (TimeoutException e) {
      body.giveUp(pending);
      throw new NoAnswerException(
          "no answer from "
              + shown
              + " within "
              + timeout.toSeconds()
              + " s; look at the network and at proxies in between");
    } catch (ExecutionException e) {
      throw new NoAnswerException("no answer from " + shown + ": " + NoAnswer.why(e));
    }
  }

  private static JsonNode json(byte[] body) {
    if (body == null || body.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode tree = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    String value = response.header("Retry-After");
    if (value == null || !value.strip().matches("\\d{1,6}")) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(value.strip())));
  }
}
