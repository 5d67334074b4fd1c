package io.jenkins.plugins.canarygate.rollout.flagger;

import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.T2;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.ab;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.blueGreen;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.canary;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.target;
import static io.jenkins.plugins.canarygate.rollout.flagger.CanaryJson.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("FL4, FL7: what Flagger's hooks are answered")
class HookAnswersTest {
  private static final Instant NOW = Instant.parse(T2).plusSeconds(120);

  private static Decision decision(Decision.Action action, CanaryJson canary, Instant notAfter) {
    Binding binding = Binding.of(canary.view(), new TargetView(target()));
    return new Decision("gate-1", action, binding, notAfter);
  }

  private static Decision promote(CanaryJson canary) {
    return decision(Decision.Action.PROMOTE, canary, NOW);
  }

  private static Decision abort(CanaryJson canary) {
    return decision(Decision.Action.ABORT, canary, NOW);
  }

  private static HookAnswer ask(Hook hook, CanaryJson canary) {
    return ask(hook, canary, Optional.of(target()));
  }

  private static HookAnswer ask(Hook hook, CanaryJson canary, Optional<JsonNode> target) {
    HookAnswer answer = HookAnswers.answer(hook, canary.view(), target, NOW);
    assertThat(answer.reason()).startsWith(answer.yes() ? "yes: " : "no: ").doesNotContain("\n");
    return answer;
  }

