package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.canarygate.jenkins.step.CanaryGateStep;
import io.jenkins.plugins.canarygate.jenkins.symbol.ArgoRollout;
import io.jenkins.plugins.canarygate.jenkins.symbol.FlaggerCanary;
import io.jenkins.plugins.canarygate.jenkins.symbol.HoneycombQuery;
import io.jenkins.plugins.canarygate.jenkins.symbol.KeptnAnalysis;
import io.jenkins.plugins.canarygate.jenkins.symbol.KeptnMetric;
import io.jenkins.plugins.canarygate.jenkins.symbol.PrometheusQuery;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the generators write can be put into a Jenkinsfile. */
@WithJenkins
class SnippetTest {
  private static JenkinsRule jenkins;
  private static WorkflowJob job;

  @BeforeAll
  static void begin(JenkinsRule rule) throws Exception {
    jenkins = rule;
    job = new Pipelines(rule).job("checkout", "");
  }

  @Test
  void whatIsByDefaultIsNotWritten() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setGate("deploy/gate.yaml");

    assertEquals("canaryGate gate: 'deploy/gate.yaml'", Snippetizer.object2Groovy(step));
  }

  @Test
  void aFileWithParametersAndOptions() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setGate("deploy/gate.yaml");
    step.setParameters(new TreeMap<>(Map.of("image", "app:2")));
    step.setCluster("prod");
    step.setHoneycomb("prod");
    step.setThrowOnFailure(false);
    step.setDryRun(true);

    assertEquals(
        "canaryGate cluster: 'prod', dryRun: true, gate: 'deploy/gate.yaml', honeycomb: 'prod',"
            + " parameters: [image: 'app:2'], throwOnFailure: false",
        Snippetizer.object2Groovy(step));
  }

  @Test
  void symbolsAreWrittenByTheirNames() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setName("checkout");
    ArgoRollout rollout = new ArgoRollout("shop", "checkout");
    rollout.setImage("app:2");
    step.setRollout(rollout);
    HoneycombQuery query =
        new HoneycombQuery("errors", "checkout", "{calculations: [{op: COUNT}]}");
    query.setFail("> 1%");
    step.setChecks(List.of(query));
    step.setOnPass("promote");

    assertEquals(
        "canaryGate checks: [honeycombQuery(dataset: 'checkout', fail: '> 1%', name: 'errors',"
            + " query: '{calculations: [{op: COUNT}]}')], name: 'checkout', onPass: 'promote',"
            + " rollout: argoRollout(image: 'app:2', name: 'checkout', namespace: 'shop')",
        Snippetizer.object2Groovy(step));
  }

  @Test
  void aCanaryWithPrometheusAndKeptnIsWrittenByTheNamesOfItsSymbols() throws Exception {
    CanaryGateStep step = new CanaryGateStep();
    step.setName("checkout");
    step.setPrometheus("main");
    FlaggerCanary rollout = new FlaggerCanary("shop", "checkout");
    rollout.setImage("app:2");
    step.setRollout(rollout);
    PrometheusQuery errors = new PrometheusQuery("errors", "sum(errors)");
    errors.setFail("> 1%");
    errors.setFresh("2m");
    KeptnMetric latency = new KeptnMetric("latency", "shop", "p95");
    latency.setFail("> 0.3");
    latency.setMaxAge("1m");
    KeptnAnalysis objectives = new KeptnAnalysis("objectives", "shop");
    objectives.setDefinition("checkout");
    objectives.setArgs(Map.of("workload", "${rollout.canary}"));
    step.setChecks(List.of(errors, latency, objectives));

    assertEquals(
        "canaryGate checks: [prometheusQuery(fail: '> 1%', fresh: '2m', name: 'errors',"
            + " query: 'sum(errors)'), keptnMetric(fail: '> 0.3', maxAge: '1m', metric: 'p95',"
            + " name: 'latency', namespace: 'shop'), keptnAnalysis(args:"
            + " '{\"workload\":\"${rollout.canary}\"}', definition: 'checkout', name: 'objectives',"
            + " namespace: 'shop')], name: 'checkout', prometheus: 'main',"
            + " rollout: flaggerCanary(image: 'app:2', name: 'checkout', namespace: 'shop')",
        Snippetizer.object2Groovy(step));
  }

  @Test
  void aFormOfACanaryWithPrometheusAndKeptnBecomesASnippet() throws Exception {
    JSONObject rollout = of(FlaggerCanary.class);
    rollout.put("namespace", "shop");
    rollout.put("name", "checkout");
    rollout.put("image", "app:2");
    JSONObject errors = of(PrometheusQuery.class);
    errors.put("name", "errors");
    errors.put("query", "sum(errors)");
    errors.put("samples", "");
    errors.put("fail", "> 1%");
    JSONObject latency = of(KeptnMetric.class);
    latency.put("name", "latency");
    latency.put("namespace", "shop");
    latency.put("metric", "p95");
    latency.put("fail", "> 0.3");
    JSONObject objectives = of(KeptnAnalysis.class);
    objectives.put("name", "objectives");
    objectives.put("namespace", "shop");
    objectives.put("definition", "checkout");
    objectives.put("keep", false);
    JSONArray checks = new JSONArray();
    checks.add(errors);
    checks.add(latency);
    checks.add(objectives);
    JSONObject form = of(CanaryGateStep.class);
    form.put("throwOnFailure", true);
    form.put("name", "checkout");
    form.put("prometheus", "main");
    form.put("rollout", rollout);
    form.put("checks", checks);

    assertEquals(
        "canaryGate checks: [prometheusQuery(fail: '> 1%', name: 'errors', query: 'sum(errors)'),"
            + " keptnMetric(fail: '> 0.3', metric: 'p95', name: 'latency', namespace: 'shop'),"
            + " keptnAnalysis(definition: 'checkout', name: 'objectives', namespace: 'shop')],"
            + " name: 'checkout', prometheus: 'main',"
            + " rollout: flaggerCanary(image: 'app:2', name: 'checkout', namespace: 'shop')",
        generated(form));
  }

  private static JSONObject of(Class<?> type) {
    JSONObject form = new JSONObject();
    form.put("stapler-class", type.getName());
    form.put("$class", type.getName());
    return form;
  }

  @Test
  void aFormBecomesASnippetThatRuns() throws Exception {
    JSONObject form = of(CanaryGateStep.class);
    form.put("gate", "deploy/gate.yaml");
    form.put("parameterLines", "image=app:2\ntier=web");
    form.put("cluster", "prod");
    form.put("honeycomb", "");
    form.put("throwOnFailure", true);
    form.put("credentialsId", "");

    String snippet = generated(form);

    assertEquals(
        "canaryGate cluster: 'prod', gate: 'deploy/gate.yaml', parameters: [image: 'app:2',"
            + " tier: 'web']",
        snippet);
    job.setDefinition(
        new org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition("node { " + snippet + " }", true));
    jenkins.assertLogContains(
        "the gate file deploy/gate.yaml is not in the workspace",
        jenkins.buildAndAssertStatus(Result.FAILURE, job));
  }

  @Test
  void aFormOfSymbolsBecomesASnippet() throws Exception {
    JSONObject rollout = of(ArgoRollout.class);
    rollout.put("namespace", "shop");
    rollout.put("name", "checkout");
    JSONObject check = of(HoneycombQuery.class);
    check.put("name", "errors");
    check.put("dataset", "checkout");
    check.put("query", "{calculations: [{op: COUNT}]}");
    check.put("fail", "> 1%");
    JSONObject form = of(CanaryGateStep.class);
    form.put("throwOnFailure", true);
    form.put("name", "checkout");
    form.put("rollout", rollout);
    form.put("checks", check);

    assertEquals(
        "canaryGate checks: [honeycombQuery(dataset: 'checkout', fail: '> 1%', name: 'errors',"
            + " query: '{calculations: [{op: COUNT}]}')], name: 'checkout',"
            + " rollout: argoRollout(name: 'checkout', namespace: 'shop')",
        generated(form));
  }

  @Test
  void theGeneratorsOfferTheStepAndItsReference() throws Exception {
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      client.getOptions().setJavaScriptEnabled(false);
      for (String page :
          List.of("pipeline-syntax/", "directive-generator/", "pipeline-syntax/html")) {
        String text = client.getPage(job, page).getWebResponse().getContentAsString();
        assertTrue(page.startsWith("directive") || text.contains("canaryGate"), page);
      }
    }
  }

  private String generated(JSONObject form) throws Exception {
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      client.getOptions().setJavaScriptEnabled(false);
      WebRequest request =
          new WebRequest(
              new URL(jenkins.getURL(), job.getUrl() + "pipeline-syntax/generateSnippet"),
              HttpMethod.POST);
      request.setRequestParameters(List.of(new NameValuePair("json", form.toString())));
      return client.getPage(client.addCrumb(request)).getWebResponse().getContentAsString().strip();
    }
  }
}
