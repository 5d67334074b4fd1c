package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Canaries of Flagger, judged by Prometheus and Keptn, in a real Jenkins. */
@Timeout(600)
class RealJenkinsFlaggerIT {
  private static LabBench bench;
  private static LabFlagger flagger;
  private static LabVisitor reader;

  @BeforeAll
  static void begin() throws Exception {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    bench = new LabBench(LabJenkins.lab().get());
    flagger = new LabFlagger(bench);
    bench.begin();
    flagger.configure();
    reader = LabVisitor.of(bench.jenkins, "reader");
  }

  @AfterAll
  static void end() {
    if (bench != null) {
      bench.close();
    }
    if (flagger != null) {
      flagger.close();
    }
  }

  private static LabBuild run(String job, String script) throws IOException {
    return bench.jenkins.pipeline(job, script, "MAX_SURVIVABILITY").build();
  }

  private static String page(LabBuild build) throws IOException {
    JsonNode gates = bench.jenkins.json(build.path() + "/canary-gate/api/json").path("gates");
    return reader
        .get(build.path() + "/canary-gate/" + gates.path(0).path("id").asText() + "/")
        .body();
  }

  /** A gate file with a check of each kind; {@code more} goes to the first check. */
  private static String file(String name, String... more) {
    return """
        apiVersion: canary-gate/v1
        kind: Gate
        metadata: {name: NAME}
        spec:
          parameters: {image: {required: true}}
          rollout:
            cluster: prod
            flagger: {namespace: shop, name: NAME}
            revision: {container: app, image: "${image}"}
          prometheus: {server: main}
          checks:
            - name: error rate
              prometheus: {query: 'sum(rate(errors{pod=~"${cohort.pods}"}[${window}]))'}
              window: 5m
              MORE
              fail: "> 1%"
            - name: p95 latency
              keptn: {metric: {namespace: shop, name: checkout-p95}}
              fail: "> 0.3"
            - name: objectives
              keptn: {analysis: {namespace: shop, definition: checkout, recent: 1m, args: {workload: "${rollout.canary}"}}}
          onPass: promote
          onFail: abort
          onInconclusive: abort
        """
        .replace("NAME", name)
        .replace("MORE", String.join("\n      ", more));
  }

  /** A Pipeline that finds the gate file in its workspace. */
  private static String withFile(String name, String yaml) {
    return """
        node {
          writeFile file: 'deploy/gate.yaml', text: '''YAML'''
          canaryGate gate: 'deploy/gate.yaml', parameters: [image: 'registry.example/NAME:2']
        }
        """
        .replace("YAML", yaml)
        .replace("NAME", name);
  }

  /** The same gate as {@link #file} by symbols. */
  private static String symbols(String name, String... more) {
    return """
        canaryGate(name: 'NAME', cluster: 'prod', prometheus: 'main',
          rollout: flaggerCanary(namespace: 'shop', name: 'NAME', container: 'app', image: 'registry.example/NAME:2'),
          checks: [
            prometheusQuery(name: 'error rate', window: '5m', fail: '> 1%',
              query: 'sum(rate(errors{pod=~"${cohort.pods}"}[${window}]))'),
            keptnMetric(name: 'p95 latency', namespace: 'shop', metric: 'checkout-p95', fail: '> 0.3'),
            keptnAnalysis(name: 'objectives', namespace: 'shop', definition: 'checkout', recent: '1m',
              args: [workload: '${rollout.canary}'])
          ],
          onPass: 'promote', onFail: 'abort'MORE)
        """
        .replace("NAME", name)
        .replace("MORE", more.length == 0 ? "" : ", " + String.join(", ", more));
  }

  private static void promoted(LabBuild build, SandboxCanary canary) throws IOException {
    assertThat(build.result()).as(build.log()).isEqualTo("SUCCESS");
    assertThat(build.log()).contains(canary.name() + ": PASS, promoted");
    assertThat(canary.phase()).isEqualTo("Succeeded");
    assertThat(canary.primaryImage()).isEqualTo("registry.example/" + canary.name() + ":2");
    assertThat(canary.decision()).as("what was decided is taken back").isEmpty();
    assertThat(flagger.keptn.analyses())
        .as("Analyses of this gate")
        .noneMatch(
            analysis ->
                analysis.at("/metadata/labels/canary-gate~1gate").asText().equals(canary.name()));
    assertThat(page(build)).contains("PASS, promoted", "Canary shop/" + canary.name());
  }

  private static void aborted(LabBuild build, SandboxCanary canary) throws IOException {
    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    assertThat(build.log()).contains(canary.name() + ": FAIL, aborted: error rate");
    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(canary.primaryImage()).isEqualTo("registry.example/" + canary.name() + ":1");
    assertThat(page(build)).contains("FAIL, aborted", "error rate", "fail > 1%");
  }

