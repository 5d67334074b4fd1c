package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.OLD_SPEC;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.SPEC;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T0;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T1;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T2;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T3;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.LookException;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.RevisionAsked;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("FL1, FL6, R1, R2, D6: which revision, and whether it is the one that is analysed")
class RevisionTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private void any() {
    stage.close();
    stage = new Stage(At.promotion(), RevisionAsked.any());
  }

  private static CanaryJson rests() {
    return canary().phase("Succeeded", T0).applied(OLD_SPEC).promoted(OLD_SPEC);
  }

  private static String why(Observation seen) {
    return String.join(" | ", seen.obstacles().stream().map(Obstacle::text).toList());
  }

  @Test
  @DisplayName("FL2: the gate point is WaitingPromotion, and not before")
  void theGatePointIsWhereFlaggerWaitsForThePromotion() {
    stage.tookUp(canary());
    Observation before = stage.looks(canary().weight(40));
    assertThat(before.point()).isEmpty();
    assertThat(why(before)).contains("Flagger analyses it: 40 %, 0 of 3 failed checks");
    Observation seen = stage.looks(canary().waiting());
    assertThat(seen.point().orElseThrow().text()).isEqualTo("the promotion");
    assertThat(seen.point().orElseThrow().since()).isEqualTo(T2);
    assertThat(seen.point().orElseThrow().timed()).isFalse();
    assertThat(seen.fence().orElseThrow().revision()).isEqualTo(SPEC);
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.READY);
  }

  @Test
  @DisplayName(
      "A gate that comes late waits for two ticks: the analysis may be of another revision")
  void whatTheTargetHoldsIsNotYetWhatIsAnalysed() {
    Observation late = stage.looks(canary().waiting());
    assertThat(late.point()).isEmpty();
    assertThat(why(late)).contains("two intervals will tell");
    assertThat(late.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.WAIT);
    assertThat(stage.looks(canary().waiting().status("lastTransitionTime", "'" + T3 + "'")).point())
        .isEmpty();
    CanaryJson third = canary().waiting().status("lastTransitionTime", "'2026-05-01T10:06:00Z'");
    assertThat(stage.looks(third).point()).isPresent();
  }

  @Test
  void aTargetThatMovedUnderTheAnalysisOfAnotherIsNotAtTheGate() {
    stage.deployed("shop/app:1");
    stage.looks(canary().waiting().applied("another"));
    stage.deployed("shop/app:2");
    assertThat(stage.look().point()).isEmpty();
    assertThat(stage.looks(canary()).point()).isEmpty();
    assertThat(stage.looks(canary().waiting()).point()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "uid-2, 7b9f6d4f5c, shop/app:2, , GONE",
    "uid-1, 7b9f6d4f5c, shop/app:3, , OTHER_REVISION",
    "uid-1, other, shop/app:3, , OTHER_REVISION",
    "uid-1, 7b9f6d4f5c, shop/app:2, 2, OTHER_REVISION",
    "uid-1, 7b9f6d4f5c, shop/app:2, 1, NONE",
    "uid-1, other, shop/app:2, 1, BEGAN_AGAIN",
  })
  @DisplayName(
      "FL1, R2: uid, template and configs are the revision; the name Flagger gives it is not")
  void whatMovedDecides(String uid, String spec, String image, String config, Drift drift) {
    String configs = "{'configmap/a':'1'}";
    stage.fencedAt(canary().waiting().configs(configs));
    stage.deployed(image);
    CanaryJson now = canary().waiting().uid(uid).applied(spec);
    Observation seen =
        stage.looks(
            config == null
                ? now.configs(configs)
                : now.configs("{'configmap/a':'" + config + "'}"));
    assertThat(seen.drift()).isEqualTo(drift);
  }

  @Test
  @DisplayName("FL1: Flagger's own node selector is no change of a DaemonSet")
  void aDaemonSetScaledToZeroIsTheSame() {
    String sets = "/apis/apps/v1/namespaces/shop/daemonsets/";
    stage.api.put(sets + "checkout", CanaryJson.target());
    stage.api.put(
        sets + "checkout-primary", CanaryJson.workload("checkout-primary", "shop/app:1", "p:7"));
    stage.looks(rests().target("apps/v1", "DaemonSet"));
    stage.fence = stage.looks(canary().waiting().target("apps/v1", "DaemonSet")).fence();
    var scaled = CanaryJson.target();
    ((com.fasterxml.jackson.databind.node.ObjectNode) scaled.at("/spec/template/spec"))
        .putObject("nodeSelector")
        .put("flagger.app/scale-to-zero", "true");
    stage.api.put(sets + "checkout", scaled);
    Observation seen = stage.look();
    assertThat(seen.drift()).isEqualTo(Drift.NONE);
    assertThat(seen.cohorts().get(io.jenkins.plugins.canarygate.check.Cohort.CANARY).pods())
        .isEqualTo("checkout-[a-z0-9]{5}");
  }

  @Test
  @DisplayName("R2: the same revision that began again is judged anew; gone on is another hand")
  void thePhaseTellsWhetherItBeganAgainOrWentOn() {
    stage.fencedAt(canary().waiting());
    assertThat(stage.looks(canary().phase("Progressing", T3)).drift()).isEqualTo(Drift.BEGAN_AGAIN);
    assertThat(stage.looks(canary().waiting().phase("WaitingPromotion", T3)).drift())
        .isEqualTo(Drift.BEGAN_AGAIN);
    assertThat(stage.looks(canary().phase("Promoting", T3)).drift()).isEqualTo(Drift.MOVED_ON);
    assertThat(stage.looks(canary().waiting()).drift()).isEqualTo(Drift.NONE);
  }

  @Test
  @DisplayName("R2: a ConfigMap restarts the analysis with the same lastAppliedSpec")
  void aChangedConfigSupersedes() {
    stage.fencedAt(canary().waiting().configs("{'configmap/a':'1'}"));
    Observation seen = stage.looks(canary().configs("{'configmap/a':'2'}"));
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
  }

  @Test
  @DisplayName("FL1: no configs tracked, and none, are the same")
  void emptyConfigsAreNone() {
    stage.fencedAt(canary().waiting());
    assertThat(stage.looks(canary().waiting().configs("{}")).drift()).isEqualTo(Drift.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "v1, Service",
    "serving.knative.dev/v1, Service",
    "serving.knative.dev/v1, Deployment"
  })
  @DisplayName("FL1: targets without pods of their own end the gate, with what to do")
  void otherTargetsAreRefused(String version, String kind) {
    Observation seen = stage.looks(canary().waiting().target(version, kind));
    assertThat(seen.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(seen.point()).isEmpty();
    assertThat(seen.obstacle(Obstacle.Kind.INVALID_SPEC).orElseThrow().text())
        .contains("cannot be gated")
        .contains("Deployment or DaemonSet");
    assertThat(seen.can(Action.PROMOTE).state()).isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  @DisplayName("FL6: our image only in the target is waited for")
  void whatFlaggerHasNotTakenUpIsWaitedFor() {
    Observation seen = stage.looks(rests());
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(why(seen)).isEqualTo("the target holds it, and Flagger has not taken it up");
    assertThat(stage.later(600).look().fate()).isEqualTo(Fate.UNTOUCHED);
  }

  @Test
  @DisplayName("FL6: our image in target and primary, unchanged for two intervals, is stable")
  void whatIsStableAlreadyHasLandedAfterTwoIntervals() {
    stage.primary("shop/app:2").watched();
    Observation first = stage.looks(rests());
    assertThat(first.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(first.lookAgainWithin()).isEqualTo(Duration.ofSeconds(60));
    assertThat(stage.later(59).look().fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(stage.later(1).look().fate()).isEqualTo(Fate.LANDED);
  }

  @Test
  void whatChangesMeanwhileBeginsTheTwoIntervalsAnew() {
    stage.primary("shop/app:2").looks(rests());
    stage.put("checkout", CanaryJson.workload("checkout", "shop/app:2", "proxy:8"));
    assertThat(stage.later(60).look().fate()).isEqualTo(Fate.UNTOUCHED);
  }

  @Test
  void underSuspendTwoIntervalsProveNothing() {
    stage.primary("shop/app:2").looks(rests().spec("suspend", "true"));
    assertThat(stage.later(600).look().fate()).isEqualTo(Fate.UNTOUCHED);
  }

  @Test
  @DisplayName("FL6: what was seen on its way has landed at once")
  void whatWasSeenOnItsWayNeedsNoSecondLook() {
    stage.looks(canary().weight(20));
    stage.primary("shop/app:2");
    assertThat(stage.looks(canary().phase("Succeeded", T3).promoted(SPEC)).fate())
        .isEqualTo(Fate.LANDED);
  }

  @Test
  @DisplayName("FL6: a first deploy, skipAnalysis and no analysis are never gated, and say so")
  void whatIsNeverGatedSaysSo() {
    Observation first = stage.looks(canary().phase("Initializing", T1).without("lastAppliedSpec"));
    assertThat(first.fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(first.obstacle(Obstacle.Kind.NEVER_PAUSES).orElseThrow().text())
        .contains("first deploy");
    stage.primary("shop/app:2");
    assertThat(stage.looks(canary().phase("Initialized", T2)).fate()).isEqualTo(Fate.LANDED);
    assertThat(never(canary().spec("skipAnalysis", "true"))).contains("spec.skipAnalysis is true");
    assertThat(never(canary().withoutSpec("analysis"))).contains("no spec.analysis");
    assertThat(never(canary().analysis("webhooks", "[]"))).contains("no webhook of type");
  }

  private String never(CanaryJson canary) {
    return stage.looks(canary).obstacle(Obstacle.Kind.NEVER_PAUSES).orElseThrow().text();
  }

  @Test
  @DisplayName("FL6: Failed counts as ours only after lastTransitionTime was rewritten twice")
  void whatHasFailedBeforeIsNotOursUntilFlaggerHadTwoTicks() {
    CanaryJson failed = canary().phase("Failed", T1);
    assertThat(stage.looks(failed).fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(why(stage.look())).contains("change its pod template to retry");
    failed.status("lastTransitionTime", "'" + T2 + "'");
    assertThat(stage.looks(failed).fate()).isEqualTo(Fate.UNTOUCHED);
    failed.status("lastTransitionTime", "'" + T3 + "'");
    assertThat(stage.looks(failed).fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void aRevisionThatFlaggerTakesUpAfterAFailureIsNotTheOneThatFailed() {
    CanaryJson failed = canary().phase("Failed", T1).applied("before");
    stage.looks(failed);
    // While Failed, lastAppliedSpec moves before the phase does.
    stage.looks(failed.applied(SPEC).status("lastTransitionTime", "'" + T2 + "'"));
    assertThat(stage.looks(canary().weight(20)).fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(stage.looks(canary().waiting()).point()).isPresent();
  }

  @Test
  @DisplayName("FL6: put back to what is promoted already, it stays stuck until somebody acts")
  void aTargetThatWasPutBackSaysWhatToDo() {
    stage.fencedAt(canary().waiting());
    stage.deployed("shop/app:1");
    Observation seen = stage.look();
    assertThat(seen.drift()).isEqualTo(Drift.OTHER_REVISION);
    assertThat(why(seen)).contains("stays in WaitingPromotion until somebody acts");
    assertThat(seen.obstacles()).anyMatch(o -> o.command().orElse("").contains("skipAnalysis"));
  }

  @Test
  @DisplayName("FL6: a deleted Canary is gone, also while Flagger still finalises it")
  void aDeletedCanaryIsGone() {
    stage.fencedAt(canary().waiting());
    CanaryJson deleted = canary().phase("Terminating", T3);
    var node = deleted.node();
    ((com.fasterxml.jackson.databind.node.ObjectNode) node.get("metadata"))
        .put("deletionTimestamp", T3);
    stage.api.put(Stage.PATH, node);
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.ABSENT);
    assertThat(seen.drift()).isEqualTo(Drift.GONE);
    stage.api.remove(Stage.PATH);
    assertThat(stage.look().fate()).isEqualTo(Fate.ABSENT);
  }

  @Test
  @DisplayName("R1: another image is waited for, and the message says why it is no match")
  void anotherImageIsWaitedFor() {
    stage.deployed("shop/app@sha256:abc");
    Observation seen = stage.looks(canary().waiting());
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(seen.fence()).isEmpty();
    assertThat(why(seen)).contains("holds shop/app@sha256:abc, proxy:7; a tag and a digest");
  }

  @Test
  @DisplayName("R1: the named container decides")
  void theContainerDecides() {
    stage.close();
    stage =
        new Stage(At.promotion(), new RevisionAsked(Optional.of("shop/app:2"), Optional.of("web")));
    assertThat(why(stage.looks(canary().waiting()))).contains("no container web, only app, proxy");
  }

  @Test
  @DisplayName("D6: with any, what rests or failed at the first look is old")
  void withAnyTheNextRevisionIsTheOne() {
    any();
    assertThat(stage.looks(rests()).fate()).isEqualTo(Fate.UNTOUCHED);
    stage.deployed("shop/app:3");
    assertThat(stage.look().fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(stage.looks(canary().weight(20)).fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(stage.looks(canary().waiting()).point()).isPresent();
    stage.deployed("shop/app:4");
    Observation replaced = stage.look();
    assertThat(replaced.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(replaced.settled()).isTrue();
  }

  @Test
  @DisplayName("D6: with any, what is on its way at the first look is the one to judge")
  void withAnyWhatIsOnItsWayIsTheOne() {
    any();
    assertThat(stage.looks(canary().phase("Waiting", T1)).fate()).isEqualTo(Fate.UNDER_WAY);
    // Taken up, the status tells of its configs: it is the same one.
    assertThat(stage.looks(canary().configs("{'configmap/a':'1'}")).fate())
        .isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  @DisplayName("R3: a gate that comes after the promotion began says that its point is past")
  void afterThePromotionThePointIsPast() {
    Observation seen = stage.looks(canary().phase("Promoting", T1));
    assertThat(seen.obstacle(Obstacle.Kind.POINT_PASSED).orElseThrow().text())
        .isEqualTo("the promotion lies behind: Flagger is promoting");
  }

  @Test
  void aHookThatKeepsItFromBeginningIsNamed() {
    stage.shows(
        canary()
            .phase("Waiting", T1)
            .hook("{'name':'freeze','type':'confirm-rollout','url':'http://f/'}"));
    assertThat(why(stage.look())).contains("a confirm-rollout hook says no (freeze)");
  }

  @Test
  void aForeignAnnotationIsIgnoredAndSaidToBeSo() {
    stage.looks(canary().waiting().annotated(Decision.ANNOTATION, "yes"));
    assertThat(why(stage.look())).contains("canary-gate/decision is ignored");
  }

  @Test
  void aMissingTargetIsWaitedFor() {
    stage.shows(canary().waiting()).api.remove(Stage.DEPLOYMENTS + "checkout");
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.UNTOUCHED);
    assertThat(why(seen)).contains("there is no Deployment checkout");
  }

  @Test
  @DisplayName("D0: a kind that is not served is denied, a missing object is not")
  void whatCannotBeReadSaysWhatToDo() {
    assertThat(stage.look().fate()).isEqualTo(Fate.ABSENT);
    stage.api.notServed();
    LookException denied = stage.lookFails();
    assertThat(denied.kind()).isEqualTo(LookException.Kind.DENIED);
    assertThat(denied).hasMessageContaining("install Flagger there");
  }
}
