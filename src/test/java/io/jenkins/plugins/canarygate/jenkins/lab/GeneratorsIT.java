package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.sandbox.SandboxCanary;
import io.jenkins.plugins.canarygate.sandbox.SandboxRollout;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person fills in the forms that write a Pipeline, in a browser at a real Jenkins. */
@Timeout(600)
class GeneratorsIT {
  private static LabBench bench;
  private static LabFlagger flagger;
  private static LabBrowser browser;

  @BeforeAll
  static void begin() throws Exception {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    assumeTrue(
        LabBrowser.chromedriver().isPresent(),
        "there is no browser here: install Chromium and its chromedriver");
    bench = new LabBench(LabJenkins.lab().get());
    flagger = new LabFlagger(bench);
    bench.begin();
    flagger.configure();
    bench.jenkins.script(
        """
        def jenkins = jenkins.model.Jenkins.get()
        jenkins.securityRealm.createAccount('author', 'author')
        jenkins.authorizationStrategy.add(jenkins.ADMINISTER,
            org.jenkinsci.plugins.matrixauth.PermissionEntry.user('author'))
        """);
    bench.jenkins.pipeline("shop/forms", "echo 'nothing'", "MAX_SURVIVABILITY");
    browser = LabBrowser.open(LabBrowser.chromedriver().get(), bench.jenkins, "author", "author");
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
    if (bench != null) {
      bench.close();
    }
    if (flagger != null) {
      flagger.close();
    }
  }

  /** The snippet of a gate with one check, as somebody gets it who clicks and types. */
  private static String snippet(String name) throws IOException {
    browser.go("/job/shop/job/forms/pipeline-syntax/");
    browser.click("select.dropdownList option", "canaryGate: ");
    browser.type("[name='_.cluster']", 0, "prod");
    browser.type("[name='_.honeycomb']", 0, "prod");
    browser.click("button", "Text and credentials");
    browser.click("select[name='_.credentialsId'] option[value=cluster-token]");
    browser.click("label", "The gate stands here");
    browser.type("[name='_.name']", 0, name);
    browser.type("[name='_.namespace']", 0, "shop");
    browser.type("[name='_.name']", 1, name);
    browser.type("[name='_.image']", 0, "registry.example/" + name + ":2");
    browser.click("button", "Where it stands, cohorts, times");
    browser.type(
        "[name='_.cohorts']",
        0,
        "canary: {honeycomb: [{column: k8s.replicaset.name, op: '=', value:"
            + " 'NAME-${rollout.canary}'}]}".replace("NAME", name));
    browser.click("button", "Add a check");
    browser.click("button.jenkins-dropdown__item", "Honeycomb query");
    browser.type("[name='_.name']", 2, "error rate");
    browser.type("[name='_.dataset']", 0, name);
    browser.type(
        "[name='_.query']", 0, "{\"calculations\": [{\"op\": \"AVG\", \"column\": \"error\"}]}");
    browser.type("[name='_.fail']", 0, "> 1%");
    browser.click("#generatePipelineScript");
    return browser.value("#prototypeText");
  }

  private static LabBuild run(String name, String script) throws IOException {
    return bench.jenkins.pipeline("shop/" + name, script, "MAX_SURVIVABILITY").build();
  }

  @Test
  void whatTheSnippetGeneratorWritesRuns() throws IOException {
    SandboxRollout rollout = bench.waiting("clicked", 0.001);

    String snippet = snippet("clicked");
    browser.picture(Path.of("target", "snippet-generator.png"));

    assertThat(snippet)
        .startsWith("canaryGate ")
        .contains(
            "checks: [honeycombQuery(",
            "name: 'error rate'",
            "cluster: 'prod'",
            "credentialsId: 'cluster-token'",
            "rollout: argoRollout(")
        .doesNotContain("$class", "throwOnFailure", "dryRun", "gateText");
    LabBuild build = run("clicked", snippet);
    assertThat(build.result()).as(snippet + "\n" + build.log()).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(3);
  }

  private static void check(String kind) {
    browser.click("button", "Add a check");
    browser.click("button.jenkins-dropdown__item", kind);
  }

  @Test
  void whatItWritesOfACanaryWithPrometheusAndKeptnRuns() throws Exception {
    SandboxCanary canary = flagger.waiting("gated-clicked");
    browser.go("/job/shop/job/forms/pipeline-syntax/");
    browser.click("select.dropdownList option", "canaryGate: ");
    browser.type("[name='_.cluster']", 0, "prod");
    browser.type("[name='_.prometheus']", 0, "main");
    browser.click("label", "The gate stands here");
    browser.type("[name='_.name']", 0, "clicked");
    browser.click("select.dropdownList option", "Flagger Canary");
    browser.type("[name='_.namespace']", 0, "shop");
    browser.type("[name='_.name']", 1, "gated-clicked");
    browser.type("[name='_.image']", 0, "registry.example/gated-clicked:2");
    check("Prometheus query");
    browser.type("[name='_.name']", 2, "errors");
    browser.type("[name='_.query']", 0, "sum(errors{pod=~\"${cohort.pods}\"})");
    browser.type("[name='_.fail']", 0, "> 1%");
    check("Keptn metric");
    browser.type("[name='_.name']", 3, "latency");
    browser.type("[name='_.namespace']", 1, "shop");
    browser.type("[name='_.metric']", 0, "checkout-p95");
    browser.type("[name='_.fail']", 1, "> 0.3");
    check("Keptn Analysis");
    browser.type("[name='_.name']", 4, "objectives");
    browser.type("[name='_.namespace']", 2, "shop");
    browser.type("[name='_.definition']", 0, "checkout");
    browser.type("[name='_.args']", 0, "{workload: \"${rollout.canary}\"}");
    browser.click("#generatePipelineScript");
    String snippet = browser.value("#prototypeText");
    browser.picture(Path.of("target", "snippet-generator-flagger.png"));

    assertThat(snippet)
        .contains(
            "rollout: flaggerCanary(",
            "prometheusQuery(",
            "keptnMetric(",
            "metric: 'checkout-p95'",
            "keptnAnalysis(",
            "definition: 'checkout'",
            "prometheus: 'main'")
        .doesNotContain("$class", "keep", "zeroIsData", "analysis:", "reduce", "fresh");
    LabBuild build = run("gated-clicked", snippet);
    assertThat(build.result()).as(snippet + "\n" + build.log()).isEqualTo("SUCCESS");
    assertThat(canary.primaryImage()).isEqualTo("registry.example/gated-clicked:2");
  }

  @Test
  void theStageOfTheDirectiveGeneratorTakesTheSnippetAndRuns() throws IOException {
    SandboxRollout rollout = bench.waiting("directed", 0.001);
    String snippet = snippet("directed");

    browser.go("/job/shop/job/forms/directive-generator/");
    browser.click("select.dropdownList option", "stage: ");
    browser.type("[name='_.name']", 0, "gate");
    browser.click("button", "Generate Declarative Directive");
    String stage = browser.value("textarea[id^=prototypeText]");
    browser.picture(Path.of("target", "directive-generator.png"));

    String placeholder = "// One or more steps need to be included within the steps block.";
    assertThat(stage).contains("stage('gate')", placeholder);
    String script =
        "pipeline {\nagent none\nstages {\n" + stage.replace(placeholder, snippet) + "\n}\n}";
    LabBuild build = run("directed", script);
    assertThat(build.result()).as(script + "\n" + build.log()).isEqualTo("SUCCESS");
    assertThat(rollout.step()).isEqualTo(3);
  }
}
