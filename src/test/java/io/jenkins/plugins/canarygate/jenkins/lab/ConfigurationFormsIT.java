package io.jenkins.plugins.canarygate.jenkins.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.canarygate.evidence.prometheus.FakePrometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator sets, by a browser and as code, in a real Jenkins. */
@Timeout(600)
class ConfigurationFormsIT {
  private static final String FORM = "/manage/configure";
  private static final String SERVER = "div[name=prometheusServers] ";
  private static final String TOKEN = "token-of-a-form-3";

  @TempDir Path folder;
  private static final FakePrometheus PROMETHEUS =
      new FakePrometheus().answer(FakePrometheus.vector("{}=1"));
  private static LabBench bench;

  @BeforeAll
  static void begin() throws IOException {
    assumeTrue(
        LabJenkins.lab().isPresent(),
        "there is no real Jenkins here: give its parts with -Djenkins.lab=DIR");
    bench = new LabBench(LabJenkins.lab().get());
    bench.begin();
    bench.jenkins.script(
        """
        import com.cloudbees.plugins.credentials.*
        import com.cloudbees.plugins.credentials.domains.Domain
        import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl
        SystemCredentialsProvider.instance.store.addCredentials(Domain.global(),
            new StringCredentialsImpl(CredentialsScope.GLOBAL, 'prometheus-token', '',
                hudson.util.Secret.fromString('%s')))
        def jenkins = jenkins.model.Jenkins.get()
        jenkins.securityRealm.createAccount('author', 'author')
        jenkins.authorizationStrategy.add(jenkins.ADMINISTER,
            org.jenkinsci.plugins.matrixauth.PermissionEntry.user('author'))
        """
            .formatted(TOKEN));
  }

  @AfterAll
  static void end() {
    if (bench != null) {
      bench.close();
    }
    PROMETHEUS.close();
  }

  private static LabBrowser browser() throws IOException {
    assumeTrue(
        LabBrowser.chromedriver().isPresent(),
        "there is no browser here: install Chromium and its chromedriver");
    return LabBrowser.open(LabBrowser.chromedriver().get(), bench.jenkins, "author", "author");
  }

  /** All that is set, as the gates see it, after it was read from disk again. */
  private static String settings() throws IOException {
    return bench.jenkins.script(
        """
        def all = io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()
        all.load()
        print all.toSettings()
        """);
  }

  private static String servers() throws IOException {
    return bench.jenkins.script(
        "print io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()"
            + ".toSettings().prometheusServers()");
  }

  private static void save(LabBrowser browser) {
    browser.click("button[name=Submit]");
    browser.leaves(FORM);
  }

  private static void forgetServers() throws IOException {
    bench.jenkins.script(
        "io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()"
            + ".prometheusServers = []");
  }

  @Test
  void aPrometheusServerIsFilledInTriedSavedAndFoundAgain() throws Exception {
    forgetServers();
    try (LabBrowser browser = browser()) {
      browser.go(FORM);
      browser.click("button", "Add Prometheus server");
      // What is said of the empty name must not arrive after what is said of the one that is typed.
      browser.sees(SERVER + ".error", "Letters");
      browser.type(SERVER + "[name='_.name']", 0, "main");
      browser.type(SERVER + "[name='_.url']", 0, PROMETHEUS.url());
      browser.click(SERVER + "select[name='_.credentialsId'] option[value=prometheus-token]");
      browser.type(SERVER + "[name='_.tenant']", 0, "shop");
      browser.type(SERVER + "[name='_.tenantHeader']", 0, "X-Scope-OrgID");
      browser.type(SERVER + "[name='_.jobs']", 0, "shop/**");
      browser.click(SERVER + "button", "Test connection");
      browser.sees(SERVER + ".ok", "answers");
      browser.misses(SERVER + ".error");
      browser.picture(Path.of("target", "prometheus-form.png"));
      save(browser);

      String saved = settings();
      assertThat(servers())
          .isEqualTo(
              "[PrometheusSettings[name=main, address="
                  + PROMETHEUS.url()
                  + ", credentialsId=prometheus-token, tenant=shop, tenantHeader=X-Scope-OrgID,"
                  + " jobs=[shop/**]]]");
      browser.go(FORM);
      assertThat(browser.value(SERVER + "[name='_.url']")).isEqualTo(PROMETHEUS.url());
      assertThat(browser.value(SERVER + "[name='_.credentialsId']")).isEqualTo("prometheus-token");
      save(browser);
      assertThat(settings()).isEqualTo(saved);
    }
    assertThat(PROMETHEUS.asked())
        .anySatisfy(
            asked ->
                assertThat(asked.headers())
                    .containsEntry("authorization", "Bearer " + TOKEN)
                    .containsEntry("x-scope-orgid", "shop"));
  }

  @Test
  void aSecretThatWouldGoUnencryptedIsToldBeforeAnythingIsSaved() throws Exception {
    forgetServers();
    try (LabBrowser browser = browser()) {
      browser.go(FORM);
      browser.click("button", "Add Prometheus server");
      browser.type(SERVER + "[name='_.name']", 0, "far");
      browser.type(SERVER + "[name='_.url']", 0, "http://prometheus.example:9090");
      browser.click(SERVER + "select[name='_.credentialsId'] option[value=prometheus-token]");
      browser.click(SERVER + "button", "Test connection");

      browser.sees(SERVER + ".error", "https");
    }
    assertThat(servers()).isEqualTo("[]");
  }

  @Test
  void theFormKeepsAllThatTheExampleOfTheDocumentationSets() throws Exception {
    configure(example());
    String before = settings();
    assertThat(before).contains("name=metrics", "analyses=true", "tenantHeader=X-Scope-OrgID");

    try (LabBrowser browser = browser()) {
      browser.go(FORM);
      browser.sees("button", "Add Prometheus server");
      save(browser);
    }

    assertThat(settings()).isEqualTo(before);
  }

  @Test
  void whatIsExportedAsCodeConfiguresTheSameAgain() throws Exception {
    configure(example());
    String before = settings();
    String exported = exported();
    assertThat(exported).contains("prometheusServers:", "tenantHeader:", "analyses: true");
    bench.jenkins.script(
        """
        def all = io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration.get()
        all.clusters = []; all.honeycombs = []; all.prometheusServers = []
        """);
    assertThat(settings()).isNotEqualTo(before);

    configure(exported);

    assertThat(settings()).isEqualTo(before);
    assertThat(exported).doesNotContain(TOKEN);
  }

  /** Our part of what Jenkins exports, as a file of its own. */
  private static String exported() throws IOException {
    String all = bench.jenkins.post("/manage/configuration-as-code/export").body();
    int ours = all.indexOf("\n  canaryGate:");
    assertThat(ours).as(all).isPositive();
    StringBuilder yaml = new StringBuilder("unclassified:\n  canaryGate:\n");
    all.substring(ours + 1)
        .lines()
        .skip(1)
        .takeWhile(line -> line.startsWith("   "))
        .forEach(line -> yaml.append(line).append('\n'));
    return yaml.toString();
  }

  /** Ours of the example; its credentials would take the place of those that are there. */
  private static String example() throws IOException {
    String whole = Files.readString(Path.of("docs", "examples", "jenkins", "jenkins-casc.yaml"));
    return whole.substring(whole.indexOf("\nunclassified:") + 1);
  }

  private void configure(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
    bench.jenkins.script(
        "io.jenkins.plugins.casc.ConfigurationAsCode.get().configure('%s')".formatted(file));
  }
}
