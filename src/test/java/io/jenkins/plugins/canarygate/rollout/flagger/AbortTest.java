package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.OLD_SPEC;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T2;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T3;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Fate;
import io.jenkins.plugins.canarygate.rollout.Observation;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import io.jenkins.plugins.canarygate.rollout.Receipt;
import io.jenkins.plugins.canarygate.rollout.Write;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A4, FL4, FL5: an abort is written, kept, read back and taken away")
class AbortTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private HookAnswer asked(Hook hook) {
    return HookAnswers.answer(
        hook,
        new CanaryView(stage.api.get(Stage.PATH)),
        Optional.of(stage.api.get(Stage.DEPLOYMENTS + "checkout")),
        stage.now);
  }

  @Test
  void theDecisionRollsBackThroughTheHook() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    assertThat(asked(Hook.ROLLBACK).yes()).isTrue();
    assertThat(stage.look().effect()).contains(Effect.STANDING);
  }

  @Test
  @DisplayName("FL4: removed once Failed is seen; FL5: Failed and weight 0 is rolled back")
  void itIsInEffectOnceFailedAndTakenAway() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    Observation seen = stage.looks(canary().phase("Failed", T3));
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(seen.effect()).contains(Effect.DUE);
    assertThat(stage.sends(seen).what()).isEqualTo(Write.WITHDRAW);
    Observation after = stage.look();
    assertThat(after.fate()).isEqualTo(Fate.TAKEN_BACK);
    assertThat(after.effect()).contains(Effect.IN_EFFECT);
    assertThat(after.notes()).anyMatch(note -> note.contains("change its pod template"));
    assertThat(stage.standing()).isEmpty();
  }

  @Test
  @DisplayName("FL5: its own rollback rewrites lastAppliedSpec and trackedConfigs")
  void aRollBackThatMovedTheRevisionIsStillOurs() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    CanaryJson failed =
        canary().phase("Failed", T3).applied(OLD_SPEC).configs("{'configmap/a':'2'}");
    stage.sends(stage.looks(failed));
    assertThat(stage.look().fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  @DisplayName("FL5: a weight above 0, or a primary that was overwritten, is no roll-back")
  void failedIsNotAlwaysTakenBack() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT).primary("shop/app:2");
    stage.sends(stage.looks(canary().phase("Failed", T3)));
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.FAILED_SERVING);
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.share().orElseThrow().text()).contains("overwritten before it failed");
  }

  @Test
  void aPrimaryThatWasOnlyRestartedIsNotOverwritten() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    var restarted = CanaryJson.workload("checkout-primary", "shop/app:1", "proxy:7");
    stage.put("checkout-primary", restarted);
    stage.sends(stage.looks(canary().phase("Failed", T3)));
    assertThat(stage.look().fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void noAbortIsPossibleInPromotingOrFinalising() {
    stage.fencedAt(canary().waiting());
    for (String phase : new String[] {"Promoting", "Finalising"}) {
      Readiness can = stage.looks(canary().phase(phase, T3)).can(Action.ABORT);
      assertThat(can.state()).isEqualTo(Readiness.State.REFUSED);
    }
  }

  @Test
  @DisplayName("FL4: an abort is not honoured once the phase has gone on")
  void aPromotionInSpiteOfItOverrulesItAndItIsTakenAway() {
    stage.fencedAt(blueGreen().waiting()).decides(Action.ABORT);
    stage.sends(stage.looks(blueGreen().phase("Promoting", T3)));
    Observation seen = stage.look();
    assertThat(seen.effect()).contains(Effect.OVERRULED);
    assertThat(seen.effectText()).contains("no abort is possible");
  }

  @Test
  @DisplayName("A4: it is written also where a person has suspended Flagger, and waits")
  void underAPersonsPauseItStandsAndSaysWhatLiftsIt() {
    stage.fencedAt(canary().waiting());
    stage.shows(canary().waiting().spec("suspend", "true")).decides(Action.ABORT);
    Observation seen = stage.look();
    assertThat(seen.effect()).contains(Effect.STANDING);
    assertThat(seen.effectText()).contains("spec.suspend is set");
    assertThat(seen.obstacles()).anyMatch(o -> o.command().orElse("").contains("suspend"));
  }

  @Test
  void withoutARollbackHookItIsRefusedBeforeItIsWritten() {
    stage.fencedAt(canary().waiting());
    Observation seen =
        stage.looks(
            canary()
                .waiting()
                .analysis(
                    "webhooks", "[{'name':'p','type':'confirm-promotion','url':'http://g/p'}]"));
    assertThat(seen.can(Action.ABORT).state()).isEqualTo(Readiness.State.REFUSED);
    assertThat(seen.can(Action.ABORT).why()).contains("no webhook of type rollback");
  }

  @Test
  @DisplayName("FL7: in Waiting it keeps the rollout from beginning, and follows it if it begins")
  void inWaitingItHoldsTheRollout() {
    CanaryJson waiting = canary().phase("Waiting", T2).applied(OLD_SPEC);
    stage.shows(waiting).decides(Action.ABORT);
    assertThat(asked(Hook.CONFIRM_ROLLOUT).yes()).isFalse();
    assertThat(stage.look().effectText()).contains("keeps it from beginning");
    // Another hook than ours let it begin: it is bound anew to what is analysed now.
    Observation begun = stage.looks(canary().weight(20).configs("{'configmap/a':'1'}"));
    assertThat(begun.effect()).contains(Effect.DUE);
    assertThat(begun.drift()).isEqualTo(Drift.NONE);
    stage.sends(begun);
    assertThat(asked(Hook.ROLLBACK).yes()).isTrue();
  }

  @Test
  void anAnalysisThatBeganAgainIsAbortedUnderItsNewName() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    Observation seen = stage.looks(canary().phase("Progressing", T3).applied("other-hash"));
    assertThat(seen.effect()).contains(Effect.DUE);
    assertThat(seen.drift()).isEqualTo(Drift.BEGAN_AGAIN);
    stage.fence = seen.fence();
    stage.intent = stage.intent.map(i -> i.under(seen.fence().orElseThrow()));
    stage.sends(stage.look());
    assertThat(stage.standing().orElseThrow().binding().lastAppliedSpec()).isEqualTo("other-hash");
  }

  @Test
  @DisplayName("D4: what Flagger rolls back by itself is taken back")
  void aRollBackByFlaggerItself() {
    stage.fencedAt(canary().waiting());
    assertThat(stage.looks(canary().phase("Failed", T3)).fate()).isEqualTo(Fate.TAKEN_BACK);
  }

  @Test
  void anAbortByHandWithTheSameGateIsOnItsWay() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    stage.intent = Optional.empty();
    Observation seen = stage.look();
    assertThat(seen.fate()).isEqualTo(Fate.TAKING_BACK);
    assertThat(seen.obstacle(io.jenkins.plugins.canarygate.rollout.Obstacle.Kind.OTHER_DECISION))
        .isEmpty();
  }

  @Test
  void aPromoteByHandTakesThePlaceOfAnEarlierAbort() {
    stage.fencedAt(canary().waiting()).decides(Action.ABORT);
    stage.intent = Optional.empty();
    stage.decides(Action.PROMOTE);
    assertThat(stage.standing().orElseThrow().action()).isEqualTo(Decision.Action.PROMOTE);
    assertThat(stage.look().fate()).isEqualTo(Fate.UNDER_WAY);
  }

  @Test
  void aRefusedWriteIsNotSentAgain() {
    stage.fencedAt(canary().waiting()).api.refuseNextPatch(422);
    stage.decides(Action.ABORT);
    assertThat(stage.intent.orElseThrow().sends().get(0).result())
        .isEqualTo(Receipt.Result.REFUSED);
    assertThat(stage.look().effect()).contains(Effect.OVERRULED);
  }
}
