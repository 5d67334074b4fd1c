package io.jenkins.plugins.canarygate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.sandbox.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What tests ask of the simulated Flagger beside what its recordings hold. */
class SimulatedFlaggerTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String FIRST = "registry.example/app:1";
  private static final String NEXT = "registry.example/app:2";
  private static final String CLOSED = "http://127.0.0.1:1/gate";

  private final VirtualClock clock = new VirtualClock(START);
  private final SandboxCluster cluster = new SandboxCluster(clock);

  @AfterEach
  void close() {
    cluster.close();
  }

  private CanaryBuilder canary() {
    return cluster.canary("shop", "checkout");
  }

  private SandboxCanary initialized(CanaryBuilder canary) {
    return canary.create().until(clock, "Initialized");
  }

  @Test
  void aCanaryIsLookedAtOnceItsIntervalAndNoMoreOften() {
    SandboxCanary canary = initialized(canary().weighted(10, 50).interval("30s"));
    canary.deploy(NEXT).until(clock, "Progressing");

    canary.pass(clock, Duration.ofSeconds(29));
    assertThat(canary.weight()).isZero();
    canary.pass(clock, Duration.ofSeconds(1));
    assertThat(canary.weight()).isEqualTo(10);
  }

  @Test
  void anIntervalUnderTenSecondsIsTenUnlessTheSandboxIsInAHurry() {
    SandboxCanary canary = initialized(canary().weighted(10, 100).interval("1s"));
    canary.deploy(NEXT).until(clock, "Progressing");

    canary.pass(clock, Duration.ofSeconds(30));
    assertThat(canary.weight()).isEqualTo(30);

    cluster.flagger().shortestInterval(Duration.ofMillis(500));
    canary.pass(clock, Duration.ofSeconds(13));
    assertThat(canary.weight()).isGreaterThan(40);
  }

  @Test
  void usersAreServedByWhomTheMeshSendsThemTo() {
    SandboxCanary canary = initialized(canary().weighted(20, 60).hook("confirm-promotion", CLOSED));
    assertThat(canary.serving()).isEqualTo(Map.of(FIRST, 100));

    canary.deploy(NEXT).until(clock, "WaitingPromotion");

    assertThat(canary.weight()).as("the status forgets it").isZero();
    assertThat(canary.iterations()).isEqualTo(-1);
    assertThat(canary.serving()).isEqualTo(Map.of(FIRST, 40, NEXT, 60));
  }

  @Test
  void aFailedPromotionIsServedByTheCanaryWithAMesh() {
    SandboxCanary canary = initialized(canary().weighted(50, 50));
    canary.deploy(NEXT).until(clock, "Promoting").breakPrimary().until(clock, "Failed");

    assertThat(canary.weight()).isEqualTo(100);
    assertThat(cluster.flagger().routes("shop", "checkout").canary()).isEqualTo(100);
  }

  @Test
  void aFailedPromotionIsServedByTheBrokenPrimaryWithoutOne() {
    SandboxCanary canary = initialized(canary().blueGreen(1).provider("kubernetes"));
    canary.deploy(NEXT).until(clock, "Promoting").breakPrimary().until(clock, "Failed");

    assertThat(canary.weight()).isEqualTo(100);
    assertThat(canary.serving()).isEqualTo(Map.of(NEXT, 100));
    assertThat(canary.primaryImage()).isEqualTo(NEXT);
  }

  @Test
  void aCanaryThatIsSuspendedIsLeftAlone() {
    SandboxCanary canary = initialized(canary().weighted(20, 60));
    canary.deploy(NEXT).until(clock, "Progressing").suspend();
    int version = Integer.parseInt(canary.resourceVersion());

    canary.pass(clock, Duration.ofMinutes(5));

    assertThat(Integer.parseInt(canary.resourceVersion())).isEqualTo(version);
    canary.resume().until(clock, "Succeeded");
  }

  @Test
  void aControllerThatIsDownDoesNothingAndGoesOnWhereItWas() {
    SandboxCanary canary = initialized(canary().weighted(20, 60));
    canary.deploy(NEXT).until(clock, "Progressing");
    cluster.flagger().stop();
    canary.pass(clock, Duration.ofMinutes(5));
    assertThat(canary.weight()).isZero();

    cluster.flagger().start();

    canary.until(clock, "Succeeded");
    assertThat(canary.primaryImage()).isEqualTo(NEXT);
    assertThat(canary.lastPromoted()).isEqualTo(canary.lastApplied());
  }

  @Test
  @DisplayName("Another's annotation is no conflict that stops it, and its status leaves it alone")
  void writesOfOthersDoNotStopIt() {
    SandboxCanary canary = initialized(canary().weighted(20, 60));
    canary.deploy(NEXT).until(clock, "Progressing");
    cluster
        .store()
        .listen(
            change -> {
              boolean written = change.after().tree().path("metadata").has("annotations");
              if (change.after().key().resource().equals(Resource.CANARIES) && !written) {
                canary.patch("{'metadata':{'annotations':{'canary-gate/decision':'x'}}}");
              }
            });

    canary.until(clock, "Succeeded");

    assertThat(canary.object().at("/metadata/annotations/canary-gate~1decision").asText())
        .isEqualTo("x");
  }

  @Test
  void aMetricThatIsTooHighIsAFailedCheckAndTwoOfThemTakeItBack() {
    SandboxCanary canary =
        initialized(
            canary()
                .weighted(20, 60)
                .threshold(2)
                .with("{'analysis':{'metrics':[{'name':'errors','thresholdRange':{'max':1}}]}}"));
    canary.deploy(NEXT).until(clock, "Progressing");
    cluster.flagger().measure("errors", 7);

    canary.until(clock, "Failed");

    assertThat(canary.events())
        .contains("Halt checkout.shop advancement errors 7.00 > 1")
        .contains("Rolling back checkout.shop failed checks threshold reached 2");
    assertThat(canary.serving()).isEqualTo(Map.of(FIRST, 100));
  }

  @Test
  void thePrimaryGetsCopiesOfTheConfigurationUnderNamesOfItsOwn() {
    SandboxCanary canary =
        initialized(canary().weighted(50, 50).configMap("settings", "colour", "blue"));
    String applied = canary.lastApplied();
    canary.changeConfigMap("settings", "colour", "green").until(clock, "Progressing");

    assertThat(canary.lastApplied()).as("the pod template is the same").isEqualTo(applied);
    assertThat(colours()).containsExactly("green", "blue");
    canary.until(clock, "Succeeded");
    assertThat(colours()).containsExactly("green", "green");
  }

  private List<String> colours() {
    return List.of("settings", "settings-primary").stream()
        .map(
            name ->
                cluster.store().all(Resource.CONFIG_MAPS).stream()
                    .filter(map -> map.key().name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .tree()
                    .at("/data/colour")
                    .asText())
        .toList();
  }
}
