package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.sandbox.RealPrometheus;
import io.jenkins.plugins.canarygate.sandbox.Sandbox;
import io.jenkins.plugins.canarygate.sandbox.SandboxExporter;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command against a real Prometheus, which scrapes the pods of the sandbox's rollouts: what it
 * judges by is what the sandbox served.
 */
@Timeout(300)
class PrometheusGateIT {
  /** A window of 20 s that ends 30 s ago, and some. */
  private static final int SCRAPES = 56;

  @TempDir static Path folder;
  private static final ScheduledExecutorService TICKS = Executors.newScheduledThreadPool(1);
  private static Sandbox sandbox;
  private static SandboxExporter exporter;
  private static RealPrometheus prometheus;
  private static SandboxRollout good;
  private static SandboxRollout bad;

  @BeforeAll
  static void twoCanariesAndAPrometheus() throws Exception {
    RealPrometheus.assumeInstalled();
    sandbox = new Sandbox(InstantSource.system());
    TICKS.scheduleWithFixedDelay(sandbox.cluster()::tick, 200, 200, TimeUnit.MILLISECONDS);
    exporter = new SandboxExporter(InstantSource.system());
    good = waiting("checkout", 0.002);
    bad = waiting("cart", 0.08);
    prometheus = RealPrometheus.start(folder, "1s", Optional.empty(), exporter.target());
    Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: sandbox, user: ci}}]
        clusters: [{name: sandbox, cluster: {server: "%s"}}]
        users: [{name: ci, user: {token: %s}}]
        """
            .formatted(sandbox.cluster().url(), sandbox.cluster().token()));
    exporter.awaitScrapes(SCRAPES, Duration.ofSeconds(120));
  }

  private static SandboxRollout waiting(String name, double errors) {
    SandboxRollout rollout =
        sandbox.waiting("shop", name, Instant.now().minusSeconds(600), 0.001, errors);
    exporter.pod(name + "-" + rollout.stableHash() + "-aaaaa", 500, 0.001);
    exporter.pod(name + "-" + rollout.currentHash() + "-bbbbb", 100, errors);
    return rollout;
  }

  @AfterAll
  static void close() {
    TICKS.shutdownNow();
    if (prometheus != null) {
      prometheus.close();
    }
    if (exporter != null) {
      exporter.close();
      sandbox.close();
    }
  }

  private record Said(int code, String out, String err) {
    JsonNode measurement() throws Exception {
      return new ObjectMapper().readTree(out).findPath("measurements").path(0);
    }
  }

  private static Said run(String command, SandboxRollout rollout, String... more) throws Exception {
    Path gate =
        Files.writeString(
            folder.resolve("gate.yaml"),
            """
            apiVersion: canary-gate/v1
            kind: Gate
            metadata: {name: %1$s}
            spec:
              rollout:
                argo: {namespace: shop, name: %1$s}
                revision: {image: "registry.example/%1$s:2"}
              checks:
                - name: error rate
                  prometheus:
                    query: >-
                      sum(rate(http_requests_total{code="500", pod=~"${cohort.pods}"}[${window}]))
                      / sum(rate(http_requests_total{pod=~"${cohort.pods}"}[${window}]))
                    samples: sum(increase(http_requests_total{pod=~"${cohort.pods}"}[${window}]))
                    fresh:
                      selector: http_requests_total{pod=~"${cohort.pods}"}
                      maxAge: 15s
                  fail: [{value: "> 5%%"}, {ratio: "> 20"}]
                  window: 20s
                  minimumSamples: 500
            """
                .formatted(rollout.name()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = new String[more.length + 2];
    words[0] = command;
    words[1] = gate.toString();
    System.arraycopy(more, 0, words, 2, more.length);
    int code =
        Main.run(
            words,
            Surroundings.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(
                    "KUBECONFIG", folder.resolve("kubeconfig").toString(),
                    "PROMETHEUS_URL", prometheus.url())));
    return new Said(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void planRunsEachQueryOnce() throws Exception {
    Said said = run("plan", good);
    assertThat(said.code()).as(said.out()).isZero();
    assertThat(said.out())
        .contains("prometheus: server: 127.0.0.1 answers")
        .containsPattern("check 'error rate': query gives 1 series, \\{\\}; the first is 0\\.00")
        .contains("samples gives 1 series")
        .containsPattern("fresh.selector gives 4 series, http_requests_total\\{code=\"200\"");
  }

  @Test
  void checkJudgesByWhatTheSandboxServed() throws Exception {
    Said said = run("check", bad, "--output", "json");
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(10);
    JsonNode measured = said.measurement();
    Instant from = Instant.parse(measured.at("/window/from").asText());
    Instant to = Instant.parse(measured.at("/window/to").asText());
    SandboxExporter.Growth canary =
        exporter.served("cart-" + bad.currentHash() + "-bbbbb", from, to);
    SandboxExporter.Growth stable =
        exporter.served("cart-" + bad.stableHash() + "-aaaaa", from, to);
    assertThat(Duration.between(from, to)).isEqualTo(Duration.ofSeconds(20));
    assertThat(measured.path("value").asDouble()).isCloseTo(canary.errorRate(), within(0.004));
    assertThat(measured.path("stableValue").asDouble())
        .isCloseTo(stable.errorRate(), within(0.0004));
    assertThat(measured.path("samples").asDouble()).isCloseTo(2000, within(200.0));
    assertThat(measured.path("link").asText()).startsWith(prometheus.url() + "/graph?g0.expr=");
    plottedUpToWhatWasJudged(measured, from, to);
  }

  /** Five points of each cohort, all with values; the last are the values that were judged. */
  private static void plottedUpToWhatWasJudged(JsonNode measured, Instant from, Instant to) {
    JsonNode series = measured.path("series");
    long step = series.path("stepSeconds").asLong();
    assertThat(Instant.parse(series.path("from").asText())).isEqualTo(from);
    assertThat(from.plusSeconds(4 * step)).isEqualTo(to);
    assertThat(series.path("percent").asBoolean()).isTrue();
    for (String cohort : List.of("value", "stableValue")) {
      JsonNode line = series.path(cohort + "s");
      assertThat(line).hasSize(5).allMatch(JsonNode::isNumber);
      double judged = measured.path(cohort).asDouble();
      assertThat(line.path(4).asDouble()).isCloseTo(judged, within(judged / 10_000));
    }
  }

  @Test
  void runPromotesTheGoodCanary() throws Exception {
    Said said = run("run", good);
    assertThat(said.code()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("checkout: PASS, promoted");
  }
}