  @Test
  void theExampleOfTheDocumentationPromotesAGoodCanaryAndItsPageShowsTheChecks() throws Exception {
    SandboxCanary canary = flagger.waiting("checkout");
    String example =
        Files.readString(Path.of("docs", "examples", "jenkins", "flagger.Jenkinsfile"))
            .replace("env.IMAGE", "'registry.example/checkout:2'")
            .replace("count: 3", "count: 1");

    LabBuild build = run("shop/gated-checkout", example);

    promoted(build, canary);
    assertThat(build.log())
        .contains("error rate measured 1 of 1: PASS")
        .contains("memory measured 1 of 1: PASS")
        .contains("p95 latency measured 1 of 1: PASS")
        .contains("objectives measured 1 of 1: PASS");
    assertThat(page(build))
        .contains("error rate", "memory", "p95 latency", "objectives")
        .contains("5,000 / 5,000", "Keptn's score 1 of 1")
        .contains("keptn metric checkout-p95", "keptn analysis by checkout");
    assertThat(flagger.prometheus.asked())
        .isNotEmpty()
        .allSatisfy(
            asked ->
                assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer " + LabFlagger.TOKEN));
  }

  @Test
  void aGateFilePromotesAGoodCanary() throws Exception {
    SandboxCanary canary = flagger.waiting("goodfile");

    promoted(run("shop/gated-good-file", withFile("goodfile", file("goodfile"))), canary);
  }

  @Test
  void aGateFileAbortsABadCanary() throws Exception {
    SandboxCanary canary = flagger.waiting("badfile");

    aborted(run("shop/gated-bad-file", withFile("badfile", file("badfile"))), canary);
  }

  @Test
  void symbolsAbortABadCanary() throws Exception {
    SandboxCanary canary = flagger.waiting("badsymbols");

    aborted(run("shop/gated-bad-symbols", symbols("badsymbols")), canary);
  }

  @Test
  void whatIsNotAllowedIsSaidWithWhatToDoBeforeAnythingIsContacted() throws Exception {
    int asked = flagger.prometheus.asked().size();
    bench.sandbox.cluster().forgetRequests();
    String good = symbols("nowhere");

    refused(
        "shop/gated-refused",
        good.replace("namespace: 'shop', metric", "namespace: 'payroll', metric"),
        "the job shop/gated-refused is not allowed in namespace payroll of cluster prod; an"
            + " administrator can allow it under Manage Jenkins");
    refused(
        "shop/plain",
        good,
        "the job shop/plain is not allowed to create Keptn Analyses in namespace shop of cluster"
            + " prod; ask an administrator to allow it, or name an Analysis that exists");
    refused(
        "shop/gated-refused",
        good.replace("prometheus: 'main'", "prometheus: 'eu'"),
        "no Prometheus server is called 'eu'; see the spelling, or an administrator can add one"
            + " under Manage Jenkins, System, Canary Gate");
    refused(
        "shop/gated-refused",
        good.replace("prometheus: 'main'", "prometheus: 'bank'"),
        "the job shop/gated-refused is not allowed to ask Prometheus server bank; an administrator"
            + " can allow it under Manage Jenkins");
    refused(
        "shop/gated-refused",
        good.replace(" prometheus: 'main',", ""),
        "there is more than one Prometheus server; name one of them in the step or the gate");
    refused(
        "shop/gated-refused",
        withFile("nowhere", file("nowhere").replace("server: main", "server: eu")),
        "no Prometheus server is called 'eu'");
    assertThat(flagger.prometheus.asked()).hasSize(asked);
    assertThat(bench.sandbox.cluster().requests())
        .noneMatch(request -> request.path().contains("nowhere"));
  }

  private static void refused(String job, String script, String says) throws IOException {
    LabBuild build = run(job, script);
    assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    assertThat(build.log()).contains(says);
    assertThat(page(build)).contains("REFUSED", says);
  }

  @Test
  void aServerThatAnAdministratorTakesAwayMeanwhileIsAskedNoMoreAndThePageSaysWhy()
      throws Exception {
    SandboxCanary canary = flagger.waiting("withdrawn");
    String yaml = file("withdrawn", "initialDelay: 5s", "consecutiveErrorLimit: 0");
    LabBuild build =
        run("shop/gated-withdrawn", withFile("withdrawn", yaml)).says("judging begins");

    bench.jenkins.script(
        """
        def all = io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()
        all.prometheusServers.find { it.name == 'main' }.jobs = 'bank/**'
        """);
    try {
      assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    } finally {
      bench.jenkins.script(
          """
          def all = io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()
          all.prometheusServers.find { it.name == 'main' }.jobs = 'shop/**'
          """);
    }

    String why = "no longer allowed: the job shop/gated-withdrawn is not allowed to ask";
    assertThat(build.log()).contains("withdrawn: INCONCLUSIVE, aborted", why);
    assertThat(page(build)).contains("INCONCLUSIVE, aborted", why);
    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(flagger.prometheus.asked())
        .as("but for the trial before anything is measured")
        .filteredOn(asked -> asked.query().contains("withdrawn-[a-z0-9]"))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aServerThatIsTakenAwayWhileJenkinsIsDownIsAskedNoMoreAndTheGateEndsAsItShould()
      throws Exception {
    SandboxCanary canary = flagger.waiting("restarted");
    String yaml = file("restarted", "initialDelay: 10s", "consecutiveErrorLimit: 0");
    LabBuild build =
        run("shop/gated-restarted", withFile("restarted", yaml)).says("judging begins");
    bench.jenkins.kill();
    Path settings =
        bench
            .jenkins
            .home()
            .resolve("io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.xml");
    String before = Files.readString(settings);
    Files.writeString(settings, before.replace("<name>main</name>", "<name>elsewhere</name>"));
    bench.jenkins.start();
    try {
      assertThat(build.result()).as(build.log()).isEqualTo("FAILURE");
    } finally {
      Files.writeString(settings, before);
      bench.jenkins.script(
          "io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get().load()");
    }

    assertThat(before).contains("<name>main</name>");
    assertThat(build.log())
        .contains("goes on where it was when Jenkins stopped")
        .contains("restarted: INCONCLUSIVE, aborted")
        .contains("there is no Prometheus server 'main' any more");
    assertThat(canary.phase()).isEqualTo("Failed");
    assertThat(bench.jenkins.home().resolve("canary-gate/abandoned"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  @Test
  void noSecretIsInAnyFileOfJenkins() throws IOException {
    for (String secret : List.of(SandboxCluster.TOKEN, LabFlagger.TOKEN)) {
      assertThat(bench.jenkins.filesWith(secret, path -> !path.toString().contains("/war/")))
          .isEmpty();
    }
  }
}
