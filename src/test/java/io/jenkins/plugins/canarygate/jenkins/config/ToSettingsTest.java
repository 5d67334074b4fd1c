package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.gate.Reaction;
import io.jenkins.plugins.canarygate.jenkins.gates.Allowance;
import io.jenkins.plugins.canarygate.jenkins.gates.PolicyFloor;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.ClusterSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.HoneycombSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.PrometheusSettings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Proxy;
import io.jenkins.plugins.canarygate.rollout.Action;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToSettingsTest {
  @Test
  void aClusterOfWhichOnlyTheNameIsGivenAllowsNothing() {
    assertThat(new ClusterConfiguration(" prod ").toSettings())
        .isEqualTo(new ClusterSettings("prod", "", "", "", false, List.of()));
  }

  @Test
  void allOfAClusterIsHandedOn() {
    AllowanceConfiguration allowance = new AllowanceConfiguration("a/**\r\nb, c", "shop\ncart");
    allowance.setPromote(true);
    allowance.setAbort(true);
    ClusterConfiguration cluster = new ClusterConfiguration("prod");
    cluster.setServer(" https://kube.example.com ");
    cluster.setCertificate(" PEM ");
    cluster.setCredentialsId("token");
    cluster.setServiceAccount(true);
    cluster.setAllowances(List.of(allowance));

    assertThat(cluster.toSettings())
        .isEqualTo(
            new ClusterSettings(
                "prod",
                "https://kube.example.com",
                "PEM",
                "token",
                true,
                List.of(
                    new Allowance(
                        List.of("a/**", "b", "c"),
                        List.of("shop", "cart"),
                        Set.of(Action.PROMOTE, Action.ABORT)))));
  }

  @Test
  void eachActionIsAllowedByItsOwnField() {
    AllowanceConfiguration allowance = new AllowanceConfiguration("a", "b");
    assertThat(allowance.toAllowance().actions()).isEmpty();
    allowance.setPromoteFully(true);
    allowance.setPause(true);
    assertThat(allowance.toAllowance().actions())
        .containsExactlyInAnyOrder(Action.PROMOTE_FULLY, Action.PAUSE);
  }

  @Test
  void honeycombIsInTheUnitedStatesUnlessItIsSaidOtherwise() {
    HoneycombConfiguration environment = new HoneycombConfiguration("prod");
    assertThat(environment.toSettings())
        .isEqualTo(new HoneycombSettings("prod", "https://api.honeycomb.io", "", 3, List.of()));

    environment.setRegion("eu");
    assertThat(environment.toSettings().address()).isEqualTo("https://api.eu1.honeycomb.io");

    environment.setUrl("https://honeycomb.example.com");
    assertThat(environment.toSettings().address()).isEqualTo("https://honeycomb.example.com");
  }

  @Test
  void allOfAPrometheusServerIsHandedOn() {
    PrometheusConfiguration server = new PrometheusConfiguration(" main ");
    assertThat(server.toSettings())
        .isEqualTo(new PrometheusSettings("main", "", "", "", "", List.of()));

    server.setUrl(" https://prometheus.example:9090 ");
    server.setCredentialsId("token");
    server.setTenant(" shop ");
    server.setTenantHeader("X-Tenant");
    server.setJobs("shop/**\nbank/*");
    assertThat(server.toSettings())
        .isEqualTo(
            new PrometheusSettings(
                "main",
                "https://prometheus.example:9090",
                "token",
                "shop",
                "X-Tenant",
                List.of("shop/**", "bank/*")));
  }

  @Test
  void analysesAreAllowedByAFieldOfTheirOwn() {
    AllowanceConfiguration allowance = new AllowanceConfiguration("a", "b");
    assertThat(allowance.toAllowance().analyses()).isFalse();
    allowance.setAnalyses(true);
    assertThat(allowance.toAllowance().analyses()).isTrue();
    assertThat(allowance.toAllowance().actions()).isEmpty();
  }

  @Test
  void atLeastOneResultAMinuteMayBeAskedFor() {
    HoneycombConfiguration environment = new HoneycombConfiguration("prod");
    environment.setResultsPerMinute(-4);
    assertThat(environment.toSettings().resultsPerMinute()).isEqualTo(1);
  }

  @Test
  void theFloorAsksForOneCountedCheckAndPermitsEveryReaction() {
    PolicyFloorConfiguration floor = new PolicyFloorConfiguration();
    assertThat(floor.toFloor())
        .isEqualTo(new PolicyFloor(1, Set.of(Reaction.ABORT, Reaction.PAUSE, Reaction.NONE), true));

    floor.setCountedChecks(2);
    floor.setOnFailNone(false);
    floor.setOptionalChecks(false);
    assertThat(floor.toFloor())
        .isEqualTo(new PolicyFloor(2, Set.of(Reaction.ABORT, Reaction.PAUSE), false));
  }

  @Test
  void noLimitIsNone() {
    LimitsConfiguration limits = new LimitsConfiguration();
    assertThat(limits.toLimits()).isEqualTo(Limits.NONE);

    limits.setTotalMinutes(90);
    limits.setGates(500);
    assertThat(limits.toLimits()).isEqualTo(new Limits(Optional.of(Duration.ofMinutes(90)), 500));
  }

  /** As XStream leaves the fields of what an earlier version has saved. */
  @Test
  void whatAnEarlierVersionDidNotSaveIsAsIfItWereNotSet() throws Exception {
    assertThat(emptied(new ClusterConfiguration("x")).toSettings())
        .isEqualTo(new ClusterSettings("", "", "", "", false, List.of()));
    HoneycombSettings honeycomb = emptied(new HoneycombConfiguration("x")).toSettings();
    assertThat(honeycomb.address()).isEqualTo("https://api.honeycomb.io");
    assertThat(honeycomb.jobs()).isEmpty();
    assertThat(emptied(new PrometheusConfiguration("x")).toSettings())
        .isEqualTo(new PrometheusSettings("", "", "", "", "", List.of()));
    Allowance allowance = emptied(new AllowanceConfiguration("x", "y")).toAllowance();
    assertThat(allowance.jobs()).isEmpty();
    assertThat(allowance.namespaces()).isEmpty();
  }

  private static <T> T emptied(T configuration) throws IllegalAccessException {
    for (Field field : configuration.getClass().getDeclaredFields()) {
      if (!field.getType().isPrimitive()) {
        field.setAccessible(true);
        field.set(configuration, null);
      }
    }
    return configuration;
  }

  @Test
  void jenkinsProxyIsTakenWithItsHostsThatNeedNone() {
    assertThat(WayOut.of("proxy.example.com", 3128, "me", "p", "*.internal 10.0.0.1|a,b\nc\td"))
        .contains(
            new Proxy(
                "proxy.example.com",
                3128,
                Optional.of("me"),
                Optional.of("p"),
                List.of("*.internal", "10.0.0.1", "a", "b", "c", "d")));
  }

  @Test
  void withoutAUserThereIsNoPassword() {
    assertThat(WayOut.of("proxy", 1, "", "p", null))
        .contains(new Proxy("proxy", 1, Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void withoutAHostThereIsNoProxy() {
    assertThat(WayOut.of(" ", 3128, null, null, null)).isEmpty();
    assertThat(WayOut.of(null)).isEmpty();
  }
}
