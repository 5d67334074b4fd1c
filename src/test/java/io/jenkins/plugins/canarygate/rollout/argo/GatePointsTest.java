package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.GatePoint;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Obstacle.Kind;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R3, AR2, AR3, R5: where a gate can stand")
class GatePointsTest {
  private static final String TIMED = "[{'setWeight':20},{'pause':{'duration':'30s'}}]";
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anIndefinitePauseStepIsAGatePoint() {
    GatePoint point = stage.looks(canary().pausedAt(1)).point().orElseThrow();
    assertThat(point.text()).isEqualTo("the pause at step 1 of 4");
    assertThat(point.step()).hasValue(1);
    assertThat(point.since()).isEqualTo(Instant.parse(T1));
    assertThat(point.timed()).isFalse();
  }

  @Test
  void aStepBeforeItIsNoneAndSaysWhatIsWaitedFor() {
    Observation seen = stage.looks(canary().step(0));
    assertThat(seen.point()).isEmpty();
    assertThat(texts(seen, Kind.WAIT)).contains("waiting for the pause at step 1");
  }

  @Test
  void aPauseUnderAStatusThatIsBehindIsNoneYet() {
    assertThat(stage.looks(canary().pausedAt(1).generation(5, 4)).point()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"InconclusiveAnalysisRun", "InconclusiveExperiment"})
  void aSecondReasonMakesItNone(String reason) {
    Observation seen = stage.looks(canary().pausedAt(1).alsoPaused(reason));
    assertThat(seen.point()).isEmpty();
    assertThat(texts(seen, Kind.INCONCLUSIVE_ANALYSIS)).contains(reason);
  }

  @Test
  void anInconclusiveAnalysisStepIsNoGatePointAndNamesItsRun() {
    Observation seen =
        stage.looks(
            canary()
                .step(0)
                .paused("InconclusiveAnalysisRun", T1)
                .status(
                    "canary",
                    "{'currentStepAnalysisRunStatus':{'name':'checkout-1','status':'Inconclusive',"
                        + "'message':'neither'}}"));
    assertThat(seen.point()).isEmpty();
    assertThat(texts(seen, Kind.INCONCLUSIVE_ANALYSIS)).contains("checkout-1: neither");
  }

  @Test
  void aPersonsPauseBeforeItIsNamedAndWaitedFor() {
    Observation seen =
        stage.looks(canary().step(0).status("phase", "'Paused'").spec("paused", "true"));
    assertThat(seen.point()).isEmpty();
    assertThat(seen.obstacle(Kind.PERSON_PAUSED).orElseThrow().command()).isPresent();
  }

  @Test
  void aDeadlineThatIsExceededWithoutAnAbortIsWaitedOut() {
    Observation seen =
        stage.looks(
            canary()
                .status("phase", "'Degraded'")
                .status(
                    "conditions",
                    "[{'type':'Progressing','reason':'ProgressDeadlineExceeded','status':'False'}]"));
    assertThat(seen.fate()).isEqualTo(io.jenkins.plugins.canarygate.rollout.Fate.UNDER_WAY);
    assertThat(texts(seen, Kind.WAIT)).contains("progress deadline");
  }

  @Test
  void anInvalidSpecIsSaidInTheControllersWords() {
    Observation seen =
        stage.looks(
            canary()
                .status("conditions", "[{'type':'InvalidSpec','status':'True','message':'120'}]"));
    assertThat(texts(seen, Kind.INVALID_SPEC)).contains("120");
  }

  @ParameterizedTest
  @CsvSource({"30s", "0s", "5m", "1h30m"})
  void aTimedPauseIsNoneWithoutHold(String duration) {
    stage.shows(canary("[{'pause':{'duration':'" + duration + "'}},{'pause':{}}]").pausedAt(0));
    Observation seen = stage.look();
    assertThat(seen.point()).isEmpty();
    assertThat(texts(seen, Kind.WAIT)).contains("waiting for the pause at step 1");
  }

  @Test
  void durationZeroIsTimed() {
    assertThat(new Strategy(canary("[{'pause':{'duration':0}}]").node().get("spec")).isTimed(0))
        .isTrue();
  }

  @Test
  void aTimedPauseIsOneWithHold() {
    restage(At.nextPause().held());
    assertThat(stage.looks(canary(TIMED).pausedAt(1)).point().orElseThrow().timed()).isTrue();
  }

  @Test
  void withHoldAnIndefinitePauseIsNotTimed() {
    restage(At.nextPause().held());
    assertThat(stage.looks(canary().pausedAt(1)).point().orElseThrow().timed()).isFalse();
  }

  @Test
  void stepNLeavesEarlierGatePointsToPeople() {
    restage(At.step(3));
    Observation seen = stage.looks(canary().pausedAt(1));
    assertThat(seen.point()).isEmpty();
    assertThat(texts(seen, Kind.WAIT)).contains("step 3").contains("waits for a person");
    assertThat(stage.looks(canary().pausedAt(3)).point()).isPresent();
  }

  @Test
  void stepNThatLiesBehindIsPassed() {
    restage(At.step(1));
    assertThat(texts(stage.looks(canary().step(2)), Kind.POINT_PASSED)).contains("step 1");
  }

  @ParameterizedTest
  @CsvSource({"0, is no pause", "9, does not exist"})
  void stepNThatIsNoPauseIsMissing(int step, String why) {
    restage(At.step(step));
    assertThat(texts(stage.looks(canary().step(0)), Kind.POINT_MISSING)).contains(why);
  }

  @Test
  void stepNThatIsTimedNeedsHold() {
    restage(At.step(1));
    assertThat(texts(stage.looks(canary(TIMED)), Kind.POINT_MISSING)).contains("hold: true");
  }

