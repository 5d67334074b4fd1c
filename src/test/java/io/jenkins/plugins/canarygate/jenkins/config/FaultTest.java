package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A configuration is saved whole or not at all. */
class FaultTest {
  private final ClusterConfiguration prod = new ClusterConfiguration("prod");
  private final HoneycombConfiguration eu = new HoneycombConfiguration("eu");

  private void refused(String message) {
    assertThat(Fault.ofClusters(List.of(prod))).contains(new Fault("clusters", message));
  }

  @Test
  void whatIsRightIsSaved() {
    prod.setServer("https://kube.example.com");
    prod.setAllowances(List.of(new AllowanceConfiguration("shop/**", "shop")));

    assertThat(Fault.ofClusters(List.of(prod, new ClusterConfiguration("other")))).isEmpty();
    assertThat(Fault.ofHoneycombs(List.of(eu))).isEmpty();
    assertThat(Fault.ofFloor(new PolicyFloorConfiguration())).isEmpty();
  }

  @Test
  void twoOfOneNameAreRefused() {
    assertThat(Fault.ofClusters(List.of(prod, new ClusterConfiguration("prod "))))
        .contains(new Fault("clusters", Messages.Configuration_twice("prod")));
    assertThat(Fault.ofHoneycombs(List.of(eu, new HoneycombConfiguration("eu"))))
        .contains(new Fault("honeycombs", Messages.Configuration_twice("eu")));
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThat(Fault.ofClusters(List.of(new ClusterConfiguration(null))))
        .contains(new Fault("clusters", ": " + Messages.FormRules_name()));
  }

  @Test
  void anUnencryptedServerIsRefused() {
    prod.setServer("http://kube.example.com");
    refused("prod: " + Messages.FormRules_address());
  }

  @Test
  void aCertificateThatIsNoneIsRefused() {
    prod.setCertificate("none");
    refused("prod: " + Messages.FormRules_certificate());
  }

  @Test
  void anAllowanceThatCannotMatchIsRefused() {
    prod.setAllowances(List.of(new AllowanceConfiguration("/shop", "shop")));
    refused("prod: " + Messages.FormRules_jobs());

    prod.setAllowances(List.of(new AllowanceConfiguration("shop", "Shop")));
    refused("prod: " + Messages.FormRules_namespace());
  }

  @Test
  void anAddressOfHoneycombThatIsUnencryptedIsRefused() {
    eu.setUrl("http://api.example.com");
    assertThat(Fault.ofHoneycombs(List.of(eu)))
        .contains(new Fault("honeycombs", "eu: " + Messages.FormRules_address()));
  }

  @Test
  void aSecretForPrometheusGoesUnencryptedToThisMachineAlone() {
    PrometheusConfiguration main = new PrometheusConfiguration("main");
    main.setUrl("http://prometheus.example:9090");
    assertThat(Fault.ofPrometheusServers(List.of(main))).isEmpty();

    main.setCredentialsId("token");
    assertThat(Fault.ofPrometheusServers(List.of(main)))
        .contains(new Fault("prometheusServers", "main: " + Messages.FormRules_unencrypted()));

    main.setUrl("http://localhost:9090");
    assertThat(Fault.ofPrometheusServers(List.of(main))).isEmpty();
    main.setUrl("http://127.0.0.1.example:9090");
    assertThat(Fault.ofPrometheusServers(List.of(main))).isPresent();
  }

  @Test
  void aPrometheusServerNeedsAnAddressAndATenantForItsHeader() {
    PrometheusConfiguration main = new PrometheusConfiguration("main");
    assertThat(Fault.ofPrometheusServers(List.of(main)))
        .contains(new Fault("prometheusServers", "main: " + Messages.FormRules_prometheus()));

    main.setUrl("https://user:password@prometheus.example");
    assertThat(Fault.ofPrometheusServers(List.of(main)))
        .contains(new Fault("prometheusServers", "main: " + Messages.FormRules_prometheus()));

    main.setUrl("https://prometheus.example/prometheus");
    main.setTenantHeader("X-Tenant");
    assertThat(Fault.ofPrometheusServers(List.of(main)))
        .contains(new Fault("prometheusServers", "main: " + Messages.FormRules_noTenant()));

    main.setTenant("shop");
    assertThat(Fault.ofPrometheusServers(List.of(main))).isEmpty();
    main.setTenantHeader("Authorization");
    assertThat(Fault.ofPrometheusServers(List.of(main)))
        .contains(new Fault("prometheusServers", "main: " + Messages.FormRules_tenantHeader()));
    assertThat(
            Fault.ofPrometheusServers(
                List.of(new PrometheusConfiguration("main"), new PrometheusConfiguration("main"))))
        .isPresent();
  }

  @Test
  void aFloorThatPermitsNoReactionIsRefused() {
    PolicyFloorConfiguration floor = new PolicyFloorConfiguration();
    floor.setOnFailAbort(false);
    floor.setOnFailPause(false);
    floor.setOnFailNone(false);

    assertThat(Fault.ofFloor(floor))
        .contains(new Fault("policyFloor", Messages.PolicyFloor_nothing()));
  }
}
