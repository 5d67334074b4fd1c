package io.jenkins.plugins.canarygate.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.jenkins.gates.PolicyFloor;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings;
import io.jenkins.plugins.canarygate.jenkins.gates.Settings.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTroublesTest {
  private final MemoryKeys keys = new MemoryKeys().text("text").file("file");
  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private final KeyTroubles troubles = new KeyTroubles(keys, () -> now);

  private static ClusterConfiguration cluster(String name, String credentialsId) {
    ClusterConfiguration cluster = new ClusterConfiguration(name);
    cluster.setCredentialsId(credentialsId);
    return cluster;
  }

  private static HoneycombConfiguration honeycomb(String name, String credentialsId) {
    HoneycombConfiguration environment = new HoneycombConfiguration(name);
    environment.setCredentialsId(credentialsId);
    return environment;
  }

  private static Settings settings(
      List<ClusterConfiguration> clusters, List<HoneycombConfiguration> honeycombs) {
    return settings(clusters, honeycombs, List.of());
  }

  private static Settings settings(
      List<ClusterConfiguration> clusters,
      List<HoneycombConfiguration> honeycombs,
      List<PrometheusConfiguration> servers) {
    return new Settings(
        clusters.stream().map(ClusterConfiguration::toSettings).toList(),
        honeycombs.stream().map(HoneycombConfiguration::toSettings).toList(),
        servers.stream().map(PrometheusConfiguration::toSettings).toList(),
        PolicyFloor.NONE,
        Limits.NONE,
        false,
        Optional.empty());
  }

  private List<String> lines(Settings settings) {
    return troubles.of(settings).stream().map(t -> t.getSubject() + ": " + t.getWhy()).toList();
  }

  @Test
  void aTokenAndAKubeconfigAreGoodForAClusterAndATextForHoneycomb() {
    assertThat(
            lines(
                settings(
                    List.of(cluster("a", "text"), cluster("b", "file")),
                    List.of(honeycomb("c", "text")))))
        .isEmpty();
  }

  @Test
  void aCredentialThatIsGoneIsTold() {
    assertThat(lines(settings(List.of(cluster("prod", "gone")), List.of(honeycomb("eu", "lost")))))
        .containsExactly(
            "Cluster prod: there is no credential 'gone'",
            "Honeycomb environment eu: there is no credential 'lost'");
  }

  @Test
  void aFileIsNoHoneycombKey() {
    assertThat(lines(settings(List.of(), List.of(honeycomb("eu", "file")))))
        .containsExactly("Honeycomb environment eu: " + Messages.KeyRules_honeycomb("file"));
  }

  @Test
  void aFileIsNoLoginOfPrometheus() {
    PrometheusConfiguration main = new PrometheusConfiguration("main");
    main.setCredentialsId("file");
    PrometheusConfiguration open = new PrometheusConfiguration("open");

    assertThat(lines(settings(List.of(), List.of(), List.of(main, open))))
        .containsExactly("Prometheus server main: " + Messages.KeyRules_prometheus("file"));
  }

  @Test
  void whoseKeyComesWithTheBuildOrFromThePodIsInNoTrouble() {
    ClusterConfiguration pod = cluster("pod", "gone");
    pod.setServiceAccount(true);

    assertThat(lines(settings(List.of(pod, cluster("own", "")), List.of(honeycomb("own", "")))))
        .isEmpty();
    assertThat(keys.asked).isZero();
  }

  @Test
  void theStoreIsAskedAtMostTwiceAMinuteWhileNothingIsChanged() {
    Settings settings = settings(List.of(cluster("prod", "gone")), List.of());
    troubles.of(settings);
    now = now.plusSeconds(29);
    troubles.of(settings);
    assertThat(keys.asked).isEqualTo(1);

    keys.text("gone");
    now = now.plus(Duration.ofSeconds(1));
    assertThat(lines(settings)).isEmpty();
  }

  @Test
  void anotherChoiceIsLookedAtAtOnce() {
    troubles.of(settings(List.of(cluster("prod", "gone")), List.of()));

    assertThat(lines(settings(List.of(cluster("prod", "text")), List.of()))).isEmpty();
  }

  @Test
  void unreachableClustersComeFirst() {
    List<Trouble> keysToo = troubles.of(settings(List.of(cluster("a", "gone")), List.of()));

    assertThat(Trouble.all(Map.of("z", "no answer", "b", "no answer"), keysToo))
        .extracting(Trouble::getSubject)
        .containsExactly("Cluster b", "Cluster z", "Cluster a");
  }
}
