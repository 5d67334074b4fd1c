package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.check.Cohort;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R1, D6, AR1: which revision it is")
class RevisionReaderTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void itIsTheOneWhoseReplicaSetHasExactlyThisImage() {
    Observation seen = stage.looks(canary().step(0));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.revision().orElseThrow().toString())
        .isEqualTo(CANARY + " (shop/app:2, proxy:7)");
  }

  @Test
  void anotherRevisionIsWaitedForAndTheMessageSaysWhatIsThereInstead() {
    restage(RevisionAsked.image("shop/app:3"));
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(seen.point()).isEmpty();
    assertThat(waiting(seen))
        .contains("waiting for shop/app:3", CANARY, "shop/app:2")
        .doesNotContain("digest");
  }

  @Test
  void aTagAgainstADigestIsNoMatchAndTheMessageSaysSo() {
    restage(RevisionAsked.image("shop/app@sha256:0a0b"));
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(waiting(seen)).contains("a tag and a digest are no match");
  }

  @Test
  void theContainerThatIsNamedMustHaveTheImage() {
    restage(new RevisionAsked(Optional.of("shop/app:2"), Optional.of("proxy")));
    assertThat(stage.looks(canary()).fate()).isEqualTo(Fate.UNTOUCHED);
    restage(new RevisionAsked(Optional.of("shop/app:2"), Optional.of("app")));
    assertThat(stage.looks(canary()).fate()).isEqualTo(Fate.UNDER_WAY);
    restage(new RevisionAsked(Optional.of("shop/app:2"), Optional.of("main")));
    assertThat(waiting(stage.looks(canary()))).contains("no container main, only app, proxy");
  }

  @Test
  void theReplicaSetOfAnExperimentIsNotRead() {
    restage(RevisionAsked.image("shop/app:9"));
    var experiment = RolloutJson.replicaSet(CANARY, "shop/app:9", 1, "uid-of-an-experiment");
    ((com.fasterxml.jackson.databind.node.ObjectNode) experiment.get("metadata"))
        .put("name", "experiment-canary");
    stage.put(experiment);
    assertThat(stage.looks(canary()).fate()).isEqualTo(Fate.UNTOUCHED);
  }

  @Test
  void ourImageStableAndHealthyHasLanded() {
    stage.set(STABLE, "shop/app:2", 5);
    assertThat(stage.looks(canary().revision(STABLE).step(4).healthy()).fate())
        .isEqualTo(Fate.LANDED);
  }

  @Test
  void ourImageStableWhileAnotherIsOnItsWayHasLanded() {
    stage.set(STABLE, "shop/app:2", 5);
    stage.set(CANARY, "shop/app:3", 1);
    assertThat(stage.looks(canary().pausedAt(1)).fate()).isEqualTo(Fate.LANDED);
  }

  @Test
  void healthyOfAStatusThatIsBehindIsNotBelieved() {
    stage.set(STABLE, "shop/app:2", 5);
    Observation seen = stage.looks(canary().revision(STABLE).step(4).healthy().generation(7, 6));
    assertThat(seen.settled()).isFalse();
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
  }

  @Test
  void aNewerRevisionAfterTheMatchReplacesItEvenBeforeTheFence() {
    stage.looks(canary().step(0));
    stage.set("66666", "shop/app:3", 1);
    Observation seen = stage.looks(canary().revision("66666"));
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
  }

  @Test
  void beforeTheFenceAnotherHashWithOurImageIsOursToo() {
    stage.looks(canary().step(0));
    stage.set("66666", "shop/app:2", 1);
    Observation seen = stage.looks(canary().revision("66666"));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
  }

  @Test
  void anyIsWhatIsInProgressAtTheFirstLook() {
    restage(RevisionAsked.any());
    assertThat(stage.looks(canary().step(0)).fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void anyIsNotWhatIsHealthyAtTheFirstLook() {
    restage(RevisionAsked.any());
    Observation first = stage.looks(canary().revision(STABLE).step(4).healthy());
    assertThat(first.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(waiting(first)).contains("another revision than " + STABLE);
    assertThat(stage.looks(canary().step(0)).fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void anyIsNotWhatIsAbortedAtTheFirstLookEvenIfItIsTriedAgain() {
    restage(RevisionAsked.any());
    assertThat(stage.looks(canary().aborted()).fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(stage.looks(canary().pausedAt(1)).fate()).isEqualTo(Fate.UNTOUCHED);
    stage.set("66666", "shop/app:3", 1);
    assertThat(stage.looks(canary().revision("66666")).fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void anyWaitsWithItsChoiceUntilTheStatusIsSettled() {
    restage(RevisionAsked.any());
    RolloutJson behind = canary().revision(STABLE).step(4).healthy().generation(5, 4);
    assertThat(stage.looks(behind).fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(stage.looks(canary().step(0).generation(6, 6)).fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void anyIsWhatComesWhereNothingWas() {
    restage(RevisionAsked.any());
    assertThat(stage.look().fate()).isEqualTo(Fate.ABSENT);
    Observation seen = stage.looks(canary().stable(CANARY).step(4).healthy());
    assertThat(seen.fate()).isEqualTo(Fate.LANDED);
  }

  @Test
  void aNewerRevisionThanAnyReplacesIt() {
    restage(RevisionAsked.any());
    stage.looks(canary().step(0));
    Observation seen = stage.looks(canary().revision("66666"));
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
  }

  @Test
  void withWorkloadRefTheReferentsLiveGenerationMustBeObserved() {
    String deployment = "/apis/apps/v1/namespaces/shop/deployments/checkout";
    RolloutJson rollout =
        canary()
            .pausedAt(1)
            .spec("workloadRef", "{'apiVersion':'apps/v1','kind':'Deployment','name':'checkout'}")
            .status("workloadObservedGeneration", "'2'");
    stage.api.put(
        deployment,
        (com.fasterxml.jackson.databind.node.ObjectNode)
            RolloutJson.json("{'metadata':{'name':'checkout','generation':3}}"));
    Observation behind = stage.looks(rollout);
    assertThat(behind.settled()).isFalse();
    assertThat(behind.point()).isEmpty();
    Observation seen = stage.looks(rollout.status("workloadObservedGeneration", "'3'"));
    assertThat(seen.settled()).isTrue();
    assertThat(seen.point()).isPresent();
    stage.api.remove(deployment);
    assertThat(stage.look().settled()).isFalse();
  }

  @Test
  void namesOfCohortsAreHashesAndExactPatternsOfTheirPods() {
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.cohorts().get(Cohort.CANARY).name()).isEqualTo(CANARY);
    assertThat(seen.cohorts().get(Cohort.STABLE).name()).isEqualTo(STABLE);
    String pods = seen.cohorts().get(Cohort.CANARY).pods();
    assertThat("checkout-" + CANARY + "-x7k2p").matches(pods);
    assertThat("checkout-" + STABLE + "-x7k2p").doesNotMatch(pods);
    assertThat("checkout-" + CANARY + "-x7k2p-0").doesNotMatch(pods);
    assertThat("checkout-primary-" + CANARY + "-x7k2p").doesNotMatch(pods);
  }

  @Test
  void podPatternsQuoteDotsWithoutABackslashAndKnowThatLongNamesAreCut() {
    assertThat(PodNames.of("a.b-77")).isEqualTo("a[.]b-77-[a-z0-9]{5}");
    String longName = "x".repeat(60) + "-7c9d8f6b9d";
    assertThat(PodNames.of(longName)).isEqualTo("x".repeat(58) + "[a-z0-9]{5}");
  }

  @Test
  void aRoutedCanaryCostsOneRequestOnceItsImagesAreKnown() {
    stage.looks(RolloutJson.routed().step(0));
    int before = stage.api.requests.size();
    stage.later(30).look();
    assertThat(stage.api.requests.size() - before).isEqualTo(1);
  }

  @Test
  void whatIsRememberedStaysSmall() {
    for (int i = 0; i < 30; i++) {
      String hash = "hash" + i;
      stage.set(hash, "shop/app:2", 1);
      stage.later(10).looks(canary().revision(hash));
    }
    assertThat(stage.memory.details().toString().length()).isLessThan(1500);
  }

  private void restage(RevisionAsked revision) {
    stage.close();
    stage = new Stage(At.nextPause(), revision);
  }

  private static String waiting(Observation seen) {
    return seen.obstacle(Obstacle.Kind.WAIT).orElseThrow().text();
  }
}