  @Test
  void withoutADecisionAPromotionIsNotConfirmedAndNothingIsRolledBack() {
    CanaryJson waiting = canary().waiting();
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isFalse();
    assertThat(ask(Hook.ROLLBACK, waiting).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_ROLLOUT, waiting).yes()).isTrue();
    assertThat(ask(Hook.CONFIRM_TRAFFIC_INCREASE, waiting).yes()).isTrue();
  }

  @Test
  void aPromoteDecisionThatFitsConfirmsThePromotionAndNothingElse() {
    CanaryJson waiting = canary().waiting();
    waiting.decided(promote(waiting));
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isTrue();
    assertThat(ask(Hook.ROLLBACK, waiting).yes()).isFalse();
  }

  @Test
  void theFirstQuestionIsANoThatBringsFlaggerToTheGate() {
    CanaryJson progressing = canary().weight(60);
    progressing.decided(promote(progressing));
    assertThat(ask(Hook.CONFIRM_PROMOTION, progressing).yes()).isFalse();
  }

  @Test
  void anAbortThatFitsRollsBackAndHoldsEverythingElse() {
    CanaryJson waiting = canary().waiting();
    waiting.decided(abort(waiting));
    assertThat(ask(Hook.ROLLBACK, waiting).yes()).isTrue();
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_ROLLOUT, waiting).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_TRAFFIC_INCREASE, waiting).yes()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Decision.Action.class)
  void aDecisionForAnythingElseThanWhatIsThereIsNone(Decision.Action action) {
    CanaryJson decided = canary().waiting();
    Decision decision = decision(action, decided, NOW);
    Hook hook = action == Decision.Action.ABORT ? Hook.ROLLBACK : Hook.CONFIRM_PROMOTION;
    assertThat(ask(hook, canary().waiting().decided(decision)).yes()).isTrue();
    assertThat(ask(hook, canary().waiting().decided(decision).uid("uid-2")).yes()).isFalse();
    assertThat(ask(hook, canary().waiting().decided(decision).applied("other")).yes()).isFalse();
    assertThat(ask(hook, canary().waiting().decided(decision).configs("{'configmap/a':'1'}")).yes())
        .isFalse();
    assertThat(
            ask(
                    hook,
                    canary().waiting().decided(decision),
                    Optional.of(workload("checkout", "shop/app:2", "proxy:8")))
                .yes())
        .isFalse();
    assertThat(ask(hook, canary().waiting().decided(decision), Optional.empty()).yes()).isFalse();
  }

  @Test
  void anAbortHoldsTheRolloutWhateverWasAppliedBefore() {
    CanaryJson waiting = canary().waiting();
    Decision abort = abort(waiting);
    CanaryJson before = canary().phase("Waiting", T2).applied(CanaryJson.OLD_SPEC).decided(abort);
    assertThat(ask(Hook.CONFIRM_ROLLOUT, before).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_TRAFFIC_INCREASE, before).yes()).isTrue();
    JsonNode other = workload("checkout", "shop/app:3", "proxy:7");
    assertThat(ask(Hook.CONFIRM_ROLLOUT, before, Optional.of(other)).yes()).isTrue();
    // What is not there cannot be told from what was aborted.
    assertThat(ask(Hook.CONFIRM_ROLLOUT, before, Optional.empty()).yes()).isFalse();
  }

  @Test
  void anExpiredDecisionIsNone() {
    CanaryJson waiting = canary().waiting();
    Instant over = NOW.minusSeconds(1);
    CanaryJson promote = waiting.decided(decision(Decision.Action.PROMOTE, waiting, over));
    assertThat(ask(Hook.CONFIRM_PROMOTION, promote))
        .matches(answer -> !answer.yes())
        .extracting(HookAnswer::reason)
        .asString()
        .contains("held until");
    CanaryJson abort = waiting.decided(decision(Decision.Action.ABORT, waiting, over));
    assertThat(ask(Hook.ROLLBACK, abort).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_ROLLOUT, abort).yes()).isTrue();
    assertThat(ask(Hook.CONFIRM_TRAFFIC_INCREASE, abort).yes()).isTrue();
  }

  @Test
  void inBlueGreenAPromoteThatHasBegunHoldsBeyondItsEnd() {
    Instant over = NOW.minusSeconds(1);
    CanaryJson first = blueGreen().waiting().iterations(5);
    first.decided(decision(Decision.Action.PROMOTE, first, over));
    assertThat(ask(Hook.CONFIRM_PROMOTION, first).yes()).isFalse();
    CanaryJson second = first.iterations(6);
    assertThat(ask(Hook.CONFIRM_PROMOTION, second).yes()).isTrue();
    assertThat(ask(Hook.CONFIRM_PROMOTION, second.applied("other")).yes()).isFalse();
    CanaryJson ab = ab().waiting().iterations(6);
    ab.decided(decision(Decision.Action.PROMOTE, ab, over));
    assertThat(ask(Hook.CONFIRM_PROMOTION, ab).yes()).isFalse();
  }

  @Test
  void withoutARouterBlueGreenHasTenIterationsUnlessItSaysOtherwise() {
    CanaryJson waiting = canary().spec("provider", "'kubernetes'").waiting().iterations(11);
    waiting.decided(decision(Decision.Action.PROMOTE, waiting, NOW.minusSeconds(1)));
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isTrue();
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting.iterations(10)).yes()).isFalse();
  }

  @Test
  void brokenContentIsNoDecisionAndSaidToBeSo() {
    CanaryJson waiting = canary().waiting().annotated(Decision.ANNOTATION, "approve");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason()).contains("is ignored");
    assertThat(ask(Hook.ROLLBACK, waiting).reason()).contains("is ignored");
    assertThat(ask(Hook.CONFIRM_ROLLOUT, waiting).yes()).isTrue();
  }

  @Test
  void aServiceHasNoPodsToJudgeSoThatNoDecisionFitsIt() {
    CanaryJson waiting = canary().waiting();
    waiting.decided(promote(waiting)).target("v1", "Service");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason())
        .isEqualTo("no: targets of kind Service cannot be gated");
  }

  @Test
  void unattendedAPromotionIsAllowedAfterItsTimeInWaitingPromotion() {
    CanaryJson waiting = canary().waiting().annotated(Unattended.ANNOTATION, "allowAfter=2m");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isTrue();
    waiting.annotated(Unattended.ANNOTATION, "allowAfter=121s");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason())
        .contains("allowed at 2026-05-01T10:03:01Z");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting.phase("Progressing", T2)).yes()).isFalse();
  }

  @Test
  void unattendedTimeIsCountedByTheConditionAndNotByTheLastTransition() {
    CanaryJson waiting =
        canary()
            .waiting()
            .annotated(Unattended.ANNOTATION, "allowAfter=2m")
            .status("lastTransitionTime", "'2026-05-01T00:00:00Z'")
            .status("conditions", "[]");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason()).contains("not known");
  }

  @Test
  void unattendedNeverOverridesADecisionThatFits() {
    CanaryJson waiting = canary().waiting().annotated(Unattended.ANNOTATION, "allowAfter=1m");
    waiting.decided(abort(waiting));
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isFalse();
    waiting.decided(decision(Decision.Action.ABORT, waiting, NOW.minusSeconds(1)));
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting.annotated(Decision.ANNOTATION, "?")).yes())
        .isFalse();
  }

  @Test
  void unattendedAllowsWhereADecisionIsForAnotherRevision() {
    CanaryJson waiting = canary().waiting().annotated(Unattended.ANNOTATION, "allowAfter=1m");
    waiting.decided(abort(canary().waiting().applied("other")));
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow",
        "allowAfter=",
        "allowAfter=30",
        "allowAfter=30s",
        "allowAfter=200h",
        "allowAfter=-5m",
        "Hold"
      })
  void aMalformedUnattendedHoldsAndSaysSo(String text) {
    CanaryJson waiting = canary().waiting().annotated(Unattended.ANNOTATION, text);
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).yes()).isFalse();
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason()).contains("allowAfter=30m");
  }

  @Test
  void unattendedHoldHolds() {
    CanaryJson waiting = canary().waiting().annotated(Unattended.ANNOTATION, "hold");
    assertThat(ask(Hook.CONFIRM_PROMOTION, waiting).reason())
        .isEqualTo("no: no gate has decided yet");
  }
}
