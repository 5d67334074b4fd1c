package io.jenkins.plugins.canarygate.evidence.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.canarygate.check.Grade;
import io.jenkins.plugins.canarygate.check.Reading;
import io.jenkins.plugins.canarygate.evidence.EvidenceContext;
import io.jenkins.plugins.canarygate.evidence.EvidenceRequest;
import io.jenkins.plugins.canarygate.evidence.EvidenceSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("M12: the controller's own analysis, counted, not believed")
class ArgoAnalysisSourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEFORE = "2026-05-01T09:00:00Z";
  private static final String SINCE = "2026-05-01T10:00:00Z";
  private static final String AFTER = "2026-05-01T10:00:30Z";
  private final ArrayNode runs = JSON.createArrayNode();
  private ObjectNode memory;
  private HttpServer server;
  private KubernetesClient client;
  private ArgoAnalysisSource source;
  private int code = 200;
  private String asked = "";

  @BeforeEach
  void server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] body =
              JSON.createObjectNode()
                  .set("items", runs)
                  .toString()
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    source = new ArgoAnalysisSource(client, "shop", "checkout", Set.of("argo agrees"));
    memory =
        (ObjectNode)
            json(
                "{'uid':'uid-1','analysis':{'hash':'7c9d','since':'"
                    + SINCE
                    + "','runs':['named']}}");
  }

  @AfterEach
  void close() {
    client.close();
    server.stop(0);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** A run with one metric and its result. */
  private ObjectNode run(String name, String created, String type, String metric, String result) {
    ObjectNode run =
        (ObjectNode)
            json(
                "{'metadata':{'name':'"
                    + name
                    + "','creationTimestamp':'"
                    + created
                    + "','labels':{'rollouts-pod-template-hash':'7c9d','rollout-type':'"
                    + type
                    + "','step-index':'"
                    + name.hashCode()
                    + "'},'ownerReferences':[{'controller':true,'uid':'uid-1'}]},"
                    + "'spec':{'metrics':[{'name':'rate'"
                    + metric
                    + "}]},'status':{'phase':'Running','metricResults':[{'name':'rate'"
                    + result
                    + "}]}}");
    runs.add(run);
    return run;
  }

  private ObjectNode good(String name, String created) {
    return run(name, created, "Background", "", ",'phase':'Running','successful':2,'count':2");
  }

  private Reading measure() {
    EvidenceContext context =
        new EvidenceContext(Instant.parse(AFTER), Optional.empty(), Map.of(), memory);
    return source
        .measure(
            List.of(
                new EvidenceRequest(
                    "argo agrees", Optional.empty(), context.now(), Optional.empty())),
            context)
        .get("argo agrees");
  }

  private Grade verdict() {
    return ((Reading.Answer) measure()).verdict().orElseThrow();
  }

  private String detail() {
    return ((Reading.Answer) measure()).detail();
  }

  @Test
  void runningIsEnoughWithOneSuccessAndNoLimitBreached() {
    good("bg", AFTER);
    assertThat(verdict()).isEqualTo(Grade.PASS);
    assertThat(detail()).isEqualTo("bg (Running): rate 2 good");
    assertThat(asked).contains("/namespaces/shop/analysisruns").contains("7c9d");
  }

  @Test
  void noRunAtAllIsNoEvidence() {
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
    assertThat(detail()).contains("runs no analysis");
  }

  @Test
  void aRunFromBeforeThisRolloutDoesNotCount() {
    good("old", BEFORE);
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
    assertThat(detail()).contains("none of the revision's 1 AnalysisRuns counts");
  }

  @Test
  void aRunThatTheStatusNamesCountsWheneverItWasMade() {
    good("named", BEFORE);
    assertThat(verdict()).isEqualTo(Grade.PASS);
  }

  @Test
  void aGateThatCameLaterCountsOnlyWhatTheStatusNames() {
    ((ObjectNode) memory.get("analysis")).remove("since");
    good("new", AFTER);
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void aTerminatedRunIsNeverAPass() {
    ObjectNode run = good("bg", AFTER);
    ((ObjectNode) run.get("spec")).put("terminate", true);
    ((ObjectNode) run.get("status")).put("phase", "Successful");
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void aSuccessfulRunWithoutASuccessfulMeasurementIsNone() {
    ObjectNode run =
        run("bg", AFTER, "Step", ",'failureLimit':-1", ",'phase':'Successful','failed':3");
    ((ObjectNode) run.get("status")).put("phase", "Successful");
    assertThat(verdict()).as("argo-rollouts #4479").isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void aCounterThatTheMeasurementsBelieIsNotBelieved() {
    run(
        "bg",
        AFTER,
        "Step",
        "",
        ",'phase':'Successful','successful':1,'count':1,'measurements':[{'phase':'Error'}]");
    assertThat(verdict()).isNotEqualTo(Grade.PASS);
  }

  @Test
  void theListMayHoldOnlyTheNewestMeasurements() {
    run(
        "bg",
        AFTER,
        "Background",
        ",'failureLimit':3",
        ",'phase':'Running','successful':40,'failed':2,'count':42,"
            + "'measurements':[{'phase':'Failed'},{'phase':'Running'}]");
    assertThat(verdict()).isEqualTo(Grade.PASS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                              | ,'failed':1                    | FAIL",
        ",'failureLimit':1             | ,'failed':1,'successful':1     | PASS",
        ",'failureLimit':'1'           | ,'failed':2,'successful':9     | FAIL",
        ",'failureLimit':-1            | ,'failed':9,'successful':1     | PASS",
        "                              | ,'inconclusive':1,'successful':1 | INCONCLUSIVE",
        ",'inconclusiveLimit':1        | ,'inconclusive':1,'successful':1 | PASS",
        "                              | ,'consecutiveError':4,'successful':1 | PASS",
        "                              | ,'consecutiveError':5,'successful':1 | FAIL",
        ",'consecutiveErrorLimit':0    | ,'consecutiveError':1          | FAIL",
        "                              | ,'phase':'Failed','successful':9 | FAIL",
        "                              | ,'phase':'Inconclusive','successful':9 | INCONCLUSIVE",
      })
  void limitsHaveArgosDefaults(String metric, String result, Grade grade) {
    run("bg", AFTER, "Background", metric == null ? "" : metric, result);
    assertThat(verdict()).isEqualTo(grade);
  }

  @Test
  void aMetricThatHasNotBeenMeasuredIsWaitedForWhileItsRunGoesOn() {
    ObjectNode run = run("bg", AFTER, "Background", "", ",'phase':'Pending'");
    assertThat(measure()).isInstanceOf(Reading.NotYet.class);
    ((ObjectNode) run.get("status")).put("phase", "Successful");
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void dryRunMetricsAreIgnored() {
    ObjectNode run = good("bg", AFTER);
    ((ArrayNode) run.at("/spec/metrics")).add(json("{'name':'trial rate'}"));
    ((ArrayNode) run.at("/status/metricResults"))
        .add(json("{'name':'trial rate','phase':'Failed','failed':5}"));
    assertThat(verdict()).isEqualTo(Grade.FAIL);
    ((ObjectNode) run.get("spec")).set("dryRun", json("[{'metricName':'trial.*'}]"));
    assertThat(verdict()).isEqualTo(Grade.PASS);
    ((ObjectNode) run.get("spec")).set("dryRun", json("[{'metricName':'*'}]"));
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void aRunThatFailedBeforeItMeasuredFails() {
    ObjectNode run = run("bg", AFTER, "Step", "", "");
    ((ObjectNode) run.get("status")).put("phase", "Error").put("message", "no such argument");
    assertThat(verdict()).isEqualTo(Grade.FAIL);
    assertThat(detail()).contains("no such argument");
  }

  @Test
  void eachRunMustAgree() {
    good("bg", AFTER);
    run("step", AFTER, "Step", "", ",'failed':1");
    assertThat(verdict()).isEqualTo(Grade.FAIL);
    assertThat(detail()).contains("bg (Running)").contains("step (Running): rate 0 good, 1 failed");
  }

  @Test
  void aPostPromotionRunIsNotWaitedForBeforeThePromotion() {
    run("post", AFTER, "PostPromotion", "", ",'failed':1");
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void aLaterRunForTheSameStepTakesThePlaceOfAnEarlier() {
    ObjectNode first = run("step", AFTER, "Step", "", ",'phase':'Inconclusive','inconclusive':1");
    ObjectNode second = run("step.1", "2026-05-01T10:01:00Z", "Step", "", ",'successful':1");
    ((ObjectNode) second.at("/metadata/labels"))
        .set("step-index", first.at("/metadata/labels/step-index"));
    assertThat(verdict()).isEqualTo(Grade.PASS);
    assertThat(detail()).startsWith("step.1");
  }

  @Test
  void anotherRolloutsRunDoesNotCount() {
    ObjectNode run = good("bg", AFTER);
    ((ObjectNode) run.at("/metadata/ownerReferences/0")).put("uid", "other");
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
  }

  @Test
  void withoutARevisionThereIsNoEvidence() {
    memory = JSON.createObjectNode();
    assertThat(verdict()).isEqualTo(Grade.INCONCLUSIVE);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"401, credentials", "403, analysisruns.argoproj.io in namespace shop", "500, 500"})
  void aServerThatRefusesIsAnErrorAndNoVerdict(int status, String says) {
    code = status;
    assertThat(measure()).isInstanceOf(Reading.Failed.class);
    assertThat(((Reading.Failed) measure()).why()).contains(says);
  }

  @Test
  void onlyItsOwnChecksAreAnswered() {
    EvidenceContext context =
        new EvidenceContext(Instant.parse(AFTER), Optional.empty(), Map.of(), memory);
    EvidenceRequest other =
        new EvidenceRequest("p95", Optional.empty(), context.now(), Optional.empty());
    assertThat(source.measure(List.of(other), context)).isEmpty();
    assertThat(source.prepare(context)).isEqualTo(EvidenceSource.Preparation.READY);
  }
}