  @Test
  void blueGreenHasNoSteps() {
    restage(At.step(1));
    assertThat(texts(stage.looks(blueGreen()), Kind.POINT_MISSING)).contains("no steps");
  }

  @Test
  void theLastPauseThatLiesBehindIsPassed() {
    assertThat(texts(stage.looks(canary().step(4)), Kind.POINT_PASSED)).contains("last pause");
  }

  @Test
  void aCanaryWithoutStepsNeverPauses() {
    assertThat(texts(stage.looks(canary("[]")), Kind.NEVER_PAUSES)).contains("no steps");
  }

  @Test
  void aCanaryWithoutPausesNeverPauses() {
    assertThat(texts(stage.looks(canary("[{'setWeight':20}]")), Kind.NEVER_PAUSES))
        .contains("no pause step");
  }

  @Test
  void aCanaryWithTimedPausesOnlyNeverPausesWithoutHold() {
    assertThat(texts(stage.looks(canary(TIMED)), Kind.NEVER_PAUSES)).contains("hold: true");
  }

  @Test
  void itIsSaidAtTheFirstLookAlreadyBeforeTheRevisionHasCome() {
    Observation seen = stage.looks(canary("[]").revision(STABLE).healthy());
    assertThat(texts(seen, Kind.NEVER_PAUSES)).contains("no steps");
  }

  @Test
  void theFirstDeployNeverPauses() {
    assertThat(texts(stage.looks(canary().stable("")), Kind.NEVER_PAUSES)).contains("first deploy");
  }

  @Test
  void goingBackToTheStableRevisionNeverPauses() {
    Observation seen = stage.looks(canary().stable(CANARY).step(4));
    assertThat(texts(seen, Kind.NEVER_PAUSES)).contains("stable revision already");
  }

  @Test
  void aRevisionWithinRollbackWindowNeverPauses() {
    var old = RolloutJson.replicaSet(CANARY, "shop/app:2", 1, RolloutJson.UID);
    ((com.fasterxml.jackson.databind.node.ObjectNode) old.get("metadata"))
        .put("creationTimestamp", "2026-03-01T00:00:00Z");
    stage.put(old);
    Observation seen = stage.looks(canary().step(4).spec("rollbackWindow", "{'revisions':3}"));
    assertThat(texts(seen, Kind.NEVER_PAUSES)).contains("rollbackWindow");
  }

  @Test
  void blueGreenWaitsWithAutoPromotionEnabledFalse() {
    GatePoint point = stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1)).point().orElseThrow();
    assertThat(point.text()).isEqualTo("the pause before the switch");
    assertThat(point.step()).isEmpty();
    assertThat(point.timed()).isFalse();
  }

  @Test
  void blueGreenWithSecondsAndEnabledFalseWaitsAllTheSame() {
    RolloutJson rollout = blueGreen("'autoPromotionEnabled':false,'autoPromotionSeconds':15");
    assertThat(stage.looks(rollout.paused(Pause.BLUE_GREEN, T1)).point().orElseThrow().timed())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'autoPromotionEnabled':true", "'scaleDownDelaySeconds':30"})
  void blueGreenThatPromotesAtOnceNeverPauses(String fields) {
    assertThat(texts(stage.looks(blueGreen(fields)), Kind.NEVER_PAUSES)).contains("at once");
  }

  @Test
  void blueGreenThatPromotesAfterSecondsIsTimed() {
    RolloutJson rollout = blueGreen("'autoPromotionSeconds':60").paused(Pause.BLUE_GREEN, T1);
    Observation without = stage.looks(rollout);
    assertThat(without.point()).isEmpty();
    assertThat(texts(without, Kind.NEVER_PAUSES)).contains("after 60 s");
    restage(At.nextPause().held());
    assertThat(stage.looks(rollout).point().orElseThrow().timed()).isTrue();
  }

  @Test
  void progressingBeginsWhenTheRouterSendsTraffic() {
    restage(At.progressing());
    assertThat(stage.looks(routed().step(0).weights(0)).point()).isEmpty();
    GatePoint point = stage.looks(routed().step(0).weights(5)).point().orElseThrow();
    assertThat(point.text()).contains("5 %");
    assertThat(point.timed()).isFalse();
  }

  @Test
  void progressingBeginsWithoutRouterWhenACanaryPodIsAvailable() {
    restage(At.progressing());
    stage.set(CANARY, "shop/app:2", 0);
    assertThat(stage.looks(canary().step(0)).point()).isEmpty();
    stage.set(CANARY, "shop/app:2", 1);
    assertThat(stage.look().point()).isPresent();
  }

  @Test
  void progressingBeginsInBlueGreenWhenThePreviewHasPods() {
    restage(At.progressing());
    stage.set(CANARY, "shop/app:2", 0);
    assertThat(stage.looks(blueGreen()).point()).isEmpty();
    stage.set(CANARY, "shop/app:2", 5);
    assertThat(stage.look().point()).isPresent();
  }

  @Test
  void anAbortedOrStableRevisionHasNoPoint() {
    assertThat(stage.looks(canary().pausedAt(1).status("abort", "true")).point()).isEmpty();
    assertThat(stage.looks(canary().pausedAt(1).stable(CANARY)).point()).isEmpty();
  }

  private void restage(At at) {
    stage.close();
    stage = new Stage(at);
  }

  private static String texts(Observation seen, Kind kind) {
    return seen.obstacles().stream()
        .filter(obstacle -> obstacle.kind() == kind)
        .map(Obstacle::text)
        .reduce("", (one, other) -> one + "\n" + other);
  }
}
