package io.jenkins.plugins.canarygate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The same job as people write it today: every five seconds GET the Rollout, and once it is at the
 * pause, PATCH. Each loop begins at a moment of its own, as builds do.
 */
final class PollingLoops implements AutoCloseable {
  private static final long EVERY_MILLIS = 5000;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final Queue<Double> millis = new ConcurrentLinkedQueue<>();
  private final String url;
  private final String token;

  PollingLoops(String url, String token) {
    this.url = url;
    this.token = token;
  }

  void start(String prefix, int namespaces, int each) {
    Random random = new Random(7);
    for (int i = 0; i < namespaces * each; i++) {
      new Loop(prefix + "-" + i % namespaces, "app-" + i / namespaces)
          .begin(random.nextLong(EVERY_MILLIS));
    }
  }

  /** How long each request of theirs took, in milliseconds: what the machine gives at the time. */
  Spread roundTrips() {
    return Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private final class Loop implements Runnable {
    private final String path;
    private volatile Future<?> self;

    Loop(String namespace, String name) {
      path = url + "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/rollouts/" + name;
    }

    void begin(long after) {
      self = threads.scheduleAtFixedRate(this, after, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
      try {
        JsonNode rollout = send(HttpRequest.newBuilder(URI.create(path)).GET());
        JsonNode status = rollout.path("status");
        if (status.path("currentStepIndex").asInt() == SandboxProcess.POINT
            && !status.path("pauseConditions").isEmpty()) {
          String version = rollout.at("/metadata/resourceVersion").asText();
          send(
              HttpRequest.newBuilder(URI.create(path + "/status"))
                  .header("Content-Type", "application/merge-patch+json")
                  .method(
                      "PATCH",
                      HttpRequest.BodyPublishers.ofString(
                          "{\"metadata\":{\"resourceVersion\":\""
                              + version
                              + "\"},\"status\":{\"pauseConditions\":null}}")));
          self.cancel(false);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
      long begin = System.nanoTime();
      byte[] answer =
          http.send(
                  request.header("Authorization", "Bearer " + token).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body();
      millis.add((System.nanoTime() - begin) / 1e6);
      return Json.read(answer);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
