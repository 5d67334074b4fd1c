package io.jenkins.plugins.canarygate.cli;

import static io.jenkins.plugins.canarygate.sandbox.SandboxKeptn.objective;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.sandbox.SandboxKeptn;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Named checks that have Keptn judge by an Analysis, asked as Argo and Flagger ask. */
@Timeout(120)
class ServeKeptnTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "token-of-a-controller";
  private static final String QUERY = "errors{deployment=\"checkout\"}";
  private static final String ARGO = "/argo/measure?check=objectives&namespace=shop";
  private static final String CHECKS =
      """
      apiVersion: canary-gate/v1
      kind: Checks
      spec:
        arguments: {service: {pattern: "[a-z0-9-]{1,40}"}}
        checks:
          - name: objectives
            keptn:
              analysis:
                namespace: "${namespace}"
                definition: checkout
                recent: 1m
                args: {workload: "${service}"}
              timeout: 1m
      """;

  @TempDir Path folder;
  private CommandBench bench;
  private SandboxKeptn keptn;
  private final List<ServeBench> servers = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
    for (String namespace : List.of("canary-gate", "shop", "cart")) {
      bench.cluster.create(new ObjectKey(Resource.NAMESPACES, "", namespace), Json.object());
    }
    keptn =
        bench
            .cluster
            .keptn("v1")
            .provider("prometheus", "prometheus")
            .template("errors", "prometheus", "errors{deployment=\"{{.workload}}\"}")
            .definition("checkout", 90, 50, objective("errors", "0.05", "0.01"));
    bench.cluster.keptn().answers().value(QUERY, "0.001");
    bench.write("checks.yaml", CHECKS);
    bench.write("tokens", ServeBench.hash(TOKEN) + " shop,cart *\n");
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
    servers.forEach(ServeBench::close);
    bench.close();
  }

  @Test
  void anAnalysisIsCreatedReadAnsweredAndDeletedAgain() throws Exception {
    ServeBench serve = serve();

    HttpResponse<String> answer = serve.get(serve.gate + ARGO + "&service=checkout", TOKEN);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("evidence").booleanValue()).isTrue();
    assertThat(json.path("value").doubleValue()).isEqualTo(1);
    assertThat(json.path("verdict").asText()).isEqualTo("pass");
    assertThat(json.path("detail").asText())
        .startsWith("Keptn's score 1 of 1 (100 %; pass from 90 %, warn from 50 %): errors 0.001 ");
    assertThat(created()).hasSize(1);
    assertThat(created().get(0).at("/metadata/namespace").asText()).isEqualTo("shop");
    assertThat(created().get(0).at("/spec/args/workload").asText()).isEqualTo("checkout");
    assertThat(created().get(0).at("/spec/timeframe/recent").asText()).isEqualTo("60000ms");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void withoutRecentItLooksAtTheWindowOfTheCheck() throws Exception {
    bench.write("checks.yaml", CHECKS.replace("recent: 1m", "definitionNamespace: shop"));
    ServeBench serve = serve();

    JsonNode json = JSON.readTree(serve.get(serve.gate + ARGO + "&service=checkout", TOKEN).body());

    assertThat(json.path("value").doubleValue()).as(json.toString()).isEqualTo(1);
    JsonNode timeframe = created().get(0).at("/spec/timeframe");
    assertThat(timeframe.path("from").asText()).isEqualTo(json.at("/window/from").asText());
    assertThat(timeframe.path("to").asText()).isEqualTo(json.at("/window/to").asText());
    assertThat(
            Duration.between(
                Instant.parse(timeframe.path("from").asText()),
                Instant.parse(timeframe.path("to").asText())))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatKeptnWarnsOfIsAHalfAndWhatItFailsIsZero() throws Exception {
    bench
        .cluster
        .keptn()
        .answers()
        .value("errors{deployment=\"slow\"}", "0.02")
        .value("errors{deployment=\"bad\"}", "0.2");
    ServeBench serve = serve();

    JsonNode warning = JSON.readTree(serve.get(serve.gate + ARGO + "&service=slow", TOKEN).body());
    assertThat(warning.path("value").doubleValue()).isEqualTo(0.5);
    assertThat(warning.path("verdict").asText()).isEqualTo("warn");

    JsonNode failure = JSON.readTree(serve.get(serve.gate + ARGO + "&service=bad", TOKEN).body());
    assertThat(failure.path("evidence").booleanValue()).isTrue();
    assertThat(failure.path("value").doubleValue()).isZero();
    assertThat(failure.path("verdict").asText()).isEqualTo("fail");
  }

  @Test
  void flaggerIsAnsweredTheSameAsASample() throws Exception {
    bench.cluster.keptn().answers().value("errors{deployment=\"bad\"}", "0.2");
    ServeBench serve = serve();

    assertThat(sample(serve, "checkout")).isEqualTo("1.0");
    assertThat(sample(serve, "bad")).isEqualTo("0.0");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void whatKeptnLetsPassWithoutEvidenceIsNoEvidenceForArgoAndFlagger() throws Exception {
    bench.cluster.keptn().answers().value(QUERY, "NaN");
    ServeBench serve = serve();

    HttpResponse<String> answer = serve.get(serve.gate + ARGO + "&service=checkout", TOKEN);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).has("value")).isFalse();
    assertThat(answer.body()).contains("no value: Keptn left no readable result");

    JsonNode asked = prometheus(serve, "shop", "checkout");
    assertThat(asked.at("/data/result")).isEmpty();
    assertThat(asked.at("/warnings/0").asText()).contains("Keptn left no readable result");
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void aSourceOfKeptnsThatDoesNotAnswerIsNoEvidenceAndIsNamed() throws Exception {
    bench.cluster.keptn().answers().failure("errors{deployment=\"dark\"}", "connection refused");
    ServeBench serve = serve();

    JsonNode answer = prometheus(serve, "shop", "dark");

    assertThat(answer.at("/data/result")).isEmpty();
    assertThat(answer.at("/warnings/0").asText())
        .isEqualTo(
            "no evidence: not measured yet: Keptn runs the Analysis; it is Progressing: errors:"
                + " connection refused");
  }

  @Test
  void eachNamespaceHasItsOwnDefinitionAndAnalysis() throws Exception {
    ServeBench serve = serve();

    JsonNode answer = prometheus(serve, "cart", "checkout");

    assertThat(answer.at("/data/result")).isEmpty();
    assertThat(answer.at("/warnings/0").asText())
        .contains("not begun, as where there is no AnalysisDefinition checkout");
    assertThat(created().get(0).at("/metadata/namespace").asText()).isEqualTo("cart");
  }

  @Test
  void aMissingRightIsNoEvidenceAndIsNamed() throws Exception {
    bench.cluster.rights().none().grant("metrics.keptn.sh", Set.of("analyses"), Set.of("get"));
    ServeBench serve = serve();

    HttpResponse<String> answer = serve.get(serve.gate + ARGO + "&service=checkout", TOKEN);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).path("why").asText())
        .isEqualTo(
            "not measured yet: the right to create analyses.metrics.keptn.sh in namespace shop is"
                + " missing (403); the Role in docs/install/gate-server/keptn-namespace grants it");
  }

  @Test
  void severalReplicasCreateOneAnalysisAndAnswerTheSame() throws Exception {
    ServeBench one = serve();
    ServeBench other = serve();

    JsonNode first = JSON.readTree(one.get(one.gate + ARGO + "&service=checkout", TOKEN).body());
    JsonNode second =
        JSON.readTree(other.get(other.gate + ARGO + "&service=checkout", TOKEN).body());

    assertThat(second.path("at")).isEqualTo(first.path("at"));
    assertThat(second.path("verdict").asText()).isEqualTo("pass");
    assertThat(created()).hasSize(1);
  }

  @Test
  void aReplicaThatIsStoppedInTheMiddleTakesItsAnalysisWithIt() throws Exception {
    bench.cluster.keptn().stop();
    ServeBench serve = serve();
    CompletableFuture<Void> there = onCreated();
    CompletableFuture<HttpResponse<String>> asked = asking(serve, "checkout");
    there.get(20, TimeUnit.SECONDS);

    serve.terminate().get(20, TimeUnit.SECONDS);

    HttpResponse<String> answer = asked.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(created()).hasSize(1);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void whatAKilledReplicaLeftIsDeletedByTheNextMeasurementOnceNobodyCanWantItAnyMore()
      throws Exception {
    bench.cluster.keptn().stop();
    CompletableFuture<Void> there = onCreated();
    Process killed = process();
    String gate =
        await(killed, "for probes, Prometheus").replaceAll(".*listening at (\\S+) .*", "$1");
    ServeBench young = serve();
    CompletableFuture.runAsync(() -> ignoringFailure(young, gate + ARGO + "&service=checkout"));
    there.get(30, TimeUnit.SECONDS);
    killed.destroyForcibly().waitFor();
    assertThat(keptn.analyses()).hasSize(1);
    String left = keptn.analyses().get(0).at("/metadata/name").asText();
    bench.cluster.keptn().answers().value("errors{deployment=\"cart\"}", "0.001");
    bench.cluster.keptn().start();

    // It may still be wanted, as far as another replica knows: it is left alone.
    assertThat(young.get(young.gate + ARGO + "&service=cart", TOKEN).statusCode()).isEqualTo(200);
    assertThat(keptn.analyses()).hasSize(1);
    ServeBench later = serve(() -> Instant.now().plus(Duration.ofMinutes(14)));
    HttpResponse<String> answer = later.get(later.gate + ARGO + "&service=checkout", TOKEN);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(created()).hasSize(3);
    assertThat(created().get(2).at("/metadata/name").asText()).isNotEqualTo(left);
    assertThat(keptn.analyses()).isEmpty();
  }

  @Test
  void whatWouldNeverGetOldOrNeverGoAwayIsRefusedAtTheStart() {
    bench.write(
        "checks.yaml",
        CHECKS
            .replace("timeout: 1m", "keep: true")
            .concat(
                """
                    - name: nightly
                      keptn: {analysis: {namespace: shop, name: "nightly-${service}"}}
                """));

    int code =
        bench.run(
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--flagger-listen",
            "127.0.0.1:0",
            "--checks",
            folder.resolve("checks.yaml").toString());

    assertThat(code).isEqualTo(2);
    assertThat(bench.err())
        .contains("spec.checks[0].keptn.keep: each measurement would leave an Analysis behind")
        .contains("spec.checks[1].keptn.analysis.name: an Analysis is completed once, so that its");
  }

  private ServeBench serve() {
    return serve(InstantSource.system());
  }

  private ServeBench serve(InstantSource clock) {
    ServeBench serve = ServeBench.start(folder, bench.env, clock, flags());
    servers.add(serve);
    return serve;
  }

  private String[] flags() {
    return new String[] {
      "--checks",
      folder.resolve("checks.yaml").toString(),
      "--token-file",
      folder.resolve("tokens").toString(),
      "--checks-namespace",
      "canary-gate"
    };
  }

  /** A replica that can be killed. */
  private Process process() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("serve", "--listen", "127.0.0.1:0", "--flagger-listen", "127.0.0.1:0"));
    command.addAll(List.of(flags()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(bench.env);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static String await(Process process, String part) throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) {
        return line;
      }
    }
    throw new IOException("it ended without saying " + part);
  }

  /** Completes when the API server is asked to create an Analysis and has answered. */
  private CompletableFuture<Void> onCreated() {
    CompletableFuture<Void> there = new CompletableFuture<>();
    bench
        .cluster
        .store()
        .listen(
            change -> {
              if (change.after().key().resource().plural().equals("analyses")) {
                there.complete(null);
              }
            });
    return there;
  }

  private static CompletableFuture<HttpResponse<String>> asking(ServeBench serve, String service) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return serve.get(serve.gate + ARGO + "&service=" + service, TOKEN);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** A question to a replica that dies over it. */
  private static void ignoringFailure(ServeBench http, String url) {
    try {
      http.get(url, TOKEN);
    } catch (Exception expected) {
      // The connection breaks.
    }
  }

  private String sample(ServeBench serve, String service) throws Exception {
    return prometheus(serve, "shop", service).at("/data/result/0/value/1").textValue();
  }

  private static JsonNode prometheus(ServeBench serve, String namespace, String service)
      throws Exception {
    String query = "objectives{namespace=\"%s\",service=\"%s\"}".formatted(namespace, service);
    return JSON.readTree(
        serve
            .get(
                serve.gate
                    + "/prometheus/api/v1/query?query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8),
                TOKEN)
            .body());
  }

  /** The Analyses that were asked for, the oldest first. */
  private List<JsonNode> created() throws Exception {
    List<JsonNode> bodies = new ArrayList<>();
    for (var request : bench.cluster.writes()) {
      if (request.method().equals("POST") && request.path().endsWith("/analyses")) {
        bodies.add(JSON.readTree(request.body()));
      }
    }
    return bodies;
  }
}
