package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.canarygate.jenkins.config.AbandonedGatesMonitor;
import io.jenkins.plugins.canarygate.jenkins.config.ClusterConfiguration;
import io.jenkins.plugins.canarygate.jenkins.config.HoneycombConfiguration;
import io.jenkins.plugins.canarygate.jenkins.step.CanaryGateStep;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** Without permission nothing is told and nothing is contacted; and never by a mere link. */
@WithJenkins
class PermissionTest {
  private static final String TEST =
      "/testConnection?name=prod&certificate=&credentialsId=cluster-token&serviceAccount=false"
          + "&namespace=shop&region=us&server=";

  private static final Bench BENCH = new Bench();
  private static JenkinsRule jenkins;

  @BeforeAll
  static void begin(JenkinsRule rule) throws Exception {
    jenkins = rule;
    BENCH.open();
    new Pipelines(rule).job("checkout", "");
    rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
    rule.jenkins.setAuthorizationStrategy(
        new MockAuthorizationStrategy()
            .grant(Jenkins.ADMINISTER)
            .everywhere()
            .to("admin")
            .grant(Jenkins.READ, Item.READ)
            .everywhere()
            .to("reader")
            .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
            .everywhere()
            .to("author"));
  }

  @AfterAll
  static void end() {
    BENCH.close();
  }

  private WebResponse ask(HttpMethod method, String user, String path) throws Exception {
    try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
      client.withThrowExceptionOnFailingStatusCode(false).withJavaScriptEnabled(false).login(user);
      WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
      return client.getPage(client.addCrumb(request)).getWebResponse();
    }
  }

  private static String form(Class<?> of) {
    return "descriptorByName/" + of.getName();
  }

  private String listed(String user, Class<?> of, String field, String current) throws Exception {
    String path = form(of) + "/fill" + field + "Items?" + lower(field) + "=" + current;
    return ask(HttpMethod.POST, user, path).getContentAsString();
  }

  private static String lower(String field) {
    return field.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + field.substring(1);
  }

  @Test
  void anAdministratorIsShownCredentialsOfTheRightKind() throws Exception {
    String cluster = listed("admin", ClusterConfiguration.class, "CredentialsId", "");
    assertTrue(cluster.contains(Administrator.TOKEN), cluster);
    assertFalse(cluster.contains(Administrator.PASSWORD), cluster);
    String honeycomb = listed("admin", HoneycombConfiguration.class, "CredentialsId", "");
    assertTrue(honeycomb.contains(Administrator.KEY), honeycomb);
  }

  @Test
  void nobodyElseIsShownMoreThanTheCurrentOne() throws Exception {
    for (String user : List.of("reader", "author")) {
      for (Class<?> type : List.of(ClusterConfiguration.class, HoneycombConfiguration.class)) {
        String list = listed(user, type, "CredentialsId", "chosen");
        assertTrue(list.contains("chosen"), list);
        assertFalse(list.contains(Administrator.TOKEN), list);
        assertFalse(list.contains(Administrator.KEY), list);
      }
    }
  }

  @Test
  void theStepsFormTellsAReaderNeitherCredentialsNorClustersNorEnvironments() throws Exception {
    for (String job : List.of("", "job/shop/job/checkout/")) {
      String base = job + form(CanaryGateStep.class);
      for (String fill :
          List.of(
              "/fillCredentialsIdItems?credentialsId=chosen",
              "/fillHoneycombCredentialsIdItems?honeycombCredentialsId=chosen")) {
        String list = ask(HttpMethod.POST, "reader", base + fill).getContentAsString();
        assertFalse(list.contains(Administrator.TOKEN), list);
        assertFalse(list.contains(Administrator.KEY), list);
      }
      for (String fill : List.of("/fillClusterItems", "/fillHoneycombItems")) {
        String list = ask(HttpMethod.POST, "reader", base + fill).getContentAsString();
        assertFalse(list.contains("prod"), list);
      }
    }
  }

  @Test
  void theStepsFormTellsWhoeverMayConfigureTheJob() throws Exception {
    String base = "job/shop/job/checkout/" + form(CanaryGateStep.class);

    String clusters =
        ask(HttpMethod.POST, "author", base + "/fillClusterItems").getContentAsString();

    assertTrue(clusters.contains("prod"), clusters);
  }

  @Test
  void anAdministratorTestsAConnection() throws Exception {
    String path = form(ClusterConfiguration.class) + TEST + BENCH.cluster();
    BENCH.forget();

    String answer = ask(HttpMethod.POST, "admin", path).getContentAsString();

    assertTrue(BENCH.requests() > 0, answer);
    assertFalse(answer.contains("sandbox-token"), answer);
  }

  @Test
  void nobodyElseTestsOneAndNoLinkDoes() throws Exception {
    BENCH.forget();
    for (Class<?> type : List.of(ClusterConfiguration.class, HoneycombConfiguration.class)) {
      String path = form(type) + TEST + BENCH.cluster() + "&url=" + BENCH.honeycomb();
      assertEquals(403, ask(HttpMethod.POST, "reader", path).getStatusCode());
      assertEquals(403, ask(HttpMethod.POST, "author", path).getStatusCode());
      int byLink = ask(HttpMethod.GET, "admin", path).getStatusCode();
      assertTrue(byLink == 404 || byLink == 405, "GET is answered " + byLink);
    }
    assertEquals(0, BENCH.requests());
  }

  @Test
  void aMonitorIsDismissedByAnAdministratorAlone() throws Exception {
    String path =
        jenkins.jenkins.getExtensionList(AbandonedGatesMonitor.class).get(0).getUrl()
            + "/dismiss?build=shop%2Fcheckout%231&id=3";

    assertEquals(403, ask(HttpMethod.POST, "reader", path).getStatusCode());
    int byLink = ask(HttpMethod.GET, "admin", path).getStatusCode();
    assertTrue(byLink == 404 || byLink == 405, "GET is answered " + byLink);
    assertEquals(200, ask(HttpMethod.POST, "admin", path).getStatusCode());
  }

  @Test
  void everyMethodOfEveryFormIsForPostAlone() {
    List<String> open = new ArrayList<>();
    int seen = 0;
    for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
      if (!descriptor.clazz.getName().startsWith("io.jenkins.plugins.canarygate.")) {
        continue;
      }
      for (Method method : descriptor.getClass().getMethods()) {
        boolean ours =
            method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.canarygate.");
        if (ours && method.getName().matches("do[A-Z].*")) {
          seen++;
          boolean post =
              Arrays.stream(method.getAnnotations())
                  .anyMatch(a -> a instanceof POST || a instanceof RequirePOST);
          if (!post) {
            open.add(method.toString());
          }
        }
      }
    }
    assertTrue(seen > 20, "only " + seen + " were found");
    assertEquals(List.of(), open);
  }
}
