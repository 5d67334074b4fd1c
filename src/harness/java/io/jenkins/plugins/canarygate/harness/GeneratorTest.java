package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step's form, in the Snippet Generator as a person fills it in. */
@WithJenkins
class GeneratorTest {
  private static final int SCRIPTS = 20_000;

  private static HtmlPage form(JenkinsRule.WebClient client, WorkflowJob job) throws Exception {
    HtmlPage page = client.getPage(job, "pipeline-syntax/");
    HtmlSelect steps =
        (HtmlSelect) page.getByXPath("//select[contains(@class,'dropdownList')]").get(0);
    for (HtmlOption option : steps.getOptions()) {
      if (option.getText().startsWith("canaryGate:")) {
        option.setSelected(true);
        client.waitForBackgroundJavaScript(SCRIPTS);
        return page;
      }
    }
    throw new AssertionError("the step is not offered");
  }

  private static String generated(JenkinsRule.WebClient client, HtmlPage page) throws Exception {
    ((DomElement) page.getElementById("generatePipelineScript")).click();
    client.waitForBackgroundJavaScript(SCRIPTS);
    return ((HtmlTextArea) page.getElementById("prototypeText")).getText().strip();
  }

  @Test
  void theFormOfAFileBecomesAStepWithWhatWasFilledIn(JenkinsRule jenkins) throws Exception {
    Administrator.allows("http://127.0.0.1:9", "http://127.0.0.1:9");
    WorkflowJob job = new Pipelines(jenkins).job("checkout", "");
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      HtmlPage page = form(client, job);
      HtmlForm form = page.getFormByName("config");
      form.getInputByName("_.gate").setValue("deploy/gate.yaml");
      form.getInputByName("_.cluster").setValue("prod");
      form.getInputByName("_.prometheus").setValue("main");
      form.getTextAreaByName("_.parameterLines").setText("image=app:2");

      assertEquals(
          "canaryGate cluster: 'prod', gate: 'deploy/gate.yaml', parameters: [image: 'app:2'],"
              + " prometheus: 'main'",
          generated(client, page));
    }
  }

  @Test
  void theFormOffersAGateWithoutAFile(JenkinsRule jenkins) throws Exception {
    WorkflowJob job = new Pipelines(jenkins).job("checkout", "");
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      String page = form(client, job).asXml();

      assertTrue(page.contains("ArgoRollout"), page);
      assertTrue(page.contains("FlaggerCanary"), page);
      assertTrue(page.contains("hetero-list-add"), page);
    }
  }
}
