package io.jenkins.plugins.canarygate.sandbox;

import static io.jenkins.plugins.canarygate.sandbox.Step.pause;
import static io.jenkins.plugins.canarygate.sandbox.Step.setWeight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watches over the wire. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WatchTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final SandboxCluster cluster = new SandboxCluster(clock);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    cluster.close();
  }

  private BufferedReader watch(String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    cluster.url()
                        + "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts?watch=true&"
                        + query))
            .header("Authorization", "Bearer " + cluster.token())
            .build();
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  private static JsonNode next(BufferedReader watch) throws IOException {
    return Json.MAPPER.readTree(watch.readLine());
  }

  private SandboxRollout checkout() {
    return cluster
        .rollout("shop", "checkout")
        .canary()
        .steps(setWeight(20), pause())
        .create()
        .deploy("registry.example/app:2");
  }

  @Test
  void withoutAVersionItBeginsWithWhatIsThere() throws Exception {
    SandboxRollout rollout = checkout();
    try (BufferedReader watch = watch("fieldSelector=metadata.name%3Dcheckout")) {
      JsonNode first = next(watch);
      assertThat(first.path("type").asText()).isEqualTo("ADDED");
      assertThat(first.path("object")).isEqualTo(rollout.object());

      rollout.pauseByPerson();
      JsonNode second = next(watch);
      assertThat(second.path("type").asText()).isEqualTo("MODIFIED");
      assertThat(second.at("/object/spec/paused").asBoolean()).isTrue();

      rollout.delete();
      JsonNode event = next(watch);
      while (!event.path("type").asText().equals("DELETED")) {
        event = next(watch);
      }
      assertThat(event.at("/object/metadata/name").asText()).isEqualTo("checkout");
    }
  }

  @Test
  void fromAVersionItTellsWhatHappenedSince() throws Exception {
    SandboxRollout rollout = checkout();
    String version = rollout.resourceVersion();
    rollout.abortByPerson();
    cluster.rollout("shop", "cart").canary().steps(pause()).create();

    try (BufferedReader watch =
        watch("fieldSelector=metadata.name%3Dcheckout&resourceVersion=" + version)) {
      assertThat(next(watch).at("/object/status/abort").asBoolean()).isTrue();
      assertThat(next(watch).at("/object/status").has("abortedAt")).isTrue();
    }
  }

  @Test
  void aVersionThatIsTooOldIsGone() throws Exception {
    String version = checkout().resourceVersion();
    cluster.rollout("shop", "cart").canary().steps(pause()).create();
    cluster.compactHistory();

    try (BufferedReader watch = watch("resourceVersion=" + version)) {
      JsonNode event = next(watch);
      assertThat(event.path("type").asText()).isEqualTo("ERROR");
      assertThat(event.at("/object/code").asInt()).isEqualTo(410);
      assertThat(event.at("/object/reason").asText()).isEqualTo("Expired");
      assertThat(event.at("/object/message").asText()).startsWith("too old resource version");
      assertThat(watch.readLine()).isNull();
    }
  }

  @Test
  void aBookmarkComesOnlyToThoseWhoAllowIt() throws Exception {
    checkout();
    try (BufferedReader allows = watch("allowWatchBookmarks=true");
        BufferedReader not = watch("")) {
      next(allows);
      next(not);
      cluster.sendBookmarks();
      SandboxRollout cart = cluster.rollout("shop", "cart").canary().steps(pause()).create();

      JsonNode bookmark = next(allows);
      assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(bookmark.at("/object/metadata/resourceVersion").asLong())
          .isLessThan(Long.parseLong(cart.resourceVersion()));
      assertThat(next(not).path("type").asText()).isEqualTo("ADDED");
    }
  }

  @Test
  void itEndsByItselfAfterItsTimeout() throws Exception {
    try (BufferedReader watch = watch("timeoutSeconds=1")) {
      assertThat(watch.readLine()).isNull();
    }
  }

  @Test
  void droppedWatchesBreakOff() throws Exception {
    checkout();
    try (BufferedReader watch = watch("")) {
      next(watch);
      assertThat(cluster.openWatches()).isEqualTo(1);
      cluster.dropWatches();

      String end;
      try {
        end = watch.readLine();
      } catch (IOException broken) {
        end = null;
      }
      assertThat(end).isNull();
      assertThat(cluster.openWatches()).isZero();
    }
  }

  @Test
  void aLabelThatGoesAwayLooksLikeADeletion() throws Exception {
    SandboxRollout rollout = checkout().patch("{'metadata':{'labels':{'team':'blue'}}}");
    try (BufferedReader watch = watch("labelSelector=team%3Dblue")) {
      assertThat(next(watch).path("type").asText()).isEqualTo("ADDED");
      rollout.patch("{'metadata':{'labels':{'team':'red'}}}");
      assertThat(next(watch).path("type").asText()).isEqualTo("DELETED");
      rollout.patch("{'metadata':{'labels':{'team':'blue'}}}");
      assertThat(next(watch).path("type").asText()).isEqualTo("ADDED");
    }
  }
}
