package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.canarygate.jenkins.build.CanaryGateAction;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build's pages show its gates to whoever may read it, and what a gate says as text. */
@WithJenkins
class PagesTest {
  private static final String MARKUP = "<img src=x onerror=alert(1)>";

  private static final Bench BENCH = new Bench();
  private static JenkinsRule jenkins;
  private static WorkflowRun run;

  @BeforeAll
  static void begin(JenkinsRule rule) throws Exception {
    jenkins = rule;
    BENCH.open();
    BENCH.waiting("checkout", 0.05);
    String yaml = GateYaml.quick("checkout").replace("name: error rate", "name: '" + MARKUP + "'");
    run =
        new Pipelines(rule)
            .run("checkout", Result.FAILURE, Pipelines.step(yaml.replace("'", "\\'")));
  }

  @AfterAll
  static void end() {
    BENCH.close();
  }

  private static List<String> pages() {
    String action = run.getUrl() + "canary-gate/";
    String gate = run.getAction(CanaryGateAction.class).getGates().get(0).getId();
    return List.of(run.getUrl(), action, action + gate + "/");
  }

  private String text(String page, String language) throws Exception {
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      client.getOptions().setJavaScriptEnabled(false);
      client.addRequestHeader("Accept-Language", language);
      return client.goTo(page).getWebResponse().getContentAsString();
    }
  }

  @Test
  void whatAGateSaysIsTextOnEveryPageAndInEachLanguage() throws Exception {
    for (String page : pages()) {
      for (String language : List.of("en", "de", "zh-CN")) {
        String text = text(page, language);
        assertTrue(text.contains("FAIL"), page + " in " + language);
        assertFalse(text.contains("<img src=x"), page);
        assertFalse(text.contains("???"), page + " in " + language);
      }
    }
    assertTrue(text(pages().get(2), "en").contains("&lt;img src=x"));
  }

  @Test
  void theApiTellsTheGatesOfABuild() throws Exception {
    String api =
        jenkins.getJSON(run.getUrl() + "canary-gate/api/json?depth=1").getContentAsString();

    assertTrue(api.contains("\"verdict\":\"FAIL\""), api);
    assertFalse(api.contains("sandbox-token"), api);
  }

  @Test
  void whoeverMayNotReadTheJobSeesNothing() throws Exception {
    jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    jenkins.jenkins.setAuthorizationStrategy(
        new MockAuthorizationStrategy()
            .grant(Jenkins.READ)
            .everywhere()
            .to("stranger")
            .grant(Jenkins.READ, Item.READ)
            .everywhere()
            .to("reader"));
    try {
      hidden();
    } finally {
      jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
      jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
    }
  }

  private static void hidden() throws Exception {
    for (String page : List.of(pages().get(1), pages().get(2), pages().get(1) + "api/json")) {
      try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
        client.withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false);
        assertEquals(
            404, client.login("stranger").goTo(page, null).getWebResponse().getStatusCode());
        assertEquals(200, client.login("reader").goTo(page, null).getWebResponse().getStatusCode());
      }
    }
  }
}
