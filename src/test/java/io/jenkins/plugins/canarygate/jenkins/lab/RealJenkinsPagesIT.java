package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages and forms of the packaged plugin in a real Jenkins. */
@Timeout(600)
class RealJenkinsPagesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STEP = "io.jenkins.plugins.canarygate.jenkins.step.CanaryGateStep";
  private static final String SYMBOLS = "io.jenkins.plugins.canarygate.jenkins.symbol.";

  private static LabBench bench;
  private static LabVisitor admin;
  private static LabVisitor reader;

  @BeforeAll
  static void begin() throws IOException {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    bench = new LabBench(LabJenkins.lab().get());
    bench.begin();
    bench.jenkins.script(
        """
        import io.jenkins.plugins.canarygate.jenkins.config.*
        def prod = new PrometheusConfiguration('prod')
        prod.url = 'https://prometheus.example'
        CanaryGateConfiguration.get().prometheusServers = [prod]
        """);
    admin = LabVisitor.of(bench.jenkins, "admin");
    reader = LabVisitor.of(bench.jenkins, "reader");
  }

  @AfterAll
  static void end() {
    if (bench != null) {
      bench.close();
    }
  }

  private static LabBuild run(String job, String script) throws IOException {
    return bench.jenkins.pipeline("shop/" + job, script, "MAX_SURVIVABILITY").build();
  }

  /** The path of a build's only gate. */
  private static String gate(LabBuild build) throws IOException {
    JsonNode gates = bench.jenkins.json(build.path() + "/canary-gate/api/json").path("gates");
    assertThat(gates).hasSize(1);
    return build.path() + "/canary-gate/" + gates.path(0).path("id").asText() + "/";
  }

  private static String page(LabVisitor visitor, String path) throws IOException {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void thePagesOfAnEndedGateSayItsVerdictAndChecksInEachLanguage() throws IOException {
    bench.waiting("pages", 0.001);

    LabBuild build = run("pages", LabBench.step("pages", "onPass: 'promote'"));

    assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    String gate = gate(build);
    assertThat(page(reader, build.path() + "/"))
        .contains("canary-gate/", "Gate pages", "<strong>PASS</strong>", "promoted");
    assertThat(page(reader, build.path() + "/canary-gate/"))
        .contains("The gates of this build", "PASS", "pages");
    assertThat(page(reader, gate))
        .contains("PASS, promoted", "error rate", "fail > 1%", "promote asked", "Timeline")
        .doesNotContain("${", "This is what is known so far");
    assertThat(page(reader.in("de"), gate)).contains("Prüfungen", "Verlauf");
    assertThat(page(reader.in("zh-CN"), gate)).contains("检查", "时间线");
    assertThat(JSON.readTree(page(reader, gate + "reportJson")).path("verdict").asText())
        .isEqualTo("PASS");
    assertThat(page(reader, gate + "reportMarkdown"))
        .startsWith("# pages")
        .contains("PASS, promoted");
    HttpResponse<String> junit = reader.get(gate + "junit");
    assertThat(junit.body()).contains("<testsuite");
    assertThat(junit.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void howAValueWentOverTheWindowIsDrawnOnThePage() throws IOException {
    SandboxRollout rollout = bench.waiting("plotted", 0.001);
    try (FakePrometheus prometheus = new FakePrometheus()) {
      prometheus
          .answer(FakePrometheus.vector("{}=0.004"))
          .ranges(asked -> aWave(asked, asked.query().contains(rollout.currentHash())));
      bench.jenkins.script(
          """
          import io.jenkins.plugins.canarygate.jenkins.config.*
          def server = new PrometheusConfiguration('main')
          server.url = '%s'
          server.jobs = 'shop/**'
          CanaryGateConfiguration.get().prometheusServers = [server]
          """
              .formatted(prometheus.url()));

      LabBuild build =
          run(
              "plotted",
              """
              canaryGate name: 'plotted', cluster: 'prod', prometheus: 'main',
                rollout: argoRollout(namespace: 'shop', name: 'plotted', image: 'registry.example/plotted:2'),
                checks: [prometheusQuery(name: 'error rate <b>', fail: '[{value: "> 1%"}, {ratio: "> 9"}]',
                  query: 'sum(rate(errors{pod=~"${cohort.pods}"}[${window}]))')]
              """);
      assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
      String gate = gate(build);

      assertThat(page(reader, gate))
          .contains("Over the window", "Canary: 0.2 % to 0.8 %, no value at 4 of 51 points")
          .containsPattern("<svg[^>]* aria-label=\"error rate &lt;b&gt;, [^\"]* canary 0.2 % to ")
          .contains("class=\"canary-gate-plot-canary\"", "class=\"canary-gate-plot-stable\"")
          .containsPattern(" d=\"M4[.]0 [0-9. L]+ M[0-9. L]+\"")
          .doesNotContain("error rate <b>", "NaN");
      assertThat(page(reader.in("de"), gate)).contains("Im Zeitfenster", "Stabil: ");
      assertThat(page(reader.in("zh-CN"), gate)).contains("稳定版本: ");
    }
  }

  /** Up to 0.8 percent for the canary, with a gap, and half of that for the stable revision. */
  private static String aWave(FakePrometheus.Asked asked, boolean canary) {
    double begin = Double.parseDouble(asked.form().get("start"));
    double step = Double.parseDouble(asked.form().get("step"));
    double end = Double.parseDouble(asked.form().get("end"));
    List<String> samples = new ArrayList<>();
    for (int i = 0; begin + i * step <= end; i++) {
      double value = 0.005 + 0.003 * Math.sin(i / 6.0);
      boolean gap = canary && i > 20 && i < 25;
      String at = BigDecimal.valueOf(begin + i * step).toPlainString();
      samples.add(at + ":" + (gap ? "NaN" : canary ? value : value / 2));
    }
    return FakePrometheus.matrix("{}=" + String.join(",", samples));
  }

  @Test
  void aGateThatRunsShowsWhatIsKnown() throws IOException {
    bench.waiting("running", 0.001);
    LabBuild build =
        run("running", LabBench.step("running").replace("running:2", "running:not-yet"));
    build.says("waiting");

    LabJenkins.until(
        Duration.ofSeconds(30),
        "the page of a gate that runs does not name it",
        () -> page(reader, gate(build)).contains("Rollout shop/running"));
    assertThat(page(reader, gate(build))).contains("This is what is known so far");
    assertThat(page(reader, build.path() + "/")).contains("running");

    build.abort();
    build.result();
    assertThat(page(reader, gate(build))).contains("CANCELLED");
  }

  @Test
  void aGateThatWasRefusedSaysEachReason() throws IOException {
    LabBuild build = run("refused", "canaryGate gateText: 'kind: Nothing'");

    assertThat(build.result()).isEqualTo("FAILURE");
    assertThat(page(reader, gate(build))).contains("REFUSED", "apiVersion", "jenkins-alert-danger");
    assertThat(page(reader, build.path() + "/")).contains("REFUSED");
  }

  @Test
  void textsOfAGateAreTextOnEachPage() throws IOException {
    String hostile = "<img src=x onerror=alert(1)>";
    bench.waiting("hostile", 0.001);
    LabBuild build =
        run(
            "hostile",
            LabBench.step("hostile")
                .replace("canaryGate name: 'hostile'", "canaryGate name: '" + hostile + "'")
                .replace("name: 'error rate'", "name: '" + hostile + "'"));
    build.result();

    for (String path :
        new String[] {build.path() + "/", build.path() + "/canary-gate/", gate(build)}) {
      assertThat(page(reader, path))
          .as(path)
          .contains("&lt;img src=x onerror=alert(1)>")
          .doesNotContain("<img src=x");
    }
  }

  @Test
  void whoMayNotReadTheBuildSeesNothingOfItsGates() throws IOException {
    LabBuild build = run("closed", "canaryGate gateText: 'kind: Nothing'");
    build.result();
    String gate = gate(build);

    for (String path : new String[] {gate, gate + "reportJson", build.path() + "/canary-gate/"}) {
      assertThat(bench.jenkins.anonymously("GET", path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(reader.get(build.path() + "/canary-gate/nothing/").statusCode()).isEqualTo(404);
    assertThat(reader.get(gate + "reportJson").statusCode()).isEqualTo(404);
  }

  @Test
  void whoMayOnlyReadLearnsNoIdOfACredentialAndNoNameOfACluster() throws IOException {
    bench.jenkins.pipeline("shop/forms", "echo 'nothing'", "MAX_SURVIVABILITY");
    String fills = "/job/shop/job/forms/descriptorByName/" + STEP + "/fill";

    for (String field : new String[] {"CredentialsId", "HoneycombCredentialsId"}) {
      String name = Character.toLowerCase(field.charAt(0)) + field.substring(1);
      String path = fills + field + "Items";
      assertThat(admin.post(path, Map.of(name, "")).body())
          .as(field)
          .contains("cluster-token", "honeycomb-key")
          .doesNotContain("a-password");
      assertThat(reader.post(path, Map.of(name, "")).body())
          .as(field)
          .doesNotContain("cluster-token", "honeycomb-key");
      assertThat(admin.get(path).statusCode()).as("GET of " + field).isEqualTo(404);
    }
    Map<String, String> names =
        Map.of("Cluster", "prod", "Honeycomb", "prod", "Prometheus", "main");
    for (Map.Entry<String, String> one : names.entrySet()) {
      String path = fills + one.getKey() + "Items";
      assertThat(admin.post(path, Map.of()).body()).as(path).contains(one.getValue());
      assertThat(reader.post(path, Map.of()).body()).as(path).doesNotContain(one.getValue());
    }
  }

  @Test
  void theFormsOfTheStepAndOfEachSymbolCanBeShown() throws IOException {
    bench.jenkins.pipeline("shop/forms", "echo 'nothing'", "MAX_SURVIVABILITY");

    String form = page(admin, "/job/shop/job/forms/pipeline-syntax/");

    assertThat(form).contains("canaryGate: Canary Gate");
    for (String field : new String[] {"cluster", "fail", "query", "credentialsId"}) {
      String owner =
          field.equals("fail") || field.equals("query") ? SYMBOLS + "HoneycombQuery" : STEP;
      for (String language : new String[] {"en", "de", "zh-CN"}) {
        assertThat(page(admin.in(language), "/descriptor/" + owner + "/help/" + field))
            .as(field + " in " + language)
            .contains("<p>");
      }
    }
  }

  private static String snippet(ObjectNode form) throws IOException {
    form.put("stapler-class", STEP).put("$class", STEP);
    HttpResponse<String> answer =
        admin.post(
            "/job/shop/job/forms/pipeline-syntax/generateSnippet", Map.of("json", form.toString()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void theSnippetOfAGateFileSaysWhatWasFilledInAndNoMore() throws IOException {
    bench.jenkins.pipeline("shop/forms", "echo 'nothing'", "MAX_SURVIVABILITY");
    ObjectNode form = empty();
    form.put("gate", "deploy/gate.yaml").put("parameterLines", "image=shop/checkout:2\ntier=gold");
    form.put("cluster", "prod").put("throwOnFailure", false);

    assertThat(snippet(form).replaceAll("\\s+", " ").strip())
        .isEqualTo(
            "canaryGate cluster: 'prod', gate: 'deploy/gate.yaml', parameters:"
                + " [image: 'shop/checkout:2', tier: 'gold'], throwOnFailure: false");
  }

  /** The form as it is sent when nothing was filled in. */
  private static ObjectNode empty() {
    ObjectNode form = JSON.createObjectNode();
    for (String field :
        new String[] {
          "gate",
          "parameterLines",
          "cluster",
          "honeycomb",
          "prometheus",
          "gateText",
          "credentialsId",
          "honeycombCredentialsId"
        }) {
      form.put(field, "");
    }
    return form.put("throwOnFailure", true).put("dryRun", false).put("archive", false);
  }

  @Test
  void theSnippetOfAGateAsSymbolsRuns() throws IOException {
    bench.jenkins.pipeline("shop/forms", "echo 'nothing'", "MAX_SURVIVABILITY");
    SandboxRollout rollout = bench.waiting("snippet", 0.001);
    ObjectNode whole = empty();
    whole.put("cluster", "prod").put("honeycomb", "prod");
    ObjectNode form = whole.putObject("here");
    for (String field :
        new String[] {
          "onWarn",
          "onFail",
          "onInconclusive",
          "onTimeout",
          "onCancel",
          "onNotGated",
          "defaults",
          "score",
          "timeouts",
          "marker"
        }) {
      form.put(field, "");
    }
    form.put("name", "snippet").put("onPass", "promote");
    form.put("at", "{pause: next}");
    form.put(
        "cohorts",
        "{canary: {honeycomb: [{column: k8s.replicaset.name, op: '=', value: 'snippet-${rollout.canary}'}]},\n"
            + " stable: {honeycomb: [{column: k8s.replicaset.name, op: '=', value: 'snippet-${rollout.stable}'}]}}");
    form.set(
        "rollout",
        JSON.createObjectNode()
            .put("stapler-class", SYMBOLS + "ArgoRollout")
            .put("$class", SYMBOLS + "ArgoRollout")
            .put("namespace", "shop")
            .put("name", "snippet")
            .put("image", "registry.example/snippet:2")
            .put("container", "")
            .put("revision", ""));
    ObjectNode check =
        JSON.createObjectNode()
            .put("stapler-class", SYMBOLS + "HoneycombQuery")
            .put("$class", SYMBOLS + "HoneycombQuery")
            .put("name", "error rate")
            .put("dataset", "snippet")
            .put("query", "{\"calculations\": [{\"op\": \"AVG\", \"column\": \"error\"}]}")
            .put("fail", "> 1%");
    for (String field :
        new String[] {
          "result",
          "warn",
          "pass",
          "window",
          "minimumSamples",
          "count",
          "interval",
          "initialDelay",
          "failureLimit",
          "inconclusiveLimit",
          "consecutiveErrorLimit",
          "weight"
        }) {
      check.put(field, "");
    }
    check.put("key", false).put("optional", false).put("dryRun", false);
    form.set("checks", JSON.createArrayNode().add(check));

    String snippet = snippet(whole);

    assertThat(snippet)
        .contains("argoRollout(", "honeycombQuery(", "onPass: 'promote'")
        .doesNotContain("parameterLines", "throwOnFailure", "weight", "count:", "warn", "$class");
    LabBuild build = run("snippet", snippet);
    assertThat(build.result()).as(snippet + "\n" + build.log()).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(3);
  }
}
