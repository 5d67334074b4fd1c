package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T2;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T3;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.ab;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.check.CohortNames;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Share;
import io.jenkins.plugins.canarygate.rollout.kube.LookAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("M5, M13, FL3: traffic, its share, and the names of the cohorts")
class TrafficTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void progressing() {
    stage.close();
    stage = new Stage(At.progressing(), Stage.OURS);
  }

  @Test
  @DisplayName("M5: the first look with a weight above 0, for a gate that was there")
  void trafficBeginsAtTheFirstLookThatShowsIt() {
    stage.tookUp(canary());
    assertThat(stage.looks(canary()).trafficSince()).isEmpty();
    Instant arrived = stage.later(10).now;
    assertThat(stage.looks(canary().weight(20)).trafficSince()).contains(arrived);
    stage.later(30);
    assertThat(stage.looks(canary().waiting()).trafficSince()).contains(arrived);
  }

  @Test
  @DisplayName("M5: a gate that comes to the promotion takes the condition's time")
  void aLateGateTakesTheTimeOfTheCondition() {
    assertThat(stage.looks(blueGreen().waiting()).trafficSince()).contains(Instant.parse(T2));
  }

  @Test
  void anAnalysisThatBeginsAgainTakesTheTrafficAway() {
    stage.tookUp(canary()).looks(canary().weight(40));
    assertThat(stage.later(10).looks(canary()).trafficSince()).isEmpty();
    Instant again = stage.later(10).now;
    assertThat(stage.looks(canary().weight(20)).trafficSince()).contains(again);
  }

  @Test
  @DisplayName("FL3: no share is read from status.canaryWeight alone")
  void waitingForThePromotionKeepsTheLastWeight() {
    stage.tookUp(canary()).looks(canary().weight(40));
    assertThat(stage.look().share().orElseThrow().text()).isEqualTo("40 %");
    stage.looks(canary().weight(60));
    Observation seen = stage.looks(canary().waiting());
    assertThat(seen.share().orElseThrow().text()).isEqualTo("60 %");
    assertThat(seen.share().orElseThrow().serving()).isTrue();
  }

  private static CanaryJson routed(CanaryJson canary) {
    return canary.spec("provider", "'gatewayapi:v1'");
  }

  /** Flagger failed while it promoted the template before, and the gate saw it. */
  private void sawAPromotionFail(CanaryJson canary) {
    stage.deployed("shop/app:1.5");
    stage.looks(routed(canary).applied("failed").phase("Failed", CanaryJson.T0).weight(100));
    stage.deployed("shop/app:2");
  }

  private String serves(CanaryJson canary) {
    Share share = stage.looks(canary).share().orElseThrow();
    assertThat(share.serving()).as(share.text()).isTrue();
    return share.text();
  }

  @Test
  @DisplayName("FL3, FL5: the weight 0 after a promotion that failed is not what the router gives")
  void afterAFailedPromotionNoZeroIsBelieved() {
    sawAPromotionFail(canary());
    String all =
        "all traffic, as far as is known: a promotion failed before, and left it with the canary";
    assertThat(serves(routed(canary()).phase("Waiting", T2))).isEqualTo(all);
    assertThat(serves(routed(canary()))).isEqualTo(all);
    Observation seen = stage.look();
    assertThat(seen.where()).isEqualTo("Progressing, weight not known");
    assertThat(seen.obstacles()).extracting(Obstacle::text).noneMatch(t -> t.contains("0 %"));
    assertThat(seen.trafficSince()).isEmpty();
    assertThat(serves(routed(canary()).waiting())).isEqualTo(all);
  }

  @Test
  void afterAFailedPromotionAWeightAboveZeroIsBelieved() {
    sawAPromotionFail(canary());
    assertThat(serves(routed(canary()).weight(20))).isEqualTo("20 %");
    assertThat(stage.look().where()).isEqualTo("Progressing, 20 %");
    assertThat(stage.looks(routed(canary())).share().orElseThrow().text()).isEqualTo("0 %");
  }

  @Test
  @DisplayName("FL5: an analysis that begins again sends the traffic back to the primary first")
  void afterAFailedPromotionAnAnalysisThatBeginsAgainIsBelieved() {
    sawAPromotionFail(canary());
    assertThat(serves(routed(canary()))).startsWith("all traffic");
    Share again = stage.looks(routed(canary()).applied("again")).share().orElseThrow();
    assertThat(again.text()).isEqualTo("0 %");
    assertThat(again.serving()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Failed", "Succeeded", "Finalising"})
  void whereTheTrafficWentBackTheNextZeroIsBelieved(String phase) {
    sawAPromotionFail(canary());
    stage.looks(routed(canary()).phase(phase, CanaryJson.T1).weight(0));
    assertThat(stage.looks(routed(canary())).share().orElseThrow().text()).isEqualTo("0 %");
  }

  @Test
  @DisplayName("FL3, FL5: A/B and blue/green keep what a promotion that failed left")
  void afterAFailedPromotionOtherStrategiesServeToo() {
    sawAPromotionFail(ab());
    assertThat(serves(routed(ab()))).startsWith("all users who match, as far as is known");
    assertThat(serves(routed(ab()).iterations(1))).isEqualTo("all users who match");
    stage.close();
    stage = new Stage();
    sawAPromotionFail(blueGreen());
    assertThat(serves(routed(blueGreen()))).startsWith("all traffic, as far as is known");
    assertThat(serves(routed(blueGreen()).iterations(3))).startsWith("all traffic, as far");
    assertThat(stage.look().where()).isEqualTo("Progressing, iteration 3 of 5");
    CanaryJson mirrored = routed(blueGreen()).analysis("mirror", "true").iterations(3);
    assertThat(stage.looks(mirrored).share().orElseThrow().text())
        .isEqualTo("no users, only copies of requests");
  }

  @Test
  void afterAFailedPromotionWithoutARouterTheCanaryServesNobody() {
    CanaryJson alone = blueGreen().spec("provider", "'kubernetes'");
    stage.looks(alone.applied("failed").phase("Failed", CanaryJson.T0).weight(100));
    Share share = stage.looks(blueGreen().spec("provider", "'kubernetes'")).share().orElseThrow();
    assertThat(share.serving()).isFalse();
  }

  @Test
  void afterAFailedPromotionItSaysThatARouterMayBeMissing() {
    stage.looks(canary().applied("failed").phase("Failed", CanaryJson.T0).weight(100));
    assertThat(serves(canary())).startsWith("all traffic, where there is a router, as far as");
  }

  @Test
  @DisplayName("FL3: a gate that has seen no weight says what it must be at least")
  void aLateGateKnowsTheLeastWeight() {
    assertThat(stage.looks(canary().waiting()).share().orElseThrow().text())
        .isEqualTo("at least 60 %");
  }

  @Test
  @DisplayName("FL3: A/B and blue/green have weight 0 throughout")
  void withoutWeightsTheShareIsSaidInWords() {
    assertThat(stage.looks(ab().iterations(2)).share().orElseThrow().text())
        .isEqualTo("all users who match");
    assertThat(stage.looks(blueGreen().iterations(2)).share().orElseThrow().text())
        .isEqualTo("no users, only tests");
    Observation mirrored = stage.looks(blueGreen().analysis("mirror", "true").iterations(2));
    assertThat(mirrored.share().orElseThrow().text())
        .isEqualTo("no users, only copies of requests");
    assertThat(mirrored.share().orElseThrow().serving()).isFalse();
  }

  @Test
  @DisplayName("FL3: without a router blue/green never sends users to the canary")
  void withoutARouterNobodyIsServed() {
    CanaryJson alone = blueGreen().spec("provider", "'kubernetes'").waiting().iterations(6);
    assertThat(stage.looks(alone).share().orElseThrow().serving()).isFalse();
  }

  @Test
  @DisplayName("FL3: progressing begins with a weight, an iteration, or WaitingPromotion")
  void progressingBeginsWithTraffic() {
    progressing();
    stage.tookUp(canary());
    assertThat(stage.looks(canary()).point()).isEmpty();
    assertThat(stage.looks(canary().weight(20)).point().orElseThrow().text())
        .isEqualTo("progressing, 20 %");
    assertThat(stage.looks(blueGreen().iterations(1)).point()).isPresent();
    assertThat(stage.looks(canary().waiting()).point()).isPresent();
  }

  @Test
  @DisplayName("R3: at progressing the fence is the revision alone, and nothing is promoted")
  void progressingEndsWithTheRevisionOnly() {
    progressing();
    stage.tookUp(canary());
    stage.fence = stage.looks(canary().weight(20)).fence();
    assertThat(stage.looks(canary().weight(40)).drift()).isEqualTo(Drift.NONE);
    assertThat(stage.looks(canary().waiting()).drift()).isEqualTo(Drift.NONE);
    assertThat(stage.look().can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(stage.looks(canary().phase("Promoting", T3)).drift()).isEqualTo(Drift.NONE);
    stage.primary("shop/app:2");
    assertThat(stage.looks(canary().phase("Succeeded", T3).promoted(CanaryJson.SPEC)).fate())
        .isEqualTo(Fate.LANDED);
    stage.deployed("shop/app:3");
    assertThat(stage.looks(canary().weight(20)).drift()).isEqualTo(Drift.OTHER_REVISION);
  }

  @Test
  @DisplayName("M13: the cohorts are the two workloads")
  void theCohortsAreTheTwoWorkloads() {
    Map<Cohort, CohortNames> cohorts = stage.looks(canary()).cohorts();
    assertThat(cohorts.get(Cohort.CANARY))
        .isEqualTo(new CohortNames("checkout", "checkout-[a-z0-9]{6,10}-[a-z0-9]{5}"));
    assertThat(cohorts.get(Cohort.STABLE).name()).isEqualTo("checkout-primary");
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment, checkout-7d9f8b6c5d-abcde, checkout-primary-7d9f8b6c5d-abcde",
    "DaemonSet, checkout-abcde, checkout-primary-abcde",
  })
  @DisplayName("M13: no canary's pod is taken for a primary's, nor the other way about")
  void thePodsOfTheTwoAreToldApart(String kind, String canary, String primary) {
    assertThat(canary).matches(PodNames.of("checkout", kind));
    assertThat(primary).doesNotMatch(PodNames.of("checkout", kind));
    assertThat(primary).matches(PodNames.of("checkout-primary", kind));
    assertThat(canary).doesNotMatch(PodNames.of("checkout-primary", kind));
  }

  @Test
  @DisplayName("M13: Kubernetes cuts long names before it adds five characters")
  void longNamesAreCutAsKubernetesCutsThem() {
    String name = "a".repeat(50);
    String pods = PodNames.of(name, "Deployment");
    assertThat((name + "-7d9f8b6c5d-").substring(0, 58) + "abcde").matches(pods);
    assertThat((name + "-7d9f8-").substring(0, 57) + "abcde").doesNotMatch(pods);
    assertThat(name + "-7d9f8b-abcde").matches(pods);
    assertThat("b".repeat(58) + "abcde").matches(PodNames.of("b".repeat(60), "Deployment"));
    assertThat("a.b-7d9f8b6c5d-abcde").matches(PodNames.of("a.b", "Deployment"));
    assertThat("axb-7d9f8b6c5d-abcde").doesNotMatch(PodNames.of("a.b", "Deployment"));
  }

  @Test
  void whileAWatchIsOpenItIsLookedAtSeldomUnlessSomethingIsDue() {
    stage.tookUp(canary());
    assertThat(stage.looks(canary().waiting()).lookAgainWithin()).isEqualTo(LookAgain.CALM);
    stage.watched();
    assertThat(stage.look().lookAgainWithin())
        .isBetween(LookAgain.WATCHED, Duration.ofSeconds(150));
    stage.decides(Action.PROMOTE);
    assertThat(stage.look().lookAgainWithin()).isEqualTo(LookAgain.SOON);
    assertThat(stage.later(61).look().lookAgainWithin()).isEqualTo(LookAgain.MODERATE);
  }
}
