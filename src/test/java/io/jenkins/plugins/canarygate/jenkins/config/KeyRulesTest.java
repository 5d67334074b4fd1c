package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.jenkins.config.FormRules.Rule;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
  private final MemoryKeys keys = new MemoryKeys().text("text").file("file").login("login");

  @Test
  void aClusterTakesTextAndFiles() {
    assertThat(KeyRules.ofCluster("text", false, keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofCluster("file", false, keys)).isEqualTo(Rule.OK);
  }

  @Test
  void honeycombTakesText() {
    assertThat(KeyRules.ofHoneycomb("text", keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofHoneycomb("file", keys))
        .isEqualTo(Rule.wrong(Messages.KeyRules_honeycomb("file")));
  }

  @Test
  void prometheusTakesTextANameWithItsPasswordOrNothing() {
    assertThat(KeyRules.ofPrometheus("text", keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofPrometheus("login", keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofPrometheus("", keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofPrometheus("file", keys))
        .isEqualTo(Rule.wrong(Messages.KeyRules_prometheus("file")));
  }

  @Test
  void aNameWithItsPasswordIsForPrometheusAlone() {
    assertThat(KeyRules.ofCluster("login", false, keys))
        .isEqualTo(Rule.wrong(Messages.KeyRules_cluster("login")));
    assertThat(KeyRules.ofHoneycomb("login", keys))
        .isEqualTo(Rule.wrong(Messages.KeyRules_honeycomb("login")));
  }

  @Test
  void aMissingCredentialIsWrong() {
    assertThat(KeyRules.ofHoneycomb("gone", keys).message())
        .contains("there is no credential 'gone'");
    assertThat(KeyRules.ofCluster("gone", false, keys).wrong()).isTrue();
  }

  @Test
  void noCredentialIsDoubtfulSinceABuildMayBringOne() {
    Rule none = Rule.doubtful(Messages.KeyRules_none());
    assertThat(KeyRules.ofCluster(null, false, keys)).isEqualTo(none);
    assertThat(KeyRules.ofHoneycomb("", keys)).isEqualTo(none);
  }

  @Test
  void besideTheServiceAccountACredentialIsNotUsed() {
    assertThat(KeyRules.ofCluster("", true, keys)).isEqualTo(Rule.OK);
    assertThat(KeyRules.ofCluster("text", true, keys))
        .isEqualTo(Rule.doubtful(Messages.KeyRules_notUsed()));
    assertThat(keys.asked).isZero();
  }
}
