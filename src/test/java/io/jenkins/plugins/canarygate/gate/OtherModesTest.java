package io.jenkins.plugins.canarygate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.canarygate.rollout.Action;
import io.jenkins.plugins.canarygate.rollout.At;
import io.jenkins.plugins.canarygate.rollout.Drift;
import io.jenkins.plugins.canarygate.rollout.Effect;
import io.jenkins.plugins.canarygate.rollout.Readiness;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("C1 to C3: check, --dry-run, and asking the sources first")
class OtherModesTest {

  @Nested
  @DisplayName("C1: check waits for no rollout and touches none")
  class Checking {

    @Test
    void itLooksAtNoRolloutUnlessACheckNeedsIt() {
      EngineHarness gate = new EngineHarness(specs().announced()).seen(new Seen.Began());
      assertThat(gate.todos()).containsExactly(new Todo.Prepare());
      gate.prepared();
      assertThat(gate.wantsLook()).isFalse();
      assertThat(gate.measures()).isPresent();
      assertThat(gate.measured(0).ended()).isEqualTo("PASS left 0");
    }

    @Test
    void itLooksAtTheRolloutWhereACheckNeedsIt() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout());
      assertThat(gate.wantsLook()).isTrue();
      gate.looked(Looks.landed());
      assertThat(gate.measures()).isPresent();
      assertThat(gate.measured(0).ended()).isEqualTo("PASS left 0");
    }

    @Test
    void aFailTouchesNothing() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout());
      gate.looked(Looks.atGatePoint().can(Action.LIFT)).measured(0.5);
      assertThat(gate.ended()).isEqualTo("FAIL left 10");
      assertThat(gate.session().actions()).isEmpty();
    }

    @Test
    void whatBecomesOfTheRolloutIsNoVerdict() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout());
      gate.looked(Looks.underWay()).looked(Looks.takenBack().drift(Drift.OTHER_REVISION));
      assertThat(gate.measured(0).ended()).isEqualTo("PASS left 0");
    }

    @Test
    void itSetsNoMarker() {
      EngineHarness gate = new EngineHarness(specs().announced()).seen(new Seen.Began());
      assertThat(gate.todos()).noneMatch(Todo.Announce.class::isInstance);
    }

    @Test
    void itSaysNothingOfACanaryThatServes() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout());
      gate.looked(Looks.underWay().serving("20 %", EngineHarness.START)).measured(0);
      assertThat(gate.ending().lastLines()).isEmpty();
    }

    @Test
    void aRolloutThatCannotBeLookedAtIsATimeout() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout()).lookFailed("503");
      gate.after(Timeouts.DEFAULT.start());
      assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    }

    @Test
    void aRefusedLookIsAnError() {
      EngineHarness gate = EngineHarness.waiting(specs().needsRollout()).lookDenied("403");
      assertThat(gate.ended()).isEqualTo("ERROR left 1");
    }

    @Test
    void itIsStoppedAtOnce() {
      assertThat(EngineHarness.waiting(specs()).cancelled().ended()).isEqualTo("CANCELLED left 14");
    }

    @Test
    void aWarnExitsZeroWhateverARunWouldDo() {
      EngineHarness gate = EngineHarness.waiting(specs().onWarn(Reaction.ABORT));
      assertThat(gate.measured(0.007).ended()).isEqualTo("WARN left 0");
    }

    private GateSpecs specs() {
      return GateSpecs.gate().mode(Mode.CHECK);
    }
  }

  @Nested
  @DisplayName("C2: --dry-run writes nothing and ends at the decision")
  class DryRun {

    @Test
    void aPassIsNotPromoted() {
      EngineHarness gate = EngineHarness.judging(specs()).measured(0);
      assertThat(gate.ended()).isEqualTo("PASS left 0");
      assertThat(gate.session().actions()).isEmpty();
    }

    @Test
    void aFailIsNotAborted() {
      assertThat(EngineHarness.judging(specs()).measured(0.5).ended()).isEqualTo("FAIL left 10");
    }

    @Test
    void aWarnExitsAsJudged() {
      assertThat(EngineHarness.judging(specs()).measured(0.007).ended()).isEqualTo("WARN left 0");
    }

    @Test
    @DisplayName("D10: WARN with onWarn: abort exits 10")
    void aWarnThatWouldBeAbortedExitsTen() {
      assertThat(EngineHarness.judging(specs().onWarn(Reaction.ABORT)).measured(0.007).ended())
          .isEqualTo("WARN left 10");
    }

    @Test
    void nothingIsHeld() {
      EngineHarness gate = EngineHarness.waiting(specs().at(At.nextPause().held()));
      gate.looked(Looks.underWay().atTimedPause(1).can(Action.HOLD));
      assertThat(gate.session().phase()).isEqualTo(Phase.JUDGING);
    }

    @Test
    void aHoldThatAnEarlierRunLeftIsNotLiftedForTheControllersAbort() {
      EngineHarness gate = EngineHarness.judging(specs());
      gate.looked(Looks.takingBack().can(Action.LIFT)).looked(Looks.takenBack().can(Action.LIFT));
      assertThat(gate.ended()).isEqualTo("FAIL takenBack 10");
      assertThat(gate.session().actions()).isEmpty();
    }

    @Test
    void aHoldThatAnEarlierRunLeftIsNotLiftedFromWhatHasLanded() {
      EngineHarness gate = EngineHarness.waiting(specs());
      gate.looked(Looks.landed().can(Action.LIFT));
      assertThat(gate.ended()).isEqualTo("NOT_GATED left 15");
      assertThat(gate.session().actions()).isEmpty();
    }

    @Test
    void onCancelIsNotDone() {
      EngineHarness gate = EngineHarness.judging(specs().onCancel(Reaction.ABORT)).cancelled();
      assertThat(gate.ended()).isEqualTo("CANCELLED left 14");
    }

    @Test
    void onTimeoutIsNotDone() {
      EngineHarness gate = EngineHarness.judging(specs().onTimeout(Reaction.ABORT));
      gate.after(Timeouts.DEFAULT.total());
      assertThat(gate.ended()).isEqualTo("TIMEOUT left 12");
    }

    @Test
    void noMarkerIsSet() {
      EngineHarness gate = new EngineHarness(specs().announced()).seen(new Seen.Began());
      assertThat(gate.todos()).noneMatch(Todo.Announce.class::isInstance);
    }

    @Test
    void withEachItEndsAtTheFirstDecision() {
      EngineHarness gate = EngineHarness.judging(specs().at(At.eachPause())).measured(0);
      assertThat(gate.ended()).isEqualTo("PASS left 0");
    }

    private GateSpecs specs() {
      return GateSpecs.gate().mode(Mode.DRY_RUN);
    }
  }

  @Nested
  @DisplayName("C3: the sources are asked first")
  class Preparing {

    @Test
    void aRefusedQueryEndsTheGateBeforeAnythingIsMeasured() {
      EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
      gate.looked(Looks.atGatePoint());
      assertThat(gate.measures()).isEmpty();
      gate.seen(new Seen.Prepared(true, Optional.empty(), "unknown column eror"));
      assertThat(gate.ended()).isEqualTo("ERROR left 1");
      assertThat(gate.ending().reason()).isEqualTo("unknown column eror");
    }

    @Test
    void whatCouldNotBeFoundOutIsAskedAgain() {
      EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
      gate.seen(new Seen.Prepared(false, Optional.of("429"), ""));
      assertThat(gate.todos()).doesNotContain(new Todo.Prepare());
      gate.after(Duration.ofSeconds(10));
      assertThat(gate.todos()).contains(new Todo.Prepare());
    }

    @Test
    void theGatePointIsJudgedOnlyOnceTheyHaveAnswered() {
      EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
      gate.looked(Looks.atGatePoint());
      assertThat(gate.session().phase()).isEqualTo(Phase.PREPARING);
      gate.prepared();
      assertThat(gate.wantsLook()).isTrue();
      assertThat(gate.looked(Looks.atGatePoint()).session().phase()).isEqualTo(Phase.JUDGING);
    }

    @Test
    void anAnswerThatComesTooLateChangesNothing() {
      EngineHarness gate = EngineHarness.promoting(GateSpecs.gate());
      Phase before = gate.session().phase();
      gate.seen(new Seen.Prepared(true, Optional.empty(), "too late"));
      assertThat(gate.session().phase()).isEqualTo(before);
    }

    @Test
    void aRestartAsksThemAgain() {
      EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began()).restarted();
      assertThat(gate.todos()).contains(new Todo.Prepare());
    }

    @Test
    void theEffectOfNothingIsNotMistakenWhilePreparing() {
      EngineHarness gate = new EngineHarness(GateSpecs.gate()).seen(new Seen.Began());
      gate.looked(Looks.underWay().effect(Effect.IN_EFFECT).can(Action.PROMOTE, Readiness.READY));
      assertThat(gate.session().phase()).isEqualTo(Phase.PREPARING);
    }
  }
}
