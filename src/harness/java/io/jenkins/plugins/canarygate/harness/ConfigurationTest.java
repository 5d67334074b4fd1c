package io.jenkins.plugins.canarygate.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import io.jenkins.plugins.canarygate.jenkins.config.CanaryGateConfiguration;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an administrator sets is kept as it was set, by form, by code and on disk. */
@WithJenkins
class ConfigurationTest {
  @TempDir Path folder;
  private static JenkinsRule jenkins;

  @BeforeAll
  static void begin(JenkinsRule rule) throws Exception {
    jenkins = rule;
    Administrator.allows("http://127.0.0.1:9", "http://127.0.0.1:9");
  }

  private static Settings now() {
    return CanaryGateConfiguration.get().toSettings();
  }

  @Test
  void theFormKeepsEverySetting() throws Exception {
    Settings before = Configured.everything().toSettings();

    jenkins.configRoundtrip();

    assertEquals(before, now());
  }

  @Test
  void theFormKeepsAConfigurationInWhichNothingIsSet() throws Exception {
    Configured.nothing();
    Settings before = now();

    jenkins.configRoundtrip();

    assertEquals(before, now());
    assertTrue(now().clusters().isEmpty());
    assertTrue(now().prometheusServers().isEmpty());
  }

  @Test
  void whatIsExportedAsCodeConfiguresAnotherJenkinsTheSameWay() throws Exception {
    Settings before = Configured.everything().toSettings();
    String exported = exported();
    Configured.nothing();
    assertNotEquals(before, now());

    configure(exported);

    assertEquals(before, now());
    assertTrue(exported.contains("tenantHeader: \"X-Scope-OrgID\""), exported);
    assertFalse(exported.contains("sandbox-token"));
    assertFalse(exported.contains("a-long-password"));
    assertFalse(exported.contains("sandbox-honeycomb-key"));
  }

  @Test
  void theExampleOfTheDocumentationIsReadAndExportedAgain() throws Exception {
    configure(Files.readString(Path.of("docs/examples/jenkins/jenkins-casc.yaml")));
    Settings before = now();
    assertFalse(before.clusters().isEmpty());
    assertFalse(before.honeycombs().isEmpty());
    assertFalse(before.prometheusServers().isEmpty());
    assertFalse(before.clusters().get(0).allowances().isEmpty());
    assertTrue(before.clusters().get(0).allowances().get(0).analyses());
    String exported = exported();
    Configured.nothing();

    configure(exported);

    assertEquals(before, now());
  }

  @Test
  void onDiskNoSecretIsAmongIt() throws Exception {
    Settings before = Configured.everything().toSettings();
    String file = CanaryGateConfiguration.class.getName() + ".xml";
    String saved = Files.readString(jenkins.jenkins.getRootDir().toPath().resolve(file));
    assertFalse(saved.contains("sandbox-token"));

    CanaryGateConfiguration.get().load();

    assertEquals(before, now());
    assertEquals(1, ExtensionList.lookup(CanaryGateConfiguration.class).size());
  }

  private static String exported() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigurationAsCode.get().export(out);
    String all = out.toString(StandardCharsets.UTF_8);
    int ours = all.indexOf("\n  canaryGate:");
    assertTrue(ours > 0, all);
    int section = all.lastIndexOf("\nunclassified:", ours);
    assertTrue(section >= 0, all);
    StringBuilder yaml = new StringBuilder("unclassified:");
    String[] lines = all.substring(ours + 1).split("\n");
    yaml.append('\n').append(lines[0]);
    for (int i = 1; i < lines.length && lines[i].startsWith("   "); i++) {
      yaml.append('\n').append(lines[i]);
    }
    return yaml.append('\n').toString();
  }

  private void configure(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("jenkins.yaml"), yaml);
    ConfigurationAsCode.get().configure(file.toString());
  }
}
