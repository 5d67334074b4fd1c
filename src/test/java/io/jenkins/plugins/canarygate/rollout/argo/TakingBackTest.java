package io.jenkins.plugins.canarygate.rollout.argo;

import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.CANARY;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.STABLE;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.T1;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.canary;
import static io.jenkins.plugins.canarygate.rollout.argo.RolloutJson.routed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Obstacle;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("AR4, A4, A7: aborted in effect, and tried again")
class TakingBackTest {
  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void anAbortThatTheControllerHasNotTakenUpIsBeingTakenBack() {
    Observation seen = stage.looks(routed().pausedAt(1).status("abort", "true"));
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(why(seen)).contains("not taken up");
  }

  @Test
  void routedIsTakenBackAtWeightZeroWhateverReplicasAreLeft() {
    assertThat(stage.looks(routed().step(0).weights(0).aborted()).fate())
        .isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void routedWithAWeightIsNot() {
    Observation seen = stage.looks(routed().step(0).weights(20).aborted());
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(why(seen)).contains("20 %");
  }

  @Test
  void routedAtALaterStepIsNot() {
    assertThat(stage.looks(routed().step(2).weights(0).aborted()).fate())
        .isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void routedWithAnUnverifiedWeightIsNot() {
    assertThat(stage.looks(routed().step(0).weights(0).verified(false).aborted()).fate())
        .isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void routedWithAnExperimentsTrafficIsNot() {
    ObjectNode rollout = routed().step(0).weights(0).aborted().node();
    ((ObjectNode) rollout.at("/status/canary/weights"))
        .set("additional", RolloutJson.json("[{'weight':5}]"));
    stage.api.put(Stage.PATH, rollout);
    assertThat(stage.look().fate()).isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void routedWhoseStableWeightIsAnothersIsNot() {
    ObjectNode rollout = routed().step(0).weights(0).aborted().node();
    ((ObjectNode) rollout.at("/status/canary/weights/stable")).put("podTemplateHash", "other");
    stage.api.put(Stage.PATH, rollout);
    assertThat(stage.look().fate()).isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void aBasicCanaryIsTakenBackWhenNoPodOfItIsLeft() {
    assertThat(stage.looks(canary().step(0).aborted()).fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(stage.looks(canary().step(0).aborted().without("updatedReplicas")).fate())
        .isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void aPersonsPauseThatKeepsTheCanaryIsNamedWithItsCommand() {
    Observation seen = stage.looks(canary().step(0).aborted().spec("paused", "true"));
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(why(seen)).contains("1 canary pods are left").contains("spec.paused keeps it so");
    assertThat(seen.obstacle(Obstacle.Kind.PERSON_PAUSED).orElseThrow().command()).isPresent();
  }

  @Test
  void blueGreenNeedsTwoLooksAndTheReportSaysWhereThePreviewPoints() {
    Observation first = stage.looks(blueGreen().aborted());
    assertThat(first.fate()).isEqualTo(Fate.TAKING_BACK);
    Observation second = stage.later(5).look();
    assertThat(second.fate()).isEqualTo(Fate.TAKEN_BACK);
    assertThat(second.notes()).anyMatch(note -> note.contains("preview service"));
    assertThat(second.share().orElseThrow().serving()).isFalse();
  }

  @Test
  void blueGreenStillSwitchedIsNotTakenBackHoweverOftenItIsLookedAt() {
    stage.looks(blueGreen().active(CANARY).aborted());
    assertThat(stage.later(5).look().fate()).isEqualTo(Fate.TAKING_BACK);
    stage.looks(blueGreen().active(STABLE).aborted());
    assertThat(stage.later(5).look().fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void blueGreenAbortedTwiceNeedsTwoLooksEachTime() {
    stage.looks(blueGreen().aborted());
    stage.looks(blueGreen().paused(Pause.BLUE_GREEN, T1));
    assertThat(stage.looks(blueGreen().aborted()).fate()).isEqualTo(Fate.TAKING_BACK);
  }

  @Test
  void underOurHoldNothingIsTakenBackBeforeTheHoldIsLifted() {
    stage.close();
    stage = new Stage(At.nextPause().held());
    Observation taken =
        stage.looks(routed().step(0).weights(0).aborted().held(Stage.GATE).generation(5, 5));
    assertThat(taken.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(taken.can(Action.LIFT).state()).isEqualTo(Readiness.State.READY);
    assertThat(taken.fence()).isPresent();
    Observation lifted = stage.looks(routed().step(0).weights(0).aborted().generation(6, 6));
    assertThat(lifted.fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void underOurHoldTheLiftWaitsForAbortedAt() {
    Observation seen = stage.looks(canary().pausedAt(1).held(Stage.GATE).status("abort", "true"));
    assertThat(seen.can(Action.LIFT).state()).isEqualTo(Readiness.State.WAIT);
  }

  @Test
  void anAbortIsOneWriteAndInEffectOnlyWhenTheTrafficIsGone() {
    stage.fencedAt(routed().pausedAt(1)).intends(Action.ABORT);
    Observation seen = stage.look();
    assertThat(seen.effect()).contains(Effect.DUE);
    stage.sends(seen);
    assertThat(stage.api.patches().get(0).body()).contains("\"status\":{\"abort\":true}");
    assertThat(stage.api.patches().get(0).path()).endsWith("/checkout/status");
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    Observation standing = stage.looks(routed().step(0).weights(20).aborted());
    assertThat(standing.effect()).contains(Effect.STANDING);
    assertThat(standing.effectText()).contains("20 %");
    assertThat(stage.looks(routed().step(0).weights(0).aborted()).effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void anAbortUnderOurHoldLiftsTheHoldAfterwards() {
    stage.close();
    stage = new Stage(At.nextPause().held());
    stage.fencedAt(canary().pausedAt(1).held(Stage.GATE).generation(5, 5)).intends(Action.ABORT);
    assertThat(stage.sends(stage.look()).what()).isEqualTo("abort");
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    Observation taken = stage.looks(canary().step(0).aborted().held(Stage.GATE).generation(5, 5));
    assertThat(taken.effect()).contains(Effect.DUE);
    assertThat(stage.sends(taken).what()).isEqualTo("lift");
    Observation lifted = stage.look();
    assertThat(lifted.effect()).contains(Effect.STANDING);
    assertThat(lifted.effectText()).contains("canary pods are left");
    assertThat(
            stage
                .looks(canary().step(0).aborted().without("updatedReplicas").generation(6, 6))
                .effect())
        .contains(Effect.IN_EFFECT);
  }

  @Test
  void anAbortThatWasClearedIsOverruledAndNotSentAgain() {
    stage.fencedAt(routed().pausedAt(1)).intends(Action.ABORT).sent("abort");
    Observation seen = stage.looks(routed().step(2));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("rollbackWindow");
  }

  @Test
  void anAbortWithoutAnswerThatDidNotArriveIsSentAgainUpToThreeTimes() {
    stage.fencedAt(routed().pausedAt(1)).intends(Action.ABORT);
    stage.sent("abort", Receipt.Result.UNKNOWN);
    assertThat(stage.look().effect()).contains(Effect.DUE);
    stage.sent("abort", Receipt.Result.UNKNOWN).sent("abort", Receipt.Result.UNKNOWN);
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    assertThat(stage.later(10).look().effect()).contains(Effect.OVERRULED);
  }

  @Test
  void anAbortAfterPromoteFullIsRefusedBeforeAndOverruledAfter() {
    Observation seen = stage.looks(routed().step(4).status("promoteFull", "true"));
    assertThat(seen.can(Action.ABORT).state()).isEqualTo(Readiness.State.REFUSED);
    stage.fencedAt(routed().pausedAt(1)).intends(Action.ABORT).sent("abort");
    assertThat(stage.looks(routed().step(4).status("promoteFull", "true")).effect())
        .contains(Effect.OVERRULED);
  }

  @Test
  void landedInSpiteOfAnAbortIsOverruled() {
    stage.fencedAt(routed().pausedAt(1)).intends(Action.ABORT).sent("abort");
    Observation seen = stage.looks(routed().stable(CANARY).step(4).healthy());
    assertThat(seen.fate()).isEqualTo(Fate.LANDED);
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("in spite of the abort");
  }

  @Test
  void whatIsAbortedAlreadyNeedsNoWrite() {
    assertThat(stage.looks(routed().step(0).aborted()).can(Action.ABORT).state())
        .isEqualTo(Readiness.State.DONE);
  }

  @Test
  void aRetryIsRefusedUnlessItIsAborted() {
    assertThat(stage.looks(canary().pausedAt(1)).can(Action.RETRY).state())
        .isEqualTo(Readiness.State.REFUSED);
  }

  @Test
  void aRetryClearsTheAbortAndIsInEffectWhenAbortedAtIsGone() {
    stage.fencedAt(canary().step(0).aborted());
    Observation aborted = stage.look();
    assertThat(aborted.can(Action.RETRY).state()).isEqualTo(Readiness.State.READY);
    stage.intends(Action.RETRY);
    stage.sends(aborted);
    assertThat(stage.api.patches().get(0).body()).contains("\"status\":{\"abort\":false}");
    assertThat(stage.look().effect()).contains(Effect.STANDING);
    assertThat(stage.looks(canary().step(0)).effect()).contains(Effect.IN_EFFECT);
  }

  @Test
  void aRetryThatIsAbortedAgainIsOverruled() {
    stage.fencedAt(canary().step(0).aborted()).intends(Action.RETRY).sent("retry");
    Observation seen =
        stage.looks(canary().step(0).aborted().status("abortedAt", "'2026-05-01T11:00:00Z'"));
    assertThat(seen.effect()).contains(Effect.OVERRULED);
  }

  private static String why(Observation seen) {
    return seen.obstacle(Obstacle.Kind.WAIT).orElseThrow().text();
  }
}
