package io.jenkins.plugins.canarygate.host;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens watches as streams over the HTTP client of fabric8's client. Its own watches are not used:
 * they begin with a WebSocket, which hangs behind a proxy that answers with a stream, they hide why
 * a stream was refused, and each parses whole objects. A watch begins with a list of at most one
 * object, for the place to begin at; without one a server sends every object there is.
 */
final class HttpWatches implements WatchConnector {
  /** How long a server is asked to keep a watch open. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  // All waiting and trying again is ours.
  private static final RequestConfig ONCE =
      new RequestConfigBuilder()
          .withRequestRetryBackoffLimit(0)
          .withRequestTimeout((int) ANSWER.toMillis())
          .build();

  @Override
  public Connection open(Selection selection, Optional<String> from, Events events)
      throws WatchFailure {
    try {
      String begin = from.isPresent() ? from.get() : now(selection);
      events.at(begin);
      return stream(selection, begin, new WatchLines(events), events);
    } catch (KubernetesClientException e) {
      throw failure(e.getCode(), Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw WatchFailure.lost();
    } catch (RuntimeException e) {
      // An answer that is no list, or no JSON at all: as good as none.
      throw WatchFailure.lost();
    }
  }

  private static String now(Selection selection) {
    ListOptionsBuilder one = new ListOptionsBuilder().withLimit(1L);
    selection.name().ifPresent(name -> one.withFieldSelector("metadata.name=" + name));
    WakeUps.Kind kind = selection.kind();
    var objects =
        selection
            .client()
            .newClient(ONCE)
            .adapt(KubernetesClient.class)
            .genericKubernetesResources(
                new ResourceDefinitionContext.Builder()
                    .withGroup(kind.group())
                    .withVersion(kind.version())
                    .withKind(kind.kind())
                    .withPlural(kind.plural())
                    .withNamespaced(true)
                    .build());
    return (selection.namespace().isEmpty()
            ? objects.inAnyNamespace()
            : objects.inNamespace(selection.namespace()))
        .list(one.build())
        .getMetadata()
        .getResourceVersion();
  }

  /**
   * Opens the stream of a watch.
   *
   * @param begin where to begin
   * @param lines takes what comes
   * @param events is told of the end
   */
  static Connection stream(Selection selection, String begin, EventLines lines, Events events)
      throws WatchFailure, InterruptedException {
    // Shares connections and credentials; only the retries are its own.
    HttpClient http = selection.client().getHttpClient().newBuilder().tag(ONCE).build();
    HttpRequest request =
        http.newHttpRequestBuilder().uri(address(selection, begin)).forStreaming().build();
    CompletableFuture<HttpResponse<AsyncBody>> answer =
        http.consumeBytes(
            request,
            (buffers, body) -> {
              if (read(lines, buffers)) {
                body.consume();
              } else {
                body.cancel();
              }
            });
    Connection connection = () -> close(answer);
    Optional<HttpResponse<AsyncBody>> head = head(answer);
    if (head.isPresent() && !head.get().isSuccessful()) {
      close(answer);
      throw failure(head.get().code(), Optional.ofNullable(head.get().header("Retry-After")));
    }
    // Where the head is still to come (a proxy may hold it back until the first event), the stream
    // is believed to be open.
    answer.whenComplete(
        (response, failed) -> {
          if (response == null || !response.isSuccessful()) {
            events.ended(WatchFailure.lost());
            return;
          }
          response.body().done().whenComplete((end, broken) -> events.ended(lines.end()));
          response.body().consume();
        });
    return connection;
  }

  private static boolean read(EventLines lines, Iterable<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (!lines.read(buffer)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<HttpResponse<AsyncBody>> head(
      CompletableFuture<HttpResponse<AsyncBody>> answer) throws WatchFailure, InterruptedException {
    try {
      return Optional.of(answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (ExecutionException | CancellationException failed) {
      throw WatchFailure.lost();
    }
  }

  private static void close(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    answer.whenComplete(
        (response, failed) -> {
          if (response != null) {
            response.body().cancel();
          }
        });
    answer.cancel(true);
  }

  private static java.net.URI address(Selection selection, String begin) {
    WakeUps.Kind kind = selection.kind();
    String root = selection.client().getMasterUrl().toString();
    StringBuilder address =
        new StringBuilder(root.endsWith("/") ? root : root + "/")
            .append(kind.group().isEmpty() ? "api/" : "apis/" + kind.group() + "/")
            .append(kind.version())
            .append('/')
            .append(
                selection.namespace().isEmpty()
                    ? ""
                    : "namespaces/" + encoded(selection.namespace()) + "/")
            .append(kind.plural())
            .append("?watch=true&allowWatchBookmarks=true&timeoutSeconds=")
            .append(LONGEST.toSeconds());
    if (begin != null) {
      address.append("&resourceVersion=").append(encoded(begin));
    }
    selection
        .name()
        .ifPresent(
            name -> address.append("&fieldSelector=").append(encoded("metadata.name=" + name)));
    return java.net.URI.create(address.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static WatchFailure failure(int code, Optional<String> retryAfter) {
    WatchFailure.Kind kind =
        switch (code) {
          case HttpURLConnection.HTTP_GONE -> WatchFailure.Kind.GONE;
          case HttpURLConnection.HTTP_FORBIDDEN -> WatchFailure.Kind.FORBIDDEN;
          default -> WatchFailure.Kind.LOST;
        };
    return new WatchFailure(
        kind,
        retryAfter
            .filter(seconds -> seconds.matches("[0-9]{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
  }
}
