package io.jenkins.plugins.canarygate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.canarygate.sandbox.SandboxHoneycomb;
import io.jenkins.plugins.canarygate.sandbox.http.Call;
import io.jenkins.plugins.canarygate.sandbox.http.Fault;
import io.jenkins.plugins.canarygate.sandbox.http.Json;
import io.jenkins.plugins.canarygate.sandbox.kube.ObjectKey;
import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gate server answers Argo's web provider and Flagger's prometheus provider. */
@Timeout(120)
class ServeChecksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "token-of-argo-in-shop";
  private static final String OTHER = "token-of-flagger-everywhere";
  private static final String CHECKS =
      """
      apiVersion: canary-gate/v1
      kind: Checks
      spec:
        arguments: {service: {pattern: "[a-z0-9-]{1,40}"}}
        checks:
          - name: error-rate
            honeycomb: {dataset: "${service}", query: {calculations: [{op: AVG, column: error}]}}
            minimumSamples: 100
          - name: failures
            honeycomb:
              dataset: checkout
              query:
                calculations: [{op: AVG, column: error}]
                filters: [{column: k8s.namespace.name, op: "=", value: "${namespace}"}]
          - name: latency
            keptn: {metric: {namespace: shop, name: "${service}-p95"}}
      """;

  @TempDir Path folder;
  private CommandBench bench;
  private SandboxHoneycomb honeycomb;
  private final List<ServeBench> servers = new ArrayList<>();

  @BeforeEach
  void begin() {
    bench = new CommandBench(folder);
    bench.cluster.create(new ObjectKey(Resource.NAMESPACES, "", "canary-gate"), Json.object());
    honeycomb = new SandboxHoneycomb(InstantSource.system());
    for (String dataset : List.of("checkout", "cart")) {
      honeycomb
          .dataset(dataset)
          .service("k8s.namespace.name", "shop", Instant.now().minusSeconds(3600))
          .perMinute(600)
          .errorRate(0.02);
    }
    honeycomb.dataset("quiet");
    bench.env.put("HONEYCOMB_API_URL", honeycomb.url());
    bench.env.put("HONEYCOMB_API_KEY", honeycomb.key());
    bench.write("checks.yaml", CHECKS);
    bench.write(
        "tokens",
        ServeBench.hash(TOKEN) + " shop error-rate\n" + ServeBench.hash(OTHER) + " shop,cart *\n");
  }

  @AfterEach
  void end() {
    servers.forEach(ServeBench::close);
    honeycomb.close();
    bench.close();
  }

  @Test
  void argoIsAnsweredAValueWithAllThatStandsBehindIt() throws Exception {
    ServeBench serve = serve();
    HttpResponse<String> answer =
        serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", TOKEN);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("evidence").booleanValue()).isTrue();
    assertThat(json.path("value").isNumber()).isTrue();
    assertThat(json.path("value").doubleValue()).isBetween(0.019, 0.021);
    assertThat(json.path("samples").intValue()).isEqualTo(3000);
    assertThat(json.path("age").intValue()).isBetween(0, 10);
    assertThat(Instant.parse(json.path("at").asText())).isBefore(Instant.now());
    assertThat(
            Duration.between(
                Instant.parse(json.at("/window/from").asText()),
                Instant.parse(json.at("/window/to").asText())))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(json.path("link").asText()).startsWith("http");
    assertThat(json.path("check").asText()).isEqualTo("error-rate");
    assertThat(json.at("/arguments/service").asText()).isEqualTo("checkout");
  }

  @Test
  void aMetricOfKeptnIsAnsweredAndOneThatIsNotThereIsNoEvidence() throws Exception {
    bench.cluster.keptn().answers().value("p95", "0.25");
    bench
        .cluster
        .keptn("v1")
        .provider("metrics", "prometheus")
        .metric("checkout-p95", "metrics", "p95", 10);
    ServeBench serve = serve();

    HttpResponse<String> answer =
        serve.get(
            serve.gate + "/argo/measure?check=latency&service=checkout&namespace=shop", OTHER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("value").doubleValue()).isEqualTo(0.25);

    answer =
        serve.get(serve.gate + "/argo/measure?check=latency&service=cart&namespace=shop", OTHER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("there is no KeptnMetric shop/cart-p95");
  }

  @Test
  void argoMayAskByABody() throws Exception {
    ServeBench serve = serve();
    String body = "{\"check\":\"error-rate\",\"namespace\":\"shop\",\"service\":\"checkout\"}";
    HttpResponse<String> answer = serve.post(serve.gate + "/argo/measure", TOKEN, body);
    assertThat(JSON.readTree(answer.body()).path("value").isNumber()).isTrue();
    for (String bad :
        List.of("[]", "{", "{\"check\":7}", "{} {}", "{\"check\":\"a\",\"check\":\"b\"}")) {
      answer = serve.post(serve.gate + "/argo/measure", TOKEN, bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
    }
    answer = serve.post(serve.gate + "/argo/measure?check=error-rate", TOKEN, body);
    assertThat(answer.body()).contains("given in the address and in the body: give it once");
  }

  @Test
  void whoMayNotAskOrAsksAmissIsToldWhy() throws Exception {
    ServeBench serve = serve();
    String questions =
        """
        check=error-rate&service=checkout||401|a token is needed
        check=error-rate&service=checkout|wrong|401|this token is not known here
        check=error-rate&service=checkout&namespace=cart|TOKEN|403|not good for this namespace
        check=failures|TOKEN|403|this token is not good for this check
        check=nothing|TOKEN|403|this token is not good for this check
        check=nothing&namespace=shop|OTHER|404|there is no check of this name here
        check=error-rate&service=checkout|OTHER|400|say for which namespace
        check=error-rate&namespace=Shop|OTHER|400|argument 'namespace' must match
        check=error-rate|TOKEN|400|needs the argument 'service'
        check=error-rate&service=Check_out|TOKEN|400|must match [a-z0-9-]{1,40}
        check=error-rate&service=%27|TOKEN|400|has a quote, backslash
        check=error-rate&servise=checkout|TOKEN|400|did you mean 'service'?
        check=error-rate&service=a&service=b|TOKEN|400|a parameter is given twice
        check=error-rate&service=a&unknown=pass|TOKEN|400|unknown may be 'answer'
        service=checkout|TOKEN|400|say which check
        """;
    for (String line : questions.lines().toList()) {
      String[] fields = line.split("\\|");
      HttpResponse<String> answer = ask(serve, "/argo/measure?" + fields[0], fields[1]);
      assertThat(answer.statusCode()).as(line).isEqualTo(Integer.parseInt(fields[2]));
      assertThat(JSON.readTree(answer.body()).path("why").asText()).as(line).contains(fields[3]);
      assertThat(JSON.readTree(answer.body()).has("value")).as(line).isFalse();
    }
    assertThat(honeycomb.requests()).isEmpty();
  }

  @Test
  void aTokenOfOneNamespaceGetsItsOwnDataAlone() throws Exception {
    ServeBench serve = serve();
    String url = serve.gate + "/argo/measure?check=failures&namespace=";
    assertThat(serve.get(url + "shop", OTHER).statusCode()).isEqualTo(200);
    // The check filters by the namespace, which the token vouches for: cart has no events.
    HttpResponse<String> none = serve.get(url + "cart", OTHER);
    assertThat(none.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(none.body()).at("/arguments/namespace").asText()).isEqualTo("cart");
  }

  @Test
  void noDataIsNoEvidenceAndNeverAnAnswerThatArgoCouldPass() throws Exception {
    ServeBench serve = serve();
    String url = serve.gate + "/argo/measure?check=error-rate&service=quiet";
    HttpResponse<String> answer = serve.get(url, TOKEN);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("evidence").booleanValue()).isFalse();
    assertThat(json.has("value")).isFalse();
    assertThat(json.path("why").asText())
        .isEqualTo("no value: Honeycomb has no data in this window");
    // Whoever wants to tell it apart asks so; {$.value} is missed all the same.
    HttpResponse<String> told = serve.get(url + "&unknown=answer", TOKEN);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(told.body()).path("evidence").booleanValue()).isFalse();
    assertThat(JSON.readTree(told.body()).has("value")).isFalse();
  }

  @Test
  void flaggerIsAnsweredAsPrometheusAnswers() throws Exception {
    ServeBench serve = serve();
    JsonNode online = JSON.readTree(prometheus(serve, "vector(1)", OTHER).body());
    assertThat(online.path("status").asText()).isEqualTo("success");
    assertThat(online.at("/data/resultType").asText()).isEqualTo("vector");
    assertThat(online.at("/data/result/0/value/1").textValue()).isEqualTo("1");
    HttpResponse<String> answer =
        prometheus(serve, "error-rate{ namespace=\"shop\", service=\"checkout\" }", OTHER);
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.path("status").asText()).isEqualTo("success");
    assertThat(json.at("/data/result")).hasSize(1);
    assertThat(json.at("/data/result/0/metric").toString())
        .isEqualTo("{\"__name__\":\"error-rate\",\"service\":\"checkout\"}");
    assertThat(json.at("/data/result/0/value/0").isNumber()).isTrue();
    assertThat(Double.parseDouble(json.at("/data/result/0/value/1").textValue()))
        .isBetween(0.019, 0.021);
    answer = prometheus(serve, "error-rate{namespace=\"shop\",service=\"quiet\"}", OTHER);
    assertThat(answer.statusCode()).isEqualTo(200);
    json = JSON.readTree(answer.body());
    assertThat(json.at("/data/result")).isEmpty();
    assertThat(json.at("/warnings/0").asText())
        .isEqualTo("no evidence: no value: Honeycomb has no data in this window");
  }

  @Test
  void flaggerIsToldWhyItIsRefused() throws Exception {
    ServeBench serve = serve();
    String questions =
        """
        vector(1)||401|a token is needed
        vector(1)|wrong|401|not known here
        sum(rate(x[5m]))|OTHER|400|PromQL is not known here
        error-rate{namespace="pay",service="a"}|OTHER|403|this namespace
        failures|TOKEN|403|this check
        error-rate{service="A"}|TOKEN|400|must match
        """;
    for (String line : questions.lines().toList()) {
      String[] fields = line.split("\\|");
      HttpResponse<String> answer = prometheus(serve, fields[0], fields[1]);
      assertThat(answer.statusCode()).as(line).isEqualTo(Integer.parseInt(fields[2]));
      JsonNode json = JSON.readTree(answer.body());
      assertThat(json.path("status").asText()).isEqualTo("error");
      assertThat(json.path("error").asText()).as(line).contains(fields[3]);
    }
  }

  @Test
  void flaggersQueryIsItsOnlyParameter() throws Exception {
    ServeBench serve = serve();
    String url = serve.gate + "/prometheus/api/v1/query";
    assertThat(serve.get(url, OTHER).body()).contains("one query is needed");
    assertThat(serve.get(url + "?query=vector(1)&time=0", OTHER).body())
        .contains("query is the only parameter that is known");
  }

  @Test
  void withoutATokenFileEveryQuestionIsRefusedAndProbesAreNot() throws Exception {
    ServeBench serve = serve("--checks", path("checks.yaml"));
    HttpResponse<String> answer =
        serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", TOKEN);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("start the server with --token-file");
    assertThat(prometheus(serve, "vector(1)", TOKEN).statusCode()).isEqualTo(401);
    assertThat(serve.get(serve.gate + "/healthz").statusCode()).isEqualTo(200);
    // Flagger's port has none of it.
    assertThat(serve.get(serve.flagger + "/argo/measure", TOKEN).statusCode()).isEqualTo(404);
  }

  @Test
  void withoutChecksThereAreNone() throws Exception {
    ServeBench serve = serve("--token-file", path("tokens"));
    HttpResponse<String> answer =
        serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", TOKEN);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("start the server with --checks");
  }

  @Test
  void allFaultsOfBothFilesAndAMissingKeyKeepItFromStarting() {
    bench.write("checks.yaml", CHECKS.replace("AVG", "AVERAGE").replace("100", "\"many\""));
    bench.write("tokens", "abc shop *\nnonsense\n");
    assertThat(start()).isEqualTo(2);
    assertThat(bench.err())
        .contains("checks.yaml:7:")
        .contains("Honeycomb has no such calculation")
        .contains("checks.yaml:8:")
        .contains("tokens:1: the first field is no SHA-256 in hex")
        .contains("tokens:2: must be three fields");
    bench.write("checks.yaml", CHECKS);
    bench.write("tokens", "");
    bench.env.remove("HONEYCOMB_API_KEY");
    assertThat(start()).isEqualTo(2);
    assertThat(bench.err())
        .contains("check 'error-rate': the gate asks Honeycomb, and there is no key");
  }

  private int start() {
    return bench.run(
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--flagger-listen",
        "127.0.0.1:0",
        "--checks",
        path("checks.yaml"),
        "--token-file",
        path("tokens"));
  }

  @Test
  void aChangedFileIsUsedAndAWrongOneLeavesTheOneBefore() throws Exception {
    ServeBench serve = serve();
    String url = serve.gate + "/argo/measure?check=error-rate&service=checkout&namespace=cart";
    assertThat(serve.get(url, TOKEN).statusCode()).isEqualTo(403);
    bench.write("tokens", ServeBench.hash(TOKEN) + " shop\n");
    serve.awaitLine("tokens:1: must be three fields");
    assertThat(serve.get(url, TOKEN).statusCode()).isEqualTo(403);
    assertThat(serve.get(serve.gate + "/metrics").body())
        .contains("canary_gate_file_last_reload_successful{file=\"token-file\"} 0")
        .contains("canary_gate_file_last_reload_successful{file=\"checks\"} 1")
        .contains("canary_gate_file_reloads_total{file=\"token-file\",result=\"refused\"} 1");
    bench.write("tokens", ServeBench.hash(TOKEN) + " cart error-rate,nothing\n");
    serve.awaitLine("tokens has changed and is used from now on");
    serve.awaitLine("the token file names checks that are not there: nothing");
    assertThat(serve.get(url, TOKEN).statusCode()).isEqualTo(200);
    bench.write("checks.yaml", CHECKS.replace("error-rate", "errors"));
    serve.awaitLine("checks.yaml has changed and is used from now on");
    assertThat(serve.get(url, TOKEN).statusCode()).isEqualTo(404);
    assertThat(serve.get(serve.gate + "/metrics").body())
        .contains("canary_gate_file_last_reload_successful{file=\"token-file\"} 1")
        .contains("canary_gate_file_reloads_total{file=\"checks\",result=\"used\"} 1");
  }

  @Test
  void aValueThatIsTooOldIsNoEvidence() throws Exception {
    List<Duration> ahead = new ArrayList<>(List.of(Duration.ZERO));
    ServeBench serve = serve(() -> Instant.now().plus(ahead.get(0)));
    String url = serve.gate + "/argo/measure?check=error-rate&service=checkout";
    assertThat(serve.get(url, TOKEN).statusCode()).isEqualTo(200);
    honeycomb.faults().on(Call.CREATE_RESULT, Fault.status(500)).untilCleared();
    ahead.set(0, Duration.ofMinutes(4));
    HttpResponse<String> answer = serve.get(url, TOKEN);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).path("why").asText())
        .matches("the last value is 4m( \\d+s)? old, more than 2m.*");
  }

  @Test
  void twoReplicasCreateOneResultAndAnswerTheSame() throws Exception {
    ServeBench one = serve();
    ServeBench other = serve();
    String url = "/argo/measure?check=error-rate&service=checkout";
    JsonNode first = JSON.readTree(one.get(one.gate + url, TOKEN).body());
    for (int i = 0; i < 50; i++) {
      JsonNode again = JSON.readTree(other.get(other.gate + url, TOKEN).body());
      assertThat(again.path("value")).isEqualTo(first.path("value"));
      assertThat(again.path("at")).isEqualTo(first.path("at"));
      assertThat(JSON.readTree(one.get(one.gate + url, TOKEN).body()).path("at"))
          .isEqualTo(first.path("at"));
    }
    assertThat(results()).isEqualTo(1);
    assertThat(one.get(one.gate + "/metrics").body())
        .contains("canary_gate_check_refreshes_total{check=\"error-rate\",result=\"value\"} 1.0")
        .contains("canary_gate_checks_shared 1");
    assertThat(other.get(other.gate + "/metrics").body())
        .doesNotContain("canary_gate_check_refreshes_total{check=\"error-rate\"");
  }

  @Test
  void waitingForHoneycombsQuotaIsNoEvidenceYet() throws Exception {
    ServeBench serve =
        serve(
            "--checks",
            path("checks.yaml"),
            "--token-file",
            path("tokens"),
            "--honeycomb-results-per-minute",
            "1");
    assertThat(prometheus(serve, "error-rate{service=\"checkout\"}", TOKEN).body())
        .contains("\"result\":[{");
    JsonNode json = JSON.readTree(prometheus(serve, "error-rate{service=\"cart\"}", TOKEN).body());
    assertThat(json.at("/data/result")).isEmpty();
    assertThat(json.at("/warnings/0").asText())
        .startsWith("no evidence: not measured yet: waiting for Honeycomb: place 1 in line");
    assertThat(results()).isEqualTo(1);
  }

  @Test
  void whatHoneycombRefusesIsSaidWithoutTheKey() throws Exception {
    bench.env.put("HONEYCOMB_API_KEY", "hcaik_wrong_key");
    ServeBench serve = serve();
    HttpResponse<String> answer =
        serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", TOKEN);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("not measured yet: ")
        .contains("Honeycomb")
        .doesNotContain("hcaik_wrong_key");
  }

  @Test
  void metricsTellOfQuestionsAndNeverRepeatWhatACallerSent() throws Exception {
    ServeBench serve = serve();
    serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", TOKEN);
    serve.get(serve.gate + "/argo/measure?check=error-rate&service=quiet", TOKEN);
    serve.get(serve.gate + "/argo/measure?check=error-rate&service=checkout", "stolen");
    serve.get(serve.gate + "/argo/measure?check=made-up&service=checkout", TOKEN);
    String metrics = serve.get(serve.gate + "/metrics").body();
    assertThat(metrics)
        .contains(
            "canary_gate_check_questions_total{answer=\"evidence\",check=\"error-rate\"} 1.0",
            "canary_gate_check_questions_total{answer=\"none\",check=\"error-rate\"} 1.0",
            "canary_gate_check_refreshes_total{check=\"error-rate\",result=\"none\"} 1.0",
            "canary_gate_check_refused_total{reason=\"token\"} 1.0",
            "canary_gate_check_refused_total{reason=\"check\"} 1.0",
            "canary_gate_check_values{check=\"error-rate\"} 2.0",
            "canary_gate_check_value_age_seconds{check=\"error-rate\"}")
        .doesNotContain(
            "made-up", "quiet", "stolen", TOKEN, ServeBench.hash(TOKEN).substring(0, 12));
    synchronized (serve.said) {
      assertThat(String.join("\n", serve.said)).doesNotContain(TOKEN, "stolen", honeycomb.key());
    }
  }

  private ServeBench serve() {
    return serve(InstantSource.system());
  }

  private ServeBench serve(InstantSource clock) {
    ServeBench serve =
        ServeBench.start(
            folder,
            bench.env,
            clock,
            "--checks",
            path("checks.yaml"),
            "--token-file",
            path("tokens"),
            "--checks-namespace",
            "canary-gate");
    servers.add(serve);
    return serve;
  }

  private ServeBench serve(String... flags) {
    ServeBench serve = ServeBench.start(folder, bench.env, flags);
    servers.add(serve);
    return serve;
  }

  private static HttpResponse<String> prometheus(ServeBench serve, String query, String token)
      throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    return ask(serve, "/prometheus/api/v1/query?query=" + encoded, token);
  }

  /** Asks with a token, or with none where it is empty. */
  private static HttpResponse<String> ask(ServeBench serve, String path, String token)
      throws Exception {
    String url = serve.gate + path;
    return switch (token) {
      case "" -> serve.get(url);
      case "TOKEN" -> serve.get(url, TOKEN);
      case "OTHER" -> serve.get(url, OTHER);
      default -> serve.get(url, token);
    };
  }

  private long results() {
    return honeycomb.requests().stream()
        .filter(r -> r.method().equals("POST") && r.path().contains("/query_results/"))
        .count();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
